extension Connection {
  /// Runs a `COPY ...
  ///
  /// FROM STDIN` and lets a body write its bytes. If the body throws, the server drops all of them.
  ///
  /// An error of the server shows at the end: it reads on and drops what follows.
  ///
  /// - Returns: Rows copied.
  /// - Throws: What the body throws; `PostgresError`; `CancellationError`.
  @discardableResult
  public func copyIn(
    _ statement: Statement, isolation: isolated (any Actor)? = #isolation,
    _ body: (CopyWriter) async throws -> Void
  ) async throws -> Int {
    let scope = Scope()
    let ticket = try await open(scope, .copyIn, statement)
    let writer = CopyWriter(connection: self, ticket: ticket, scope: scope)
    do {
      try await body(writer)
      try await writer.flush()
    } catch {
      withCore { core in core.tell { $0.endCopyIn(ticket, aborting: true) } }
      _ = try? await end(of: ticket, scope)
      throw error
    }
    withCore { core in core.tell { $0.endCopyIn(ticket, aborting: false) } }
    return try await end(of: ticket, scope)?.affectedRows ?? 0
  }

  /// Fills a table from rows in binary form.
  ///
  /// If the body throws, none of them is kept.
  ///
  /// ```swift
  /// try await connection.copyIn(into: CopyTarget("leg", columns: ["id", "minutes"])) { rows in
  ///   for leg in legs { try await rows.write(leg.id, leg.minutes) }
  /// }
  /// ```
  ///
  /// - Returns: Rows copied.
  /// - Throws: What the body throws; `PostgresError`; `CancellationError`.
  @discardableResult
  public func copyIn(
    into target: CopyTarget, isolation: isolated (any Actor)? = #isolation,
    _ body: (CopyRowWriter) async throws -> Void
  ) async throws -> Int {
    try await copyIn(target.copyIn, isolation: isolation) { writer in
      let rows = CopyRowWriter(writer)
      try await body(rows)
      try await rows.finish()
    }
  }

  /// Fills a table from a sequence, taking no more of it than the server is ready for.
  ///
  /// - Parameters:
  ///   - target: The table.
  ///   - elements: What to copy.
  ///   - isolation: Where the body runs: with its caller, unless told otherwise.
  ///   - fields: Appends the fields of one element.
  /// - Returns: Rows copied.
  /// - Throws: What the sequence throws; `PostgresError`; `CancellationError`.
  @discardableResult
  public func copyIn<Elements: AsyncSequence>(
    into target: CopyTarget, from elements: Elements,
    isolation: isolated (any Actor)? = #isolation,
    fields: (Elements.Element, inout CopyRow) -> Void
  ) async throws -> Int {
    try await copyIn(into: target, isolation: isolation) { rows in
      for try await element in elements {
        try await rows.writeRow { row in fields(element, &row) }
      }
    }
  }

  /// Runs a `COPY ...
  ///
  /// TO STDOUT` and gives its bytes as they come: memory stays flat whatever their number. Letting go of them
  /// early cancels the statement.
  ///
  /// - Parameters:
  ///   - statement: The `COPY`.
  ///   - backlog: Bytes received ahead of those taken, at most about that many.
  /// - Returns: The bytes, message by message.
  /// - Throws: `PostgresError`; `CancellationError`.
  public func copyOut(_ statement: Statement, backlog: Int = 262_144) async throws -> CopyStream {
    let pieces = Backlog<[UInt8]>(limit: Swift.max(1, backlog))
    let ticket = try await open(Scope(pieces: pieces), .copyOut, statement)
    return CopyStream(taker: Taker(connection: self, ticket: ticket, backlog: pieces))
  }

  /// Runs a `COPY ... TO STDOUT (FORMAT binary)` and gives its rows as they come.
  ///
  /// - Throws: `PostgresError`; `CancellationError`.
  public func copyRows(_ statement: Statement) async throws -> CopyRowStream {
    CopyRowStream(stream: try await copyOut(statement))
  }

  /// Gives the rows of a table as they come.
  ///
  /// - Throws: `PostgresError`; `CancellationError`.
  public func copyRows(of target: CopyTarget) async throws -> CopyRowStream {
    try await copyRows(target.copyOut)
  }
}
