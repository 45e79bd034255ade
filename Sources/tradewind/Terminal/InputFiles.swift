import CSVTables
import Glibc
import LogisticsModel

/// Small questions about paths a user gave.
enum InputFiles {
  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// A file fault as a finding.
  static func finding(_ fault: FileBytes.Fault) -> Finding {
    switch fault {
    case .missing(let path):
      Finding(code: "TW-CLI-066", file: path, message: "no such file")
    case .unreadable(let path, let number):
      Finding(
        code: "TW-CLI-067", file: path,
        message: "cannot be read: \(String(cString: strerror(number)))")
    case .tooLarge(let path, let bytes):
      Finding(code: "TW-CLI-068", file: path, message: "\(bytes) bytes are more than the limit")
    }
  }

  /// The bytes of a file the command cannot do without.
  static func read(_ path: String) throws -> [UInt8] {
    do throws(FileBytes.Fault) {
      return try FileBytes.read(path)
    } catch {
      Streams.complain(finding(error).description)
      if case .tooLarge = error { throw ExitStatus.data }
      throw ExitStatus.missing
    }
  }

  /// The same, unpacked where it is gzip.
  static func readUnpacked(_ path: String) throws -> [UInt8] {
    let packed = try read(path)
    do throws(GzipText.Broken) {
      return try GzipText.unpacked(packed, file: path)
    } catch {
      Streams.complain(error.finding.description)
      throw ExitStatus.data
    }
  }
}
