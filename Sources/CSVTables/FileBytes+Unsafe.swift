import Glibc

/// Reads whole files: the only place of the planning column's loaders that opens one.
///
/// Bound relied on: the buffer has the capacity asked for, and only bytes that were read are counted.
public enum FileBytes {
  /// Why a file could not be read.
  public enum Fault: Error, Hashable, Sendable {
    /// There is no such file.
    case missing(path: String)
    /// It is there but cannot be read (permissions, a directory, a device error).
    case unreadable(path: String, errno: Int32)
    /// It is larger than the bound given.
    case tooLarge(path: String, bytes: Int64)
  }

  /// The bytes of a regular file of at most `bound` bytes.
  public static func read(_ path: String, bound: Int64 = 512 << 20) throws(Fault) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT || errno == ENOTDIR
        ? .missing(path: path) : .unreadable(path: path, errno: errno)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(path: path, errno: errno) }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw .unreadable(path: path, errno: EISDIR) }
    let size = Int64(status.st_size)
    guard size <= bound else { throw .tooLarge(path: path, bytes: size) }
    var bytes: [UInt8] = []
    var failure: Int32 = 0
    // A pipe reports size 0, so read until the end whatever the size says.
    var capacity = Int(Swift.max(size, 4096)) + 1
    var filled = 0
    bytes = [UInt8](repeating: 0, count: capacity)
    while true {
      if filled == capacity {
        capacity *= 2
        bytes += [UInt8](repeating: 0, count: capacity - bytes.count)
      }
      let count = bytes.withUnsafeMutableBytes { buffer in
        buffer.baseAddress.map { Glibc.read(descriptor, $0 + filled, capacity - filled) } ?? 0
      }
      if count < 0 {
        if errno == EINTR { continue }
        failure = errno
        break
      }
      if count == 0 { break }
      filled += count
      if Int64(filled) > bound { throw .tooLarge(path: path, bytes: Int64(filled)) }
    }
    guard failure == 0 else { throw .unreadable(path: path, errno: failure) }
    bytes.removeLast(capacity - filled)
    return bytes
  }
}
