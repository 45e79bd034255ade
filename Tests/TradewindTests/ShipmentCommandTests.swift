import Foundation
import TestSupport
import Testing

/// `quote --save`, `explain --replay`, `shipment ...`, `report`, `coverage --unserved` on a database of their own.
@Suite(
  .enabled(if: ScratchPostgres.programs != nil, "no PostgreSQL server is installed"), .serialized,
  .timeLimit(.minutes(3)))
struct ShipmentCommandTests {
  /// A migrated database, and the environment that names it.
  private func database() throws -> [String: String] {
    let cluster = try ScratchPostgres()
    let environment = ["TRADEWIND_DATABASE_URL": cluster.conninfo()]
    let migrated = try Tradewind.run(["db", "migrate", "--quiet"], environment: environment)
    try #require(migrated.status == 0, "\(migrated.errors)")
    return environment
  }

  private func run(
    _ arguments: [String], _ environment: [String: String], status: Int32 = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Tradewind.Outcome {
    let outcome = try Tradewind.run(arguments, environment: environment)
    #expect(outcome.status == status, "\(outcome.errors)", sourceLocation: sourceLocation)
    return outcome
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// The id of the quote of the demo's README, saved.
  private func save(_ environment: [String: String]) throws -> (id: String, text: String) {
    let quote = try run(
      ["quote"] + GoldenTests.parcel + ["--save", "--json"] + Tradewind.demo, environment)
    return (try #require(try object(quote.out)["quote_id"] as? String), quote.out)
  }

  @Test("from a quote to its delivery, and every word of it")
  func life() throws {
    let environment = try database()
    let (quote, text) = try save(environment)
    let replay = try run(
      ["explain", "--replay", quote, "--network", "demo", "--quiet"], environment)
    #expect(replay.out == text)
    _ = try run(["capacity", "set", "air", "1"], environment)
    _ = try run(["stock", "set", "W-YIW", "lamp", "9", "--keep", "market=3"], environment)
    let book = ["shipment", "book", quote, "--tier", "standard", "--stock", "W-YIW:lamp:2"]
    let first = try run(book + ["--merchant", "acme", "--json"] + Tradewind.demo, environment)
    let promise = try #require(try object(first.out)["promise"] as? [String: Any])
    #expect(promise["deliver_by"] as? String == "2026-11-28")
    let id = try #require(promise["shipment"] as? String)
    // The same order again is answered; with another merchant it is another order.
    let again = try run(book + ["--merchant", "acme", "--json"] + Tradewind.demo, environment)
    #expect(try object(again.out)["outcome"] as? String == "repeated")
    #expect(
      (try object(again.out)["promise"] as? [String: Any])?["shipment"] as? String == id)
    let other = try run(book + ["--merchant", "other"] + Tradewind.demo, environment, status: 3)
    #expect(other.errors.contains("TW-BKG-005"))
    // The flight has one place: the next order goes a day later, and is told so.
    let rolled = try run(
      book + ["--merchant", "acme", "--key", "second"] + Tradewind.demo, environment)
    let lines = rolled.out.split(separator: "\n").dropFirst().joined(separator: "\n")
    #expect(
      lines == """
        standard, 6.73 EUR, promised for Mon 30 Nov 2026 (Madrid)
        full: air at 2026-11-24T15:00:00Z
        rolled on from Sat 28 Nov 2026 (Madrid), as was quoted
        """)
    let events: [[String]] = [
      ["arrived", "--leg", "0", "--at", "2026-11-23T10:05:00Z"],
      ["collected", "--at", "2026-11-23T09:00:00Z"],
      ["41", "--leg", "1", "--at", "2026-11-23T13:00:00Z", "--key", "HO-1", "--note", "ramp 7 🛫"],
      ["departed", "--leg", "1", "--at", "2026-11-23T14:00:00Z"],
      ["arrived", "--leg", "1", "--at", "2026-11-23T19:10:00Z"],
      [
        "delayed", "--leg", "5", "--at", "2026-11-24T09:00:00Z", "--expected",
        "2026-11-29T12:00:00Z",
      ],
      ["24", "--leg", "2", "--at", "2026-11-24T15:00:00Z"],
    ]
    let standings = try events.map {
      try run(["shipment", "event", id] + $0, environment).out
    }
    #expect(
      standings == [
        "parked: booked\n", "applied, and 1 that had waited: in_transit\n", "applied: in_transit\n",
        "applied: in_transit\n", "applied: in_transit\n", "noted: in_transit\n",
        "applied: in_transit\n",
      ])
    #expect(
      try run(["shipment", "event", id] + events[2], environment).out == "repeated: in_transit\n")
    // Ids and keys differ from run to run only in the id.
    let show = try run(["shipment", "show", id], environment).out.replacing(id, with: "SHIPMENT")
    try GoldenText.expect(show, equals: "shipment-show.txt")
    let track = try run(["shipment", "track", id], environment).out.replacing(id, with: "SHIPMENT")
    try GoldenText.expect(track, equals: "shipment-track.txt")
    let seen = try object(try run(["shipment", "track", id, "--json"], environment).out)
    #expect(
      Set(seen.keys) == ["shipment", "state", "deliver_by", "zone", "expected", "events"])
    let list = try run(["shipment", "list", "--merchant", "acme", "--csv"], environment).out
    #expect(list.split(separator: "\n").count == 3)
    #expect(list.contains("\(id),in_transit,standard,acme,O-YIWU,Z-ES-28,ES,"))
    let stock = try run(["stock", "show", "W-YIW", "--csv"], environment).out
    // Four pieces promised, of which two were collected.
    #expect(stock == "node,sku,on_hand,reserved,kept\nW-YIW,lamp,7,2,market=3\n")
    let capacity = try run(
      ["capacity", "show", "air", "--from", "2026-11-20T00:00:00Z", "--csv"], environment)
    #expect(
      capacity.out
        == "leg,departs,capacity,reserved\nair,2026-11-24T15:00:00Z,1,1\nair,2026-11-25T15:00:00Z,1,1\n"
    )
    // Both are due in the same Spanish week of 23 and 30 November; neither has come by 2 December.
    let report = try run(
      [
        "report", "on-time", "--from", "2026-11-20", "--through", "2026-12-05", "--now",
        "2026-12-02T12:00:00Z", "--csv",
      ], environment)
    #expect(
      report.out == """
        lane,week,merchant,sample,on_time,on_time_thousandths,not_due,ended_early,promised_days,actual_days,arrived
        O-YIWU > ES,2026-11-23,acme,1,0,0,0,0,8,0,0
        O-YIWU > ES,2026-11-30,acme,1,0,0,0,0,10,0,0

        """)
  }

  /// Saves a quote and books its standard tier.
  private func bookStandard(
    _ environment: [String: String]
  ) throws -> (quote: String, shipment: String) {
    let (quote, _) = try save(environment)
    let book = try run(
      ["shipment", "book", quote, "--tier", "standard", "--json"] + Tradewind.demo, environment)
    let promise = try #require(try object(book.out)["promise"] as? [String: Any])
    return (quote, try #require(promise["shipment"] as? String))
  }

  /// The flight of Tuesday 24 November is missed, and that of the next day taken: the estimate follows, the promise stays.
  @Test("what is left is planned after an event, and stands beside the promise as an estimate")
  func estimates() throws {
    let environment = try database()
    let (_, id) = try bookStandard(environment)
    func tell(_ words: [String]) throws -> [String: Any] {
      try object(try run(["shipment", "event", id, "--json"] + words, environment).out)
    }
    let plan = ["--estimate", "demo"]
    let collected = try tell(["collected", "--at", "2026-11-23T09:00:00Z"] + plan)
    // On its planned legs it is there on the promised day.
    #expect((collected["estimate"] as? String)?.hasPrefix("2026-11-28") ?? false, "\(collected)")
    for (leg, times) in [(0, ("09:00", "10:05")), (1, ("14:00", "19:10"))] {
      _ = try tell(["departed", "--leg", "\(leg)", "--at", "2026-11-23T\(times.0):00Z"])
      _ = try tell(["arrived", "--leg", "\(leg)", "--at", "2026-11-23T\(times.1):00Z"])
    }
    let flown = ["departed", "--leg", "2", "--at", "2026-11-25T15:00:00Z", "--key", "F"] + plan
    let late = try tell(flown)
    #expect((late["estimate"] as? String)?.hasPrefix("2026-11-30") ?? false, "\(late)")
    let shown = try object(try run(["shipment", "show", id, "--json"], environment).out)
    let estimates = try #require(shown["estimates"] as? [[String: Any]])
    #expect(estimates.map { $0["source"] as? String } == ["planned", "planned"])
    #expect(estimates.allSatisfy { $0["service_level"] as? Double == 0.95 })
    #expect(estimates.last?["event"] as? String == "F")
    #expect(
      (shown["promise"] as? [String: Any])?["deliver_by"] as? String == "2026-11-28", "\(shown)")
    // Told twice it is kept once.
    _ = try tell(flown)
    let again = try object(try run(["shipment", "show", id, "--json"], environment).out)
    #expect((again["estimates"] as? [Any])?.count == 2)
  }

  @Test("others are told of a booking and of every step, each once it is taken")
  func messages() throws {
    let environment = try database()
    let (quote, id) = try bookStandard(environment)
    _ = try run(
      ["shipment", "event", id, "collected", "--at", "2026-11-23T09:00:00Z", "--key", "C"],
      environment)
    func messages(_ words: [String]) throws -> [[String: Any]] {
      try run(["shipment", "messages"] + words, environment).out.split(separator: "\n")
        .map { try object(String($0)) }
    }
    let waiting = try messages([])
    #expect(
      waiting.map { $0["topic"] as? String } == ["shipment.booked", "shipment.collected"],
      "\(waiting)")
    #expect(waiting.allSatisfy { $0["shipment"] as? String == id })
    #expect(waiting.map { $0["number"] as? Int } == [0, 1])
    #expect((waiting[0]["payload"] as? [String: Any])?["quote"] as? String == quote)
    #expect((waiting[1]["payload"] as? [String: Any])?["event"] as? String == "C")
    // Looking forgets nothing, taking does.
    #expect(try messages(["--take", "--limit", "1"]).count == 1)
    #expect(try messages(["--take"]).map { $0["number"] as? Int } == [1])
    #expect(try messages([]).isEmpty && messages(["--take"]).isEmpty)
  }

  @Test("a saved refusal is demand that is counted")
  func unserved() throws {
    let environment = try database()
    let heavy = ["quote", "O-YIWU", "ES:28013", "31kg", "--save", "--quiet"] + Tradewind.demo
    _ = try run(heavy, environment, status: 3)
    _ = try run(heavy, environment, status: 3)
    let folder = try ScratchFolder()
    let file = try folder.write(
      "in.csv", "from,to,weight\nO-YIWU,ES:08001,32kg\nO-YIWU,ES:28013,480g\n")
    _ = try run(["quote", "--batch", file, "--save", "--quiet"] + Tradewind.demo, environment)
    let report = try run(
      ["coverage", "--unserved", "--since", "2026-11-01", "--csv"] + Tradewind.demo, environment)
    let lines = report.out.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[1].hasPrefix("O-YIWU,ES,all,too_heavy,max_weight_g,2,1,"))
  }

  @Test("what does not hold is refused with code and exit status")
  func refusals() throws {
    let environment = try database()
    let folder = try ScratchFolder()
    try folder.copyDemo()
    let saved = try run(
      ["quote"] + GoldenTests.parcel + ["--save", "--json", "--network", folder.path]
        + Tradewind.now, environment)
    let quote = try #require(try object(saved.out)["quote_id"] as? String)
    _ = try run(
      ["explain", "--replay", quote, "--network", folder.path, "--quiet"], environment)
    // The network on which it is booked has another calendar.
    try folder.edit("calendar_dates.csv", "2026-12-08", "2026-12-09")
    let book = ["shipment", "book", quote, "--network", folder.path]
    let changed = try run(book + Tradewind.now, environment, status: 3)
    #expect(changed.errors.contains("TW-BKG-003"))
    #expect(changed.errors.contains("calendars, network"))
    let replayed = try run(
      ["explain", "--replay", quote, "--network", folder.path, "--quiet"], environment, status: 3)
    #expect(replayed.errors.contains("TW-BKG-003"))
    let late = try run(
      ["shipment", "book", quote, "--network", "demo", "--now", "2026-11-20T12:00:00+08:00"],
      environment, status: 3)
    #expect(late.errors.contains("TW-BKG-002"))
    let unknown = "01a1f677-aa80-766f-9db6-bc1f7f7ff293"
    #expect(
      try run(["shipment", "book", "q-none"] + Tradewind.demo, environment, status: 3).errors
        .contains("TW-BKG-001"))
    #expect(
      try run(["shipment", "show", unknown], environment, status: 66).errors.contains("TW-SHP-005"))
    #expect(
      try run(["shipment", "show", "x"], environment, status: 64).errors.contains("TW-SHP-005"))
    #expect(
      try run(["shipment", "event", unknown, "vanished"], environment, status: 64).errors
        .contains("TW-SHP-007"))
    #expect(
      try run(["explain", "--replay", "q-none"] + Tradewind.demo, environment, status: 66).errors
        .contains("TW-BKG-001"))
    // A database nobody has migrated, and one that is not there.
    let empty = try ScratchPostgres()
    #expect(
      try run(["shipment", "list"], ["TRADEWIND_DATABASE_URL": empty.conninfo()], status: 78)
        .errors.contains("TW-CLI-090"))
    empty.remove()
    #expect(
      try run(["shipment", "list"], ["TRADEWIND_DATABASE_URL": empty.conninfo()], status: 69)
        .errors.contains("TW-PG-002"))
  }

  /// A small `make fire`: see `scripts/book-under-fire.sh`.
  @Test(
    "processes killed while they book: every order once, no flight above its capacity, the dates right"
  )
  func fire() throws {
    let root = Fixtures.root(above: #filePath)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = [
      root + "/scripts/book-under-fire.sh", Tradewind.binary, "1600", "450", "4", "2",
    ]
    process.currentDirectoryURL = URL(fileURLWithPath: root)
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(text)")
    #expect(text.contains("figure fire: 1600 orders"), "\(text)")
  }
}
