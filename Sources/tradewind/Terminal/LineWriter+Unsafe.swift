import ArgumentParser
import Glibc

/// Writes lines to a file (made anew) or to standard output, in blocks.
///
/// Bound relied on: only bytes of the buffer that are filled are handed to the system.
final class LineWriter {
  private let descriptor: Int32
  private let path: String
  private var buffer: [UInt8] = []

  init(_ path: String?) throws {
    self.path = path ?? "standard output"
    guard let path else {
      descriptor = STDOUT_FILENO
      return
    }
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor < 0 {
      Streams.complain("error TW-CLI-069: \(path): \(String(cString: strerror(errno)))")
      throw ExitStatus.missing
    }
  }

  func write(_ line: String) throws {
    buffer += line.utf8
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count >= 1 << 16 { try flush() }
  }

  func close() throws {
    try flush()
    if descriptor != STDOUT_FILENO { Glibc.close(descriptor) }
  }

  private func flush() throws {
    var sent = 0
    while sent < buffer.count {
      let count = buffer.withUnsafeBytes { bytes in
        bytes.baseAddress.map { Glibc.write(descriptor, $0 + sent, bytes.count - sent) } ?? 0
      }
      if count < 0 {
        if errno == EINTR { continue }
        Streams.complain("error TW-CLI-069: \(path): \(String(cString: strerror(errno)))")
        throw ExitStatus.failure
      }
      sent += count
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
