import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

@testable import Fulfilment

/// What becomes of shipments on the demo network under disruptions.
///
/// The parcel of the demo's README by air: picked up Sat 21 at 18:00 in Yiwu, on the truck of 22:00, at the airport early on
/// Sunday, on the flight of Tuesday the 24th, promised for Sat 28 Nov 2026 in Madrid (`ImpactDeskTests`).
@Suite struct ReplanDeskTests {
  private struct Booked {
    let network: NetworkPlanner
    let request: QuoteRequest
    let promise: Promise
    var shipment: Shipment
  }

  private static func booked(_ tier: Tier = .standard) throws -> Booked {
    let network = try DemoNetwork.planner()
    let request = try DemoNetwork.request("480g", dims: "20x15x8cm")
    var desk = QuoteDesk(network)
    let quote = try desk.quote(request, now: LoadedNetworks.now)
    let option = try #require(quote.options.first { $0.tiers.contains(tier) })
    var generator = SeededGenerator(seed: 1)
    let promise = Promise(
      id: RecordID(milliseconds: 0, using: &generator), quote: quote.id, tier: tier,
      deliverBy: option.deliverBy, minute: Instant(minutes: option.vector.promise),
      zone: "Europe/Madrid", level: .standard, price: option.freight, quotedBy: option.deliverBy,
      made: LoadedNetworks.now)
    let bundle = network.bundle
    let legs = option.legs.indices.map { index in
      let id = option.legs[index].leg
      let arrival = option.timing.arrivals[index]
      return ShipmentLeg(
        name: bundle.legs.name(of: id),
        from: bundle.nodes.name(of: NodeID(bundle.topology.tail[id.position])),
        to: bundle.nodes.name(of: NodeID(bundle.topology.head[id.position])),
        role: bundle.legs.mode(of: id) == .handling ? .clearance : .carriage, departs: nil,
        planned: LegTimes(
          departure: Instant(minutes: arrival.departsHalf), arrival: Instant(minutes: arrival.half))
      )
    }
    return Booked(
      network: network, request: request, promise: promise, shipment: Shipment(legs: legs))
  }

  private static func outcome(
    of booked: Booked, _ words: [(Disruption.Kind, String)],
    now: Instant = LoadedNetworks.now
  ) throws -> ReplanDesk.Outcome {
    let overlay = DisruptionOverlay(try words.map { try Disruption(word: $0.1, of: $0.0) })
    var desk = ReplanDesk(DisruptedNetwork(booked.network, under: overlay))
    return try desk.outcome(
      of: booked.shipment, promised: booked.promise, request: booked.request, now: now)
  }

  /// The shipment after its first `count` legs have run as planned, and the next has departed where `departs` says so.
  private static func moved(_ booked: Booked, _ count: Int, departs: Bool) throws -> Booked {
    var moved = booked
    for number in 0..<count {
      moved.shipment.legs[number].state = .arrived
      moved.shipment.legs[number].actual = moved.shipment.legs[number].planned
    }
    if departs {
      moved.shipment.legs[count].state = .departed
      moved.shipment.legs[count].actual.departure = moved.shipment.legs[count].planned.departure
    }
    return moved
  }

  /// Where a shipment is expected from where it is, in Madrid's days; nothing is disrupted.
  private static func estimate(of booked: Booked, now: Instant = LoadedNetworks.now) throws
    -> CivilDate?
  {
    var desk = ReplanDesk(DisruptedNetwork(booked.network, under: DisruptionOverlay([])))
    let minute = try desk.estimate(
      of: booked.shipment, promised: booked.promise, request: booked.request, now: now)
    return try minute.map { minute in
      let desk = QuoteDesk(booked.network)
      let question = try desk.question(booked.request, now: now)
      return booked.network.bundle.zone(of: question.destination).date(minute)
    }
  }

  @Test("the estimate follows the departure that was taken, not the one that could have been")
  func estimate() throws {
    let booked = try ReplanDeskTests.booked()
    #expect(try ReplanDeskTests.estimate(of: booked) == booked.promise.deliverBy)
    let flown = try ReplanDeskTests.moved(booked, 2, departs: true)
    let asPlanned = try #require(try ReplanDeskTests.estimate(of: flown))
    #expect(asPlanned <= booked.promise.deliverBy)
    // It was at the airport for Tuesday's flight and left on Wednesday's: no other flight is timed.
    for late in [1440, 1440 + 45] {
      var missed = flown
      missed.shipment.legs[2].actual.departure = flown.shipment.legs[2].planned.departure?
        .advanced(byMinutes: Int64(late))
      #expect(try ReplanDeskTests.estimate(of: missed) == "2026-11-30")
    }
    // A few minutes before its time it is still the same flight.
    var early = flown
    early.shipment.legs[2].actual.departure = flown.shipment.legs[2].planned.departure?
      .advanced(byMinutes: -10)
    #expect(try ReplanDeskTests.estimate(of: early) == asPlanned)
    // Its promise is a value of its own, and it has not moved.
    var ended = flown
    for number in ended.shipment.legs.indices { ended.shipment.legs[number].state = .arrived }
    #expect(try ReplanDeskTests.estimate(of: ended) == nil)
  }

  @Test("what a shipment does not meet leaves it as it is, and so does what comes after its end")
  func unaffected() throws {
    let booked = try ReplanDeskTests.booked()
    #expect(try ReplanDeskTests.outcome(of: booked, [(.cancel, "lm-08@2026-11-28")]) == .unaffected)
    #expect(try ReplanDeskTests.outcome(of: booked, [(.cancel, "air@2026-11-25")]) == .unaffected)
    // Past the flight, its cancellation is no news any more.
    let flown = try ReplanDeskTests.moved(booked, 3, departs: false)
    let late = flown.shipment.legs[2].planned.arrival ?? LoadedNetworks.now
    #expect(
      try ReplanDeskTests.outcome(of: flown, [(.cancel, "air@2026-11-24")], now: late)
        == .unaffected)
    let ended = try ReplanDeskTests.moved(booked, booked.shipment.legs.count, departs: false)
    #expect(ended.shipment.state.isFinal)
    #expect(try ReplanDeskTests.outcome(of: ended, [(.close, "H-MAD@2026-11-28")]) == .unaffected)
  }

  @Test("four hours vanish in a wait, nine do not: Monday the 30th instead of Saturday the 28th")
  func absorbedAndLate() throws {
    let booked = try ReplanDeskTests.booked()
    #expect(booked.promise.deliverBy == "2026-11-28")
    let short = try ReplanDeskTests.outcome(of: booked, [(.delay, "air@2026-11-24:+4h")])
    #expect(short == .absorbed(arrival: booked.promise.minute))
    let long = try ReplanDeskTests.outcome(of: booked, [(.delay, "air@2026-11-24:+9h")])
    guard case .rePromised(let legs, let arrival, let deliverBy) = long else {
      Issue.record("\(long)")
      return
    }
    // +2,880 minutes, as a quote of it would be late (`ImpactDeskTests`).
    #expect(deliverBy == "2026-11-30")
    #expect(arrival == booked.promise.minute.advanced(byMinutes: 2880))
    #expect(legs == booked.shipment.legs.map(\.name))
    #expect(long.breaksPromise && !short.breaksPromise)
  }

  @Test(
    "one that flies already is delayed with its flight, and what is cancelled behind it is gone round"
  )
  func underWay() throws {
    let booked = try ReplanDeskTests.booked()
    let flying = try ReplanDeskTests.moved(booked, 2, departs: true)
    #expect(flying.shipment.legs[2].name == "air")
    let now = flying.shipment.legs[2].planned.departure ?? LoadedNetworks.now
    let outcome = try ReplanDeskTests.outcome(
      of: flying, [(.delay, "air@2026-11-24:+9h")], now: now)
    guard case .rePromised(let legs, _, let deliverBy) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(deliverBy == "2026-11-30")
    #expect(legs.first == "air")
  }

  @Test("begun before the timetable's first day, it is planned on from where it lands")
  func longUnderWay() throws {
    let booked = try ReplanDeskTests.booked(.economy)
    #expect(booked.promise.deliverBy == "2027-01-07")
    let sailing = try ReplanDeskTests.moved(booked, 2, departs: true)
    #expect(sailing.shipment.legs[2].name == "sea")
    // Thirty days at sea; the timetable around 21 December begins on the 14th, after quote and sailing.
    let now: Instant = "2026-12-21T09:00Z"
    let later = Booked(
      network: try DemoNetwork.planner(now: now), request: sailing.request,
      promise: sailing.promise, shipment: sailing.shipment)
    #expect(
      try ReplanDeskTests.outcome(of: later, [(.cancel, "lm-08@2026-12-23")], now: now)
        == .unaffected)
    let closed = try ReplanDeskTests.outcome(
      of: later, [(.close, "H-MAD@2026-12-22..2027-01-10")], now: now)
    guard case .rePromised(let legs, _, let deliverBy) = closed else {
      Issue.record("\(closed)")
      return
    }
    // Madrid opens again on Monday 11 January.
    #expect(deliverBy >= "2027-01-11" && deliverBy <= "2027-01-15")
    #expect(legs.first == "clear-rtm" && legs.last == "lm-28")
  }

  @Test("what has no way left is breached")
  func breached() throws {
    let booked = try ReplanDeskTests.booked()
    let closed = try ReplanDeskTests.outcome(of: booked, [(.restrict, "lm-28@general")])
    #expect(closed == .breached)
    #expect(closed.word == "breached" && closed.breaksPromise)
  }

  @Test("whatever happens on random days, a re-promised date is later and a kept one is not")
  func consistent() throws {
    let booked = try ReplanDeskTests.booked()
    var generator = SeededGenerator(seed: 20261122)
    let legs = booked.shipment.legs.map(\.name)
    var words: Set<String> = []
    for _ in 0..<60 {
      let leg = legs[Int.random(in: 0..<legs.count, using: &generator)]
      let day = Int.random(in: 20...30, using: &generator)
      let late = Int.random(in: 1...40, using: &generator)
      let event: (Disruption.Kind, String) =
        leg == "air" || leg.hasPrefix("truck")
        ? (.delay, "\(leg)@2026-11-\(day):+\(late)h") : (.close, "H-MAD@2026-11-\(day)")
      let moved = try ReplanDeskTests.moved(
        booked, Int.random(in: 0..<legs.count, using: &generator), departs: false)
      let outcome = try ReplanDeskTests.outcome(of: moved, [event])
      words.insert(outcome.word)
      switch outcome {
      case .rePromised(_, _, let deliverBy): #expect(deliverBy > booked.promise.deliverBy)
      case .repaired(_, let arrival), .absorbed(let arrival):
        // 28 November ends at 23:00 UTC in Madrid.
        #expect(arrival < "2026-11-28T23:00Z")
      case .unaffected, .breached: break
      }
    }
    #expect(words.isSuperset(of: ["unaffected", "absorbed", "re_promised"]), "\(words)")
  }
}
