import Glibc

/// Reads the files of a folder that end in `.sql`.
///
/// Bounds relied on: names that the C library returns end with a zero and are copied at once; the buffer has the capacity asked
/// for, and only bytes that were read are counted.
enum SQLFolder {
  /// One file.
  struct File: Equatable {
    /// Its name without the folder.
    let name: String
    /// Its name with the folder, for people.
    let path: String
    /// What it holds.
    let text: String
  }

  /// Longest file that is read; SQL that a person wrote is a thousandth of it.
  static let greatestSize = 16 << 20

  /// The files of a folder by name, and what is wrong with those that cannot be read.
  ///
  /// - Parameter folder: Subfolders are not looked into.
  /// - Returns: Both, by name.
  static func read(_ folder: String) -> (files: [File], findings: [SQLFileError.Finding]) {
    guard let names = names(in: folder) else {
      let why = String(cString: strerror(errno))
      return (
        [], [.init(.unreadable, folder, "cannot be read: \(why); maybe TRADEWIND_HOME is not set")]
      )
    }
    var files: [File] = []
    var findings: [SQLFileError.Finding] = []
    for name in names where name.hasSuffix(".sql") && !name.hasPrefix(".") {
      let path = folder + "/" + name
      switch contents(of: path) {
      case .failure(let fault): findings.append(.init(.unreadable, path, fault.why))
      case .success(let bytes):
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
          findings.append(.init(.notText, path, "is not UTF-8 text; save it as such"))
          continue
        }
        files.append(File(name: name, path: path, text: text))
      }
    }
    return (files, findings)
  }

  private struct ReadFault: Error {
    let why: String
  }

  private static func names(in folder: String) -> [String]? {
    guard let directory = opendir(folder) else { return nil }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }

  private static func contents(of path: String) -> Result<[UInt8], ReadFault> {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return .failure(.init(why: String(cString: strerror(errno)))) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = piece.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return .success(bytes) }
      guard count > 0 else {
        if errno == EINTR { continue }
        return .failure(.init(why: String(cString: strerror(errno))))
      }
      bytes += piece[..<count]
      guard bytes.count <= greatestSize else {
        return .failure(.init(why: "is larger than \(greatestSize >> 20) MiB"))
      }
    }
  }
}
