import Glibc

/// Why a folder could not be read.
public enum FileFault: Error, Hashable, Sendable {
  /// There is no such folder.
  case missing(path: String)
  /// The system refused; `number` is errno.
  case refused(path: String, number: Int32)
}

/// Lists folders and reads the environment; files themselves are read by `FileBytes`.
enum Folders {
  /// Names of the entries of a folder, ascending by bytes, without `.` and `..`.
  static func names(in directory: String) throws(FileFault) -> [String] {
    guard let stream = opendir(directory) else {
      throw errno == ENOENT ? .missing(path: directory) : .refused(path: directory, number: errno)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        // Bound: the system ends d_name with a zero within its 256 bytes.
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Text of an environment variable, nil when unset or empty.
  static func environment(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }
}
