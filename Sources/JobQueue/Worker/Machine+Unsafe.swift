import Glibc

/// The machine a process runs on.
///
/// Bound relied on: `gethostname` writes no more than it is told, and the last byte stays zero.
enum Machine {
  /// Its name.
  static var name: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "unknown" }
    let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
