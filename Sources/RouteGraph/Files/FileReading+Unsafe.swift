import Glibc

/// Why a file could not be read.
public enum FileFault: Error, Hashable, Sendable {
  /// There is no such file or folder.
  case missing(path: String)
  /// The system refused; `number` is errno.
  case refused(path: String, number: Int32)
  /// Not an ordinary file, or larger than the limit.
  case unsuitable(path: String, bytes: Int64)
}

/// Reads whole files and lists folders: the only place of this module that touches the disk, beside the
/// snapshot.
enum FileReading {
  /// Greatest file read into memory.
  static let greatestSize: Int64 = 1 << 30

  /// All bytes of an ordinary file.
  static func bytes(_ path: String) throws(FileFault) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT ? .missing(path: path) : .refused(path: path, number: errno)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .refused(path: path, number: errno) }
    guard status.st_mode & S_IFMT == S_IFREG, status.st_size <= greatestSize else {
      throw .unsuitable(path: path, bytes: Int64(status.st_size))
    }
    let size = Int(status.st_size)
    var failure: Int32 = 0
    // Bound: `buffer` holds `size` bytes; `filled` never passes it.
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      while filled < size, let base = buffer.baseAddress {
        let count = read(descriptor, base + filled, size - filled)
        if count < 0, errno == EINTR { continue }
        if count < 0 { failure = errno }
        guard count > 0 else { return }
        filled += count
      }
    }
    guard failure == 0 else { throw .refused(path: path, number: failure) }
    return bytes
  }

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
