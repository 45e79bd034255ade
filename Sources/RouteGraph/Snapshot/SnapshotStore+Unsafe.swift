import Glibc

/// Puts snapshot files in place: written beside, then renamed, so that no reader ever sees half of one.
public enum SnapshotStore {
  /// Path of the snapshot of a bundle in a cache folder.
  static func path(of directory: String, in cache: String) -> String {
    let name = canonical(directory)
    let hash = String(ContentHash.of(name), radix: 16)
    return "\(cache)/network-\(String(repeating: "0", count: 16 - hash.count))\(hash).snapshot"
  }

  private static func canonical(_ directory: String) -> String {
    guard let resolved = realpath(directory, nil) else { return directory }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Writes a file atomically, making the folder if need be.
  public static func write(_ bytes: [UInt8], to path: String) throws(SnapshotFault) {
    makeFolder(above: path)
    let temporary = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .unwritable(path: path, number: errno) }
    var failure: Int32 = 0
    // Bound: `written` never passes the count of the buffer.
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count, let base = buffer.baseAddress {
        let count = Glibc.write(descriptor, base + written, buffer.count - written)
        if count < 0, errno == EINTR { continue }
        if count < 0 { failure = errno }
        guard count > 0 else { return }
        written += count
      }
    }
    if close(descriptor) != 0, failure == 0 { failure = errno }
    if failure == 0, rename(temporary, path) != 0 { failure = errno }
    if failure != 0 {
      unlink(temporary)
      throw .unwritable(path: path, number: failure)
    }
  }

  /// Makes the folders of a path that are missing; a failure shows when the file is opened.
  private static func makeFolder(above path: String) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/").dropLast() {
      made += made.isEmpty || made.hasSuffix("/") ? "\(part)" : "/\(part)"
      mkdir(made, 0o755)
    }
  }
}
