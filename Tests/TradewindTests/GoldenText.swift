import Foundation
import TestSupport
import Testing

/// Whole texts compared with the files of `Golden/`.
///
/// `TRADEWIND_TEST_REWRITE_GOLDEN=1` writes the files instead; read the difference before committing it.
enum GoldenText {
  static let folder =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden")
    .path

  static func expect(
    _ text: String, equals name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let path = folder + "/" + name
    if ProcessInfo.processInfo.environment["TRADEWIND_TEST_REWRITE_GOLDEN"] == "1" {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      return
    }
    let golden = try Fixtures.text(path)
    guard text != golden else { return }
    let (lines, wanted) = (
      text.split(separator: "\n", omittingEmptySubsequences: false),
      golden.split(separator: "\n", omittingEmptySubsequences: false)
    )
    let first = zip(lines, wanted).enumerated().first { $0.element.0 != $0.element.1 }
    let place = first.map {
      "line \($0.offset + 1):\n  is     \($0.element.0)\n  golden \($0.element.1)"
    }
    Issue.record(
      "\(name) differs: \(place ?? "\(lines.count) lines instead of \(wanted.count)")",
      sourceLocation: sourceLocation)
  }
}
