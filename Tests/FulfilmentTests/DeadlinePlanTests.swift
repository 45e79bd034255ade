import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

@Suite struct DeadlinePlanTests {
  @Test("planning forward from the last chance keeps the date, one minute later does not")
  func backwardThenForward() throws {
    let network = try LoadedNetworks.world.get()
    var desk = QuoteDesk(network)
    for (to, date) in [
      ("ES:28013", "2026-12-10"), ("US:90001", "2026-12-15"), ("JP:Tokyo", "2026-12-04"),
    ] {
      let request = try QuoteDeskTests.request("CNYIU", to, "0.48kg")
      let deadline = try RequestText.date(date)
      let plan = try desk.deadlinePlan(request, deliverBy: deadline, now: LoadedNetworks.now)
      let last = try #require(plan.lastChance)
      let zone = network.bundle.zone(of: plan.question.destination)
      func earliest(_ ready: Instant) throws -> CivilDate {
        var asked = plan.question
        asked.ready = ready
        let front = try desk.front(asked)
        let promise = try #require(front.map(\.vector.promise).min())
        return zone.date(Instant(minutes: promise))
      }
      #expect(try earliest(last.readyBy) <= deadline)
      #expect(try earliest(last.readyBy.advanced(byMinutes: 1)) > deadline)
      #expect(plan.ways.allSatisfy { $0.readyBy <= last.readyBy })
      #expect(!plan.ways.isEmpty)
      // Every way stands at its own last minute: one minute later it misses the date, or cannot be booked.
      for way in plan.ways {
        #expect(way.option.deliverBy <= deadline)
        var late = plan.question
        late.ready = way.readyBy.advanced(byMinutes: 1)
        let timing = network.timing(way.option.legs.map(\.leg), late)
        if let timing { #expect(zone.date(Instant(minutes: timing.promise)) > deadline) }
      }
    }
  }

  @Test("a date beyond the timetable is refused, not answered from the timetable's end")
  func beyondTheTimetable() throws {
    var desk = QuoteDesk(try LoadedNetworks.world.get())
    let request = try QuoteDeskTests.request("CNYIU", "ES:28013", "0.48kg")
    #expect(throws: RequestFault.self) {
      try desk.deadlinePlan(
        request, deliverBy: try RequestText.date("2035-01-10"), now: LoadedNetworks.now)
    }
  }

  @Test("a date that nothing keeps has no way")
  func tooLate() throws {
    var desk = QuoteDesk(try LoadedNetworks.world.get())
    let plan = try desk.deadlinePlan(
      try QuoteDeskTests.request("CNYIU", "ES:28013", "0.48kg"),
      deliverBy: try RequestText.date("2026-11-20"), now: LoadedNetworks.now)
    #expect(plan.lastChance == nil)
    #expect(plan.ways.isEmpty)
  }
}
