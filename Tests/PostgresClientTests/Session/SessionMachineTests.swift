import Testing

@testable import PostgresClient

/// The machine of a connection, without one: events in, actions out.
@Suite struct SessionMachineTests {
  typealias Machine = SessionMachine<String>
  let one: Statement = "SELECT 1"

  func ticket(_ number: UInt64) -> Ticket { Ticket(number: number) }

  static func failure(_ state: SQLState, function: String? = nil) -> PostgresError {
    var report = PostgresError.Report(sqlState: state, severity: "ERROR", message: "m")
    report.sourceFunction = function
    return PostgresError(report)
  }

  /// Actions as text, so that whole sequences compare.
  func texts(_ machine: inout Machine) -> [String] {
    machine.takeActions().map { action in
      switch action {
      case .send(let ticket, let step): "send \(ticket.number) \(step)"
      case .enterPipeline: "enter"
      case .sendInPipeline(let ticket, let step): "pipe \(ticket.number) \(step)"
      case .sync: "sync"
      case .exitPipeline: "exit"
      case .open(let ticket): "open \(ticket.number)"
      case .deliver(let ticket, let row): "deliver \(ticket.number) \(row)"
      case .complete(let ticket, let outcome): "complete \(ticket.number) \(text(outcome))"
      case .endCopy(let aborting): aborting ? "abort copy" : "end copy"
      case .requestCancel: "request cancel"
      case .scheduleCancel: "schedule cancel"
      case .startPatience(let ticket): "patience \(ticket.number)"
      case .close(let error): "close \(error.code.rawValue)"
      }
    }
  }

  func text(_ outcome: Machine.Outcome) -> String {
    switch outcome {
    case .success(let payload): payload
    case .done: "done"
    case .cancelled: "cancelled"
    case .failure(let error): error.sqlState?.rawValue ?? error.code.rawValue
    }
  }

  func query(_ machine: inout Machine, _ number: UInt64, rowByRow: Bool = false) {
    machine.begin(ticket(number), .statement(one, rowByRow: rowByRow))
  }

  @Test func oneAfterTheOther() {
    var machine = Machine(preparedStatements: 10)
    query(&machine, 1)
    query(&machine, 2)
    #expect(texts(&machine) == ["send 1 unnamed"])
    machine.received(.result("a"))
    #expect(texts(&machine) == [])
    machine.received(.end(inTransaction: false))
    #expect(texts(&machine) == ["complete 1 a", "send 2 prepare(\"tw1\")"])
    machine.received(.result(""))
    machine.received(.end(inTransaction: false))
    #expect(texts(&machine) == ["send 2 execute(\"tw1\")"])
    machine.received(.result("b"))
    machine.received(.end(inTransaction: false))
    #expect(texts(&machine) == ["complete 2 b"])
    #expect(machine.isIdle)
  }

  /// A deferred constraint fails after the result has been given: the failure stands.
  @Test func failureAfterResult() {
    var machine = Machine(preparedStatements: 0)
    query(&machine, 1)
    machine.received(.result("a"))
    machine.received(.failure(Self.failure("23503")))
    machine.received(.end(inTransaction: false))
    #expect(texts(&machine) == ["send 1 unnamed", "complete 1 23503"])
  }

  @Test func failedPreparationEndsTheRequest() {
    var machine = Machine(preparedStatements: 10)
    query(&machine, 1)
    machine.received(.result(""))
    machine.received(.end(inTransaction: false))
    query(&machine, 2)
    machine.received(.failure(Self.failure("42P01")))
    machine.received(.end(inTransaction: false))
    #expect(texts(&machine).last == "complete 2 42P01")
    // It is not taken for prepared.
    query(&machine, 3)
    #expect(texts(&machine) == ["send 3 prepare(\"tw2\")"])
  }

  /// A table changed under a prepared statement: prepared anew and run, but not within a transaction, which has failed.
  @Test(arguments: [false, true]) func stalePlan(inTransaction: Bool) {
    var machine = Machine(preparedStatements: 10)
    _ = machine.cache.plan(for: one, isEager: true)
    query(&machine, 1)
    machine.received(.failure(Self.failure("0A000", function: "RevalidateCachedQuery")))
    machine.received(.end(inTransaction: inTransaction))
    if inTransaction {
      #expect(texts(&machine) == ["send 1 execute(\"tw1\")", "complete 1 0A000"])
      return
    }
    #expect(texts(&machine) == ["send 1 execute(\"tw1\")", "send 1 deallocate(\"tw1\")"])
    machine.received(.result(""))
    machine.received(.end(inTransaction: false))
    machine.received(.result(""))
    machine.received(.end(inTransaction: false))
    #expect(texts(&machine) == ["send 1 prepare(\"tw2\")", "send 1 execute(\"tw2\")"])
    // Once is enough: a second refusal is reported.
    machine.received(.failure(Self.failure("26000")))
    machine.received(.end(inTransaction: false))
    #expect(texts(&machine) == ["complete 1 26000"])
  }

  @Test func cancelWhileWaiting() {
    var machine = Machine(preparedStatements: 0)
    query(&machine, 1)
    query(&machine, 2)
    machine.cancel(ticket(2))
    #expect(texts(&machine) == ["send 1 unnamed", "complete 2 cancelled"])
  }

  /// The next request waits until the request to stop has come home, or it would be stopped instead.
  @Test func nothingStartsWhileACancelIsUnderWay() {
    var machine = Machine(preparedStatements: 0)
    query(&machine, 1)
    machine.cancel(ticket(1))
    query(&machine, 2)
    machine.received(.failure(Self.failure("57014")))
    machine.received(.end(inTransaction: false))
    #expect(
      texts(&machine) == ["send 1 unnamed", "patience 1", "request cancel", "complete 1 cancelled"])
    machine.cancelReturned()
    #expect(texts(&machine) == ["send 2 unnamed"])
  }

  /// A request to stop that overtakes its statement finds nothing to stop; it is sent again until the statement ends.
  @Test func cancelIsRepeated() {
    var machine = Machine(preparedStatements: 0)
    query(&machine, 1)
    machine.cancel(ticket(1))
    machine.cancelReturned()
    #expect(
      texts(&machine) == ["send 1 unnamed", "patience 1", "request cancel", "schedule cancel"])
    machine.cancelAgain()
    #expect(texts(&machine) == ["request cancel"])
    machine.received(.failure(Self.failure("57014")))
    machine.received(.end(inTransaction: false))
    machine.cancelReturned()
    #expect(texts(&machine) == ["complete 1 cancelled"])
    machine.cancelAgain()
    #expect(texts(&machine) == [])
  }

  /// A statement that was done before the server heard of it has been done.
  @Test func cancelledTooLate() {
    var machine = Machine(preparedStatements: 0)
    query(&machine, 1)
    machine.cancel(ticket(1))
    machine.received(.result("done"))
    machine.received(.end(inTransaction: false))
    #expect(texts(&machine).last == "complete 1 done")
  }

  @Test func patienceEnds() {
    var machine = Machine(preparedStatements: 0)
    query(&machine, 1)
    machine.cancel(ticket(1))
    machine.patienceEnded(ticket(1))
    #expect(texts(&machine).last == "close TW-PG-003")
    machine.lost(PostgresError(.connectionLost, "x"))
    #expect(texts(&machine) == ["complete 1 TW-PG-003"])
    query(&machine, 2)
    #expect(texts(&machine) == ["complete 2 TW-PG-003"])
  }

  /// `COMMIT` and `ROLLBACK` are not stopped, but not waited for without end, in line or under way.
  @Test func hurried() {
    var machine = Machine(preparedStatements: 0)
    query(&machine, 1)
    query(&machine, 2)
    machine.hurry(ticket(2))
    machine.hurry(ticket(3))
    #expect(texts(&machine) == ["send 1 unnamed", "patience 2"])
    machine.patienceEnded(ticket(2))
    #expect(texts(&machine) == ["close TW-PG-003"])
    var second = Machine(preparedStatements: 0)
    query(&second, 1)
    second.hurry(ticket(1))
    second.received(.result("COMMIT"))
    second.received(.end(inTransaction: false))
    second.patienceEnded(ticket(1))
    #expect(texts(&second) == ["send 1 unnamed", "patience 1", "complete 1 COMMIT"])
  }

  @Test func patienceOfAnEndedRequestIsNothing() {
    var machine = Machine(preparedStatements: 0)
    query(&machine, 1)
    machine.cancel(ticket(1))
    machine.received(.failure(Self.failure("57014")))
    machine.received(.end(inTransaction: false))
    machine.cancelReturned()
    query(&machine, 2)
    _ = machine.takeActions()
    machine.patienceEnded(ticket(1))
    #expect(texts(&machine) == [])
  }

  @Test func rowsAreDroppedOnceCancelled() {
    var machine = Machine(preparedStatements: 0)
    query(&machine, 1, rowByRow: true)
    machine.received(.row("r1"))
    machine.cancel(ticket(1))
    machine.received(.row("r2"))
    machine.received(.failure(Self.failure("57014")))
    machine.received(.end(inTransaction: false))
    #expect(
      texts(&machine) == [
        "send 1 unnamed", "deliver 1 r1", "patience 1", "request cancel", "complete 1 cancelled",
      ])
  }

  @Test func copyIn() {
    var machine = Machine(preparedStatements: 0)
    machine.begin(ticket(1), .copyIn)
    machine.received(.copyIn)
    #expect(!machine.awaitsReply)
    machine.endCopyIn(ticket(1), aborting: false)
    #expect(machine.awaitsReply)
    machine.received(.result("COPY 3"))
    machine.received(.end(inTransaction: false))
    #expect(texts(&machine) == ["send 1 unnamed", "open 1", "end copy", "complete 1 COPY 3"])
  }

  @Test func copyInWhereNoneIsExpected() {
    var machine = Machine(preparedStatements: 0)
    query(&machine, 1)
    machine.received(.copyIn)
    machine.received(.failure(Self.failure("57014")))
    machine.received(.end(inTransaction: false))
    #expect(texts(&machine) == ["send 1 unnamed", "abort copy", "complete 1 57014"])
  }

  @Test func copyOutWhereNoneIsExpected() {
    var machine = Machine(preparedStatements: 0)
    query(&machine, 1)
    machine.received(.copyOut)
    #expect(texts(&machine) == ["send 1 unnamed", "close TW-PG-012"])
  }

  @Test func cancelledCopyInIsAbortedAtOnce() {
    var machine = Machine(preparedStatements: 0)
    machine.begin(ticket(1), .copyIn)
    machine.received(.copyIn)
    machine.cancel(ticket(1))
    #expect(
      texts(&machine) == ["send 1 unnamed", "open 1", "abort copy", "patience 1", "request cancel"])
  }

  /// The server's last words say more than the end of the connection.
  @Test func lossKeepsTheLastError() {
    var machine = Machine(preparedStatements: 0)
    query(&machine, 1)
    query(&machine, 2)
    machine.received(.failure(Self.failure("57P01")))
    machine.lost(PostgresError(.connectionLost, "x"))
    #expect(
      texts(&machine) == ["send 1 unnamed", "complete 1 57P01", "complete 2 TW-PG-003"])
  }

  /// A result before the end of its statement is no proof: the implicit transaction is committed at the end.
  @Test func lossAfterAResult() {
    var machine = Machine(preparedStatements: 0)
    query(&machine, 1)
    machine.received(.result("INSERT 0 1"))
    machine.lost(PostgresError(.connectionLost, "x"))
    #expect(texts(&machine) == ["send 1 unnamed", "complete 1 TW-PG-003"])
  }
}
