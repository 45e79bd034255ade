import Fulfilment
import LogisticsModel
import PostgresClient
import ShipmentStore
import TestSupport
import Testing

/// The constraints of `sql/migrations` say what the Swift tables say, and the rules of the house hold.
@Suite(.needsServer, .timeLimit(.minutes(2))) struct SchemaTests {
  private func connect() async throws -> Connection {
    try await Connection.open(ConnectionSettings(try await StoreServer.database()))
  }

  /// Sends a statement for each combination, and gives those the database takes.
  private func accepted<Combination: Hashable>(
    _ combinations: [Combination], on connection: Connection, _ statement: Statement,
    _ parameters: (Combination) -> Parameters
  ) async throws -> Set<Combination> {
    var accepted: Set<Combination> = []
    try await connection.pipeline(syncEvery: 1) { pipeline in
      var pending: [(Combination, PendingResult)] = []
      for combination in combinations {
        pending.append(
          (combination, try await pipeline.send(statement, parameters: parameters(combination))))
      }
      for (combination, result) in pending {
        do {
          _ = try await result.rows
          accepted.insert(combination)
        } catch let error as PostgresError where error.sqlState == "23514" {
          continue
        }
      }
    }
    return accepted
  }

  /// A table of the same columns and checks, without what ties it to others.
  private func scratch(_ connection: Connection, _ statement: Statement) async throws {
    try await connection.run(script: statement)
  }

  struct LegStep: Hashable {
    let role: LegRole
    let from: LegState
    let status: TransportStatus
    let to: LegState
  }

  @Test("a leg can make the transitions of the Swift table, and no other")
  func legTransitions() async throws {
    let connection = try await connect()
    defer { connection.close() }
    try await scratch(
      connection,
      "CREATE TABLE public.step (LIKE tradewind.shipment_step INCLUDING DEFAULTS INCLUDING CONSTRAINTS)"
    )
    let all = LegRole.allCases.flatMap { role in
      LegState.allCases.flatMap { from in
        TransportStatus.allCases.flatMap { status in
          LegState.allCases.map { LegStep(role: role, from: from, status: status, to: $0) }
        }
      }
    }
    let accepted = try await accepted(
      all, on: connection,
      """
      INSERT INTO public.step (tenant_id, shipment_id, number, event_key, code, leg_number, leg_role, leg_from, leg_to,
        state_from, state_to)
      VALUES (1, gen_random_uuid(), 1, 'k', $1, 0, $2, $3, $4, 'booked', 'booked')
      """
    ) {
      Parameters($0.status.rawValue, $0.role.rawValue, $0.from.rawValue, $0.to.rawValue)
    }
    #expect(all.count == 5100)
    #expect(
      accepted
        == Set(
          LegTransition.all.map {
            LegStep(role: $0.role, from: $0.from, status: $0.status, to: $0.to)
          }))
  }

  @Test("a shipment can make the changes of the Swift table, and no other")
  func shipmentChanges() async throws {
    let connection = try await connect()
    defer { connection.close() }
    try await scratch(
      connection,
      "CREATE TABLE public.step (LIKE tradewind.shipment_step INCLUDING DEFAULTS INCLUDING CONSTRAINTS)"
    )
    let all = ShipmentState.allCases.flatMap { from in
      ShipmentState.allCases.map { [from, $0] }
    }
    let accepted = try await accepted(
      all, on: connection,
      """
      INSERT INTO public.step (tenant_id, shipment_id, number, event_key, code, leg_number, leg_role, leg_from, leg_to,
        state_from, state_to)
      VALUES (1, gen_random_uuid(), 1, 'k', 41, 0, 'carriage', 'planned', 'handed_over', $1, $2)
      """
    ) { Parameters($0[0].rawValue, $0[1].rawValue) }
    #expect(
      accepted
        == Set(ShipmentState.allCases.flatMap { from in from.successors.map { [from, $0] } }))
    // Without a leg only the three ends that are not a delivery.
    let ends = TransportStatus.allCases.flatMap { status in
      ShipmentState.allCases.map { "\(status.rawValue) \($0.rawValue)" }
    }
    let possible = try await self.accepted(
      ends, on: connection,
      """
      INSERT INTO public.step (tenant_id, shipment_id, number, event_key, code, state_from, state_to)
      SELECT 1, gen_random_uuid(), 1, 'k', split_part($1, ' ', 1)::int2, CASE split_part($1, ' ', 2)
        WHEN 'cancelled' THEN 'booked' ELSE 'in_transit' END, split_part($1, ' ', 2)
      """
    ) { Parameters($0) }
    #expect(possible == ["7 cancelled", "49 lost", "82 returned"])
  }

  @Test("states and codes of columns are those of the Swift enumerations")
  func states() async throws {
    let connection = try await connect()
    defer { connection.close() }
    try await scratch(
      connection,
      """
      CREATE TABLE public.leg (LIKE tradewind.shipment_leg INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
      CREATE TABLE public.event (LIKE tradewind.shipment_event INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
      CREATE TABLE public.shipment (LIKE tradewind.shipment INCLUDING DEFAULTS INCLUDING CONSTRAINTS)
      """)
    let words = ["planned", "nonsense", ""] + LegState.allCases.map(\.rawValue)
    let pairs = (LegRole.allCases.map(\.rawValue) + ["sailing"]).flatMap { role in
      words.map { [role, $0] }
    }
    // Times as a leg of that state would have them.
    let legs = try await accepted(
      pairs, on: connection,
      """
      INSERT INTO public.leg (tenant_id, shipment_id, number, leg, from_node, to_node, role, state, planned_departure,
        planned_arrival, actual_departure, actual_arrival)
      VALUES (1, gen_random_uuid(), 0, 'l', 'a', 'b', $1, $2, now(), now(),
        CASE WHEN $2 IN ('departed', 'in_clearance', 'begun', 'arrived') THEN now() END,
        CASE WHEN $2 IN ('arrived', 'cleared', 'completed') THEN now() END)
      """
    ) { Parameters($0[0], $0[1]) }
    #expect(
      legs
        == Set(
          LegRole.allCases.flatMap { role in
            LegTransition.states(of: role).map { [role.rawValue, $0.rawValue] }
          }))
    let codes = try await accepted(
      Array(Int16(0)...500), on: connection,
      """
      INSERT INTO public.event (tenant_id, shipment_id, event_key, number, code, occurred_at, note)
      VALUES (1, gen_random_uuid(), 'k', 1, $1, now(), '')
      """
    ) { Parameters($0) }
    #expect(codes == Set(TransportStatus.allCases.map(\.rawValue)))
    let shipments = try await accepted(
      ["nonsense", ""] + ShipmentState.allCases.map(\.rawValue), on: connection,
      """
      INSERT INTO public.shipment (tenant_id, id, quote_id, merchant, channel, origin, destination, country, state, booking_key,
        booking_sha256, booked_at, delivered_at)
      VALUES (1, gen_random_uuid(), 'q', '', '', 'a', 'b', 'ES', $1, 'k', '', now(), CASE WHEN $1 = 'delivered' THEN now() END)
      """
    ) { Parameters($0) }
    #expect(shipments == Set(ShipmentState.allCases.map(\.rawValue)))
  }

  @Test(
    "tenant_id leads every key and index of every table but those of the queue, which lead with the queue or the lease"
  )
  func tenantLeads() async throws {
    let connection = try await connect()
    defer { connection.close() }
    let rows = try await connection.query(
      """
      SELECT c.relname::text, i.relname::text, a.attname::text
      FROM pg_index AS x JOIN pg_class AS i ON i.oid = x.indexrelid JOIN pg_class AS c ON c.oid = x.indrelid
      JOIN pg_namespace AS n ON n.oid = c.relnamespace JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = x.indkey[0]
      WHERE n.nspname = 'tradewind' AND c.relname <> 'migration' AND c.relname NOT LIKE 'job%'
      """
    ).decode(String.self, String.self, String.self)
    #expect(rows.count >= 15)
    for (table, index, column) in rows { #expect(column == "tenant_id", "\(table) \(index)") }
  }

  @Test("every key and index has its reason above it")
  func indexesAreExplained() throws {
    for file in ["0002_quotes", "0003_places", "0004_shipments", "0005_job_queue"] {
      let text = try Fixtures.text(StoreServer.root + "/sql/migrations/\(file).sql")
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      for (above, line) in zip(lines, lines.dropFirst())
      where line.hasPrefix("CREATE INDEX") || line.contains("PRIMARY KEY")
        || line.contains("UNIQUE")
      {
        #expect(above.drop(while: \.isWhitespace).hasPrefix("--"), "\(file): \(line)")
      }
    }
  }

  @Test("what was said stays said: no row of a history can be changed")
  func histories() async throws {
    let (store, conninfo) = try await StoreServer.store()
    let plan = Plans.plan(1)
    #expect(try await store.book([plan]) == [.booked(plan.promise)])
    let event = ShipmentEvent(
      key: "a", status: .collected, occurred: Plans.now, expected: "2026-11-29T00:00Z")
    _ = try await store.record(event, of: plan.promise.id)
    let connection = try await Connection.open(ConnectionSettings(conninfo))
    defer { connection.close() }
    let changes: [Statement] = [
      "UPDATE tradewind.promise SET deliver_by = deliver_by + 1",
      "UPDATE tradewind.shipment_event SET note = 'x'",
      "UPDATE tradewind.shipment_step SET code = 1",
      "UPDATE tradewind.arrival_estimate SET expected_at = now()",
    ]
    for change in changes {
      await #expect(throws: PostgresError.self) { try await connection.query(change) }
    }
    // The service role may not even ask.
    try await connection.run(script: "SET ROLE tradewind_service")
    for change in changes {
      do {
        try await connection.query(change)
        Issue.record("\(change) was allowed")
      } catch let error as PostgresError {
        #expect(error.sqlState == "42501")
      }
    }
  }
}
