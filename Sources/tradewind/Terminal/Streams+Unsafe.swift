import ArgumentParser
import Glibc

/// Standard output and error: data to the one, progress and complaints to the other.
enum Streams {
  /// Writes text to standard output; false when nobody reads it any more.
  ///
  /// Ends the process with status 1 where the text cannot be written (a full disk): half an answer must not
  /// look like one.
  @discardableResult
  static func out(_ text: String) -> Bool {
    if write(text, to: STDOUT_FILENO) { return true }
    if errno == EPIPE { return false }
    complain("error TW-CLI-069: standard output: \(String(cString: strerror(errno)))")
    exit(ExitStatus.failure.rawValue)
  }

  /// Writes a line to standard error.
  static func complain(_ line: String) { _ = write(line + "\n", to: STDERR_FILENO) }

  /// Writes text without a line break to standard error.
  static func mark(_ text: String) { _ = write(text, to: STDERR_FILENO) }

  /// Whether standard output is a terminal.
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var sent = 0
      while sent < bytes.count {
        guard let base = bytes.baseAddress else { return true }
        let count = Glibc.write(descriptor, base + sent, bytes.count - sent)
        if count < 0 {
          if errno == EINTR { continue }
          return false
        }
        sent += count
      }
      return true
    }
  }
}
