import Glibc

@testable import PostgresClient

/// A folder of SQL files that goes when it is let go of.
///
/// Bound relied on: the template is a C string that the call changes in place.
final class SQLFixture {
  let folder: String

  init(_ files: [String: String] = [:]) {
    var template = Array("/tmp/twsql-XXXXXX".utf8CString)
    precondition(mkdtemp(&template) != nil, "cannot make a folder in /tmp")
    folder = template.withUnsafeBufferPointer {
      String(decoding: $0.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    for (name, text) in files { write(name, Array(text.utf8)) }
  }

  deinit {
    for name in written { unlink(folder + "/" + name) }
    rmdir(folder)
  }

  private var written: Set<String> = []

  func write(_ name: String, _ bytes: [UInt8]) {
    written.insert(name)
    guard let file = fopen(folder + "/" + name, "w") else { return }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  func write(_ name: String, _ text: String) { write(name, Array(text.utf8)) }

  /// Removes a file with the others that somebody else wrote here.
  func adopt(_ name: String) { written.insert(name) }

  func remove(_ name: String) {
    written.remove(name)
    unlink(folder + "/" + name)
  }

  /// The project's own `sql/` and what is in it.
  static func project(_ path: String, of file: String = #filePath) -> String {
    file.split(separator: "/").dropLast(4).reduce("") { $0 + "/" + $1 } + "/sql/" + path
  }
}

extension SQLFileError {
  /// Codes and files without their folder, for comparison.
  var summary: [String] {
    findings.map { finding in
      let name = finding.file.split(separator: "/").last.map(String.init) ?? ""
      return "\(finding.code.rawValue) \(name)\(finding.line.map { ":\($0)" } ?? "")"
    }
  }
}
