import Testing

@testable import PostgresClient

@Suite struct MigrationMachineTests {
  static let files = (1...2).map { number in
    SQLFolder.File(
      name: "000\(number)_m.sql", path: "m/000\(number)_m.sql", text: "SELECT \(number)")
  }

  func machine(patience: Duration = .seconds(60)) throws -> (MigrationMachine, [Migration]) {
    let migrations = try Migration.read(Self.files, folder: "m")
    return (MigrationMachine(files: migrations, folder: "m", patience: patience), migrations)
  }

  func records(_ migrations: ArraySlice<Migration>) -> [MigrationRecord] {
    migrations.map {
      MigrationRecord(
        number: $0.number, name: $0.name, checksum: $0.checksum,
        appliedAt: Timestamp(microseconds: 0))
    }
  }

  @Test func appliesOneByOne() throws {
    var (machine, files) = try machine()
    #expect(machine.step(after: nil, at: .zero) == .look)
    #expect(machine.step(after: .seen([]), at: .zero) == .attempt)
    #expect(machine.step(after: .held([]), at: .zero) == .apply(files[0]))
    #expect(machine.step(after: .applied(files[0]), at: .zero) == .attempt)
    #expect(machine.step(after: .held(records(files[..<1])), at: .zero) == .apply(files[1]))
    #expect(machine.step(after: .applied(files[1]), at: .zero) == .finish)
  }

  /// Nothing pending: not even the lock is asked for.
  @Test func upToDate() throws {
    var (machine, files) = try machine()
    #expect(machine.step(after: .seen(records(files[...])), at: .zero) == .finish)
  }

  /// Another process was faster between the look and the lock.
  @Test func overtaken() throws {
    var (machine, files) = try machine()
    #expect(machine.step(after: .seen([]), at: .zero) == .attempt)
    #expect(machine.step(after: .held(records(files[..<1])), at: .zero) == .apply(files[1]))
    #expect(machine.step(after: .held(records(files[...])), at: .zero) == .finish)
  }

  @Test func refuses() throws {
    var (machine, files) = try machine()
    var strange = records(files[...])
    strange[0] = MigrationRecord(
      number: 1, name: "m", checksum: [1], appliedAt: Timestamp(microseconds: 0))
    guard case .refuse(let error) = machine.step(after: .held(strange), at: .zero) else {
      Issue.record("not refused")
      return
    }
    #expect(error.findings.map(\.code) == [.changed])
  }

  /// Pauses double from 0.1 s to 5 s.
  ///
  /// 0.1 + 0.2 + 0.4 + 0.8 + 1.6 + 3.2 = 6.3 s after six, then 5 s each; of 20 s, 16.3 are used up by eight.
  @Test func patience() throws {
    var (machine, files) = try machine(patience: .seconds(20))
    var now = Duration.zero
    var pauses: [Duration] = []
    while case .pause(let pause, let reason) = machine.step(after: .blocked(files[0]), at: now) {
      #expect(reason == .blocked(files[0]))
      #expect(machine.step(after: .rested, at: now) == .look)
      pauses.append(pause)
      now += pause
    }
    #expect(pauses.map(\.milliseconds) == [100, 200, 400, 800, 1600, 3200, 5000, 5000])
    #expect(now.milliseconds == 16_300)
    guard case .giveUp(let code, let why) = machine.step(after: .busy, at: now) else {
      Issue.record("it waits for ever")
      return
    }
    #expect(code == .locked && why.hasPrefix("after 16 s"))
  }

  /// What was achieved renews it.
  @Test func progressRenewsPatience() throws {
    var (machine, files) = try machine(patience: .seconds(20))
    #expect(machine.step(after: .applied(files[0]), at: .seconds(100)) == .attempt)
    #expect(
      machine.step(after: .busy, at: .seconds(110)) == .pause(MigrationMachine.shortestPause, .busy)
    )
  }
}
