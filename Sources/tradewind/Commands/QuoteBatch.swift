import ArgumentParser
import CSVTables
import Fulfilment
import Glibc
import LogisticsModel

/// `quote --batch`: a CSV of requests in, one JSON quote (or error) a line out, in the order of the file.
struct QuoteBatch {
  let command: QuoteCommand
  let settings: Settings

  static let required = ["from", "to", "weight"]
  static let optional = ["id", "dims", "goods", "value", "lines", "ready"]

  /// A line for a request that could not be answered.
  struct Failure: Encodable {
    let id: String
    let line: Int
    let error: String
  }

  /// A quote with the id the file gave it.
  struct Line: Encodable {
    let id: String
    let quote: QuoteDocument
  }

  func run(_ path: String, out: String?) throws {
    var findings: [Finding] = []
    let bytes: [UInt8]
    do throws(FileBytes.Fault) {
      bytes = try FileBytes.read(path)
    } catch {
      Streams.complain(InputFiles.finding(error).description)
      if case .tooLarge = error { throw ExitStatus.data }
      throw ExitStatus.missing
    }
    guard let table = CSVTable.parse(bytes, file: path, findings: &findings) else {
      for finding in findings { Streams.complain(finding.description) }
      throw ExitStatus.data
    }
    let columns = CSVColumns(
      table, required: QuoteBatch.required, optional: QuoteBatch.optional)
    for finding in findings + columns.findings { Streams.complain(finding.description) }
    guard columns.isUsable else { throw ExitStatus.data }
    let view = try command.audience()
    var desk = try command.desk(settings)
    let now = try command.options.clock()
    let writer = try LineWriter(out)
    var progress = ProgressBar(total: table.rowCount, isQuiet: command.options.quiet)
    var failures = findings.count
    for row in 0..<table.rowCount {
      let id = columns.isEmpty(row, "id") ? "\(row + 1)" : columns.text(row, "id")
      do {
        let request = try request(row, columns)
        let quote = try desk.quote(request, now: now)
        try writer.write(
          JSONText.line(
            Line(
              id: id,
              quote: QuoteDocument(
                quote, network: desk.network, includesFront: command.pareto, view: view))))
      } catch let fault as RequestFault {
        failures += 1
        try writer.write(
          JSONText.line(Failure(id: id, line: table.line(row), error: fault.description)))
      }
      progress.advance()
    }
    progress.finish()
    try writer.close()
    if failures > 0 {
      Streams.complain(
        "\(failures) of \(table.rowCount) requests are malformed; see \"error\" in their lines")
      throw ExitStatus.data
    }
  }

  private func request(_ row: Int, _ columns: CSVColumns) throws(RequestFault) -> QuoteRequest {
    func text(_ name: String) -> String? {
      columns.isEmpty(row, name) ? nil : columns.text(row, name)
    }
    let lines: [OrderLine]
    if let cell = text("lines") {
      lines = try OrderLineText.lines(cell: cell)
    } else {
      lines = try RequestText.lines([], value: text("value"))
    }
    var request = QuoteRequest(
      from: try RequestText.place(text("from") ?? ""), to: try RequestText.place(text("to") ?? ""),
      parcel: try RequestText.parcel(
        weight: text("weight") ?? "", dims: text("dims"), goods: text("goods"),
        value: text("value"), lines: lines))
    request.order = try command.order.terms(lines)
    if let ready = text("ready") { request.ready = try RequestText.ready(ready) }
    try command.request.apply(settings, to: &request)
    return request
  }
}
