import ArgumentParser
import CSVTables

/// The shape of a command's data: for people unless told otherwise.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Print the list as JSON, one value a line.")
  var jsonl = false

  @Flag(help: "Print CSV with a header, for a spreadsheet or another program.")
  var csv = false

  func validate() throws {
    if [json, jsonl, csv].count(where: { $0 }) > 1 {
      throw ValidationError("--json, --jsonl and --csv exclude each other")
    }
  }

  /// Writes the answer in the shape asked for; only that shape is made.
  func write(
    json document: @autoclosure () -> some Encodable,
    jsonl list: @autoclosure () -> [some Encodable], csv rows: @autoclosure () -> CSVWriter,
    text: @autoclosure () -> String
  ) throws {
    if json {
      Streams.out(try JSONText.pretty(document()) + "\n")
    } else if jsonl {
      Streams.out(try list().map { try JSONText.line($0) + "\n" }.joined())
    } else {
      Streams.out(csv ? rows().text : text())
    }
  }
}
