extension Connection {
  /// Runs a statement with values for `$1`, `$2`, … and waits for all of its rows.
  ///
  /// - Throws: `PostgresError`; `CancellationError` if the task was cancelled and the server stopped.
  @discardableResult
  public func query<each Value: PostgresEncodable>(
    _ statement: Statement, _ value: repeat each Value
  ) async throws -> ResultSet {
    try await query(statement, parameters: Parameters(repeat each value))
  }

  /// Runs a statement with values gathered before, and waits for all of its rows.
  ///
  /// - Throws: `PostgresError`; `CancellationError` if the task was cancelled and the server stopped.
  @discardableResult
  public func query(_ statement: Statement, parameters: Parameters) async throws -> ResultSet {
    try Self.check(parameters)
    return try await ask(.statement(statement, rowByRow: false), statement, parameters)
  }

  /// Runs any number of statements without parameters, as one transaction unless they say otherwise: migrations, settings.
  ///
  /// - Returns: The result of the last one, in text form: its rows cannot be decoded.
  /// - Throws: `PostgresError` of the first that fails; `CancellationError`.
  @discardableResult
  public func run(script: Statement) async throws -> ResultSet {
    try await ask(.script, script, .none)
  }

  /// The protocol counts parameters in 16 bits, and the server takes messages of a gibibyte.
  static func check(_ parameters: Parameters) throws(PostgresError) {
    guard parameters.count <= 65_535 else {
      throw PostgresError(
        .misuse, "\(parameters.count) parameters; a statement takes 65,535: use arrays")
    }
    guard parameters.byteCount < 1 << 30 else {
      throw PostgresError(
        .misuse, "\(parameters.byteCount) bytes of parameters; the server takes 1,073,741,823")
    }
  }

  /// Runs a statement and takes its rows one after the other, as they come: memory stays flat whatever their number.
  ///
  /// Other requests of the connection wait until the last row is taken. Letting go of the rows early cancels the statement.
  ///
  /// - Parameters:
  ///   - statement: What to run.
  ///   - value: Values for `$1`, `$2`, ….
  ///   - backlog: Rows received ahead of those taken, at most about that many.
  /// - Returns: The rows; an error of the server is thrown when they are taken.
  /// - Throws: `PostgresError` if there are too many values.
  public func rows<each Value: PostgresEncodable>(
    _ statement: Statement, _ value: repeat each Value, backlog: Int = 512
  ) throws(PostgresError) -> RowStream {
    let parameters = Parameters(repeat each value)
    try Self.check(parameters)
    let rows = Backlog<Row>(limit: Swift.max(1, backlog))
    let ticket = newTicket()
    let errand = Errand(statement: statement, parameters: parameters, owner: .rows(rows))
    withCore { $0.begin(ticket, .statement(statement, rowByRow: true), errand) }
    return RowStream(connection: self, ticket: ticket, backlog: rows)
  }
}
