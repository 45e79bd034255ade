import CSVTables
import Fulfilment
import LogisticsModel

/// A CSV file of requests, one a row: `quote --batch` and `whatif --batch` read the same columns.
struct RequestFile {
  let table: CSVTable
  private let columns: CSVColumns
  private let request: RequestOptions
  private let terms: ([OrderLine]) throws(RequestFault) -> OrderTerms
  private let settings: Settings
  /// Faults of the file that were reported and did not stop it from being read.
  let faults: Int

  static let required = ["from", "to", "weight"]
  static let optional = ["id", "dims", "goods", "value", "lines", "ready"]

  /// Reads a file, complaining of all that is wrong with it.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - request: what holds for every row alike.
  ///   - settings: what holds where nothing is said.
  ///   - terms: on what terms an order of these lines is sold.
  /// - Throws: an exit status where the file is not there or no table of requests, having said so.
  init(
    _ path: String, request: RequestOptions, settings: Settings,
    terms: @escaping ([OrderLine]) throws(RequestFault) -> OrderTerms
  ) throws {
    self.request = request
    self.terms = terms
    self.settings = settings
    var findings: [Finding] = []
    let bytes = try InputFiles.read(path)
    guard let table = CSVTable.parse(bytes, file: path, findings: &findings) else {
      for finding in findings { Streams.complain(finding.description) }
      throw ExitStatus.data
    }
    columns = CSVColumns(table, required: RequestFile.required, optional: RequestFile.optional)
    for finding in findings + columns.findings { Streams.complain(finding.description) }
    guard columns.isUsable else { throw ExitStatus.data }
    self.table = table
    faults = findings.count
  }

  /// The id of a row, or its number.
  func id(_ row: Int) -> String {
    columns.isEmpty(row, "id") ? "\(row + 1)" : columns.text(row, "id")
  }

  /// What a row asks for.
  func request(_ row: Int) throws(RequestFault) -> QuoteRequest {
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
    request.order = try terms(lines)
    if let ready = text("ready") { request.ready = try RequestText.ready(ready) }
    try self.request.apply(settings, to: &request)
    return request
  }
}
