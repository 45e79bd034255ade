import LogisticsModel
import TestSupport
import Testing

@testable import Fulfilment

/// Events in any order, told any number of times, add up to one shipment.
@Suite struct ShipmentLogTests {
  /// Pickup, linehaul, clearance, last mile: minute 100 k is when leg k is planned to begin.
  static let legs = shipment([.carriage, .carriage, .clearance, .carriage])

  static func shipment(_ roles: [LegRole]) -> Shipment {
    Shipment(
      legs: roles.enumerated().map { index, role in
        let begins = Instant(minutes: Int64(index) * 100)
        return ShipmentLeg(
          name: "leg\(index)", from: "N\(index)", to: "N\(index + 1)", role: role, departs: begins,
          planned: LegTimes(departure: begins, arrival: begins.advanced(byMinutes: 90)))
      })
  }

  static func event(
    _ status: TransportStatus, _ minute: Int64, leg: Int? = nil, key: String? = nil,
    expected: Int64? = nil
  ) -> ShipmentEvent {
    ShipmentEvent(
      key: key ?? "\(status.word)-\(leg.map(String.init) ?? "")-\(minute)", status: status,
      leg: leg,
      occurred: Instant(minutes: minute), expected: expected.map { Instant(minutes: $0) })
  }

  /// The whole life of the four legs above.
  static let life: [ShipmentEvent] = [
    event(.collected, 5), event(.arrived, 95, leg: 0), event(.handedOver, 100, leg: 1),
    event(.departed, 110, leg: 1), event(.arrived, 190, leg: 1),
    event(.inClearance, 200, leg: 2), event(.cleared, 260, leg: 2), event(.outForDelivery, 300),
    event(.delivered, 380),
  ]

  @Test("a life told in order passes through every state")
  func inOrder() throws {
    var log = ShipmentLog(ShipmentLogTests.legs)
    var states: [ShipmentState] = [log.shipment.state]
    for event in ShipmentLogTests.life {
      #expect(try log.record(event) == .applied(released: 0))
      states.append(log.shipment.state)
    }
    #expect(
      states == [
        .booked, .collected, .inTransit, .inTransit, .inTransit, .inTransit, .inClearance,
        .inTransit, .outForDelivery, .delivered,
      ])
    #expect(log.shipment.delivered == Instant(minutes: 380))
    #expect(log.steps.count == 9)
    let linehaul = log.shipment.legs[1]
    #expect(
      linehaul.actual == LegTimes(departure: "1970-01-01T01:50Z", arrival: "1970-01-01T03:10Z"))
    #expect(
      linehaul.planned == LegTimes(departure: "1970-01-01T01:40Z", arrival: "1970-01-01T03:10Z"))
    #expect(linehaul.estimated == LegTimes())
  }

  @Test("what comes too early waits, and follows when the gap closes")
  func parked() throws {
    var log = ShipmentLog(ShipmentLogTests.legs)
    #expect(try log.record(ShipmentLogTests.event(.arrived, 190, leg: 1)) == .parked)
    #expect(try log.record(ShipmentLogTests.event(.arrived, 95, leg: 0)) == .parked)
    #expect(try log.record(ShipmentLogTests.event(.departed, 110, leg: 1)) == .parked)
    #expect(log.shipment.state == .booked)
    #expect(log.parked.count == 3)
    // The collection was missing: the arrival of leg 0, the departure and the arrival of leg 1 follow.
    #expect(try log.record(ShipmentLogTests.event(.collected, 5)) == .applied(released: 3))
    #expect(log.parked.isEmpty)
    #expect(log.shipment.legs.map(\.state) == [.arrived, .arrived, .planned, .planned])
    #expect(log.steps.map(\.status) == [.collected, .arrived, .departed, .arrived])
  }

  @Test("a delay changes the estimate, never the plan; the later word stands")
  func estimates() throws {
    var log = ShipmentLog(ShipmentLogTests.legs)
    let planned = log.shipment.legs[3].planned
    #expect(
      try log.record(ShipmentLogTests.event(.delayed, 50, leg: 3, expected: 900)) == .noted)
    #expect(try log.record(ShipmentLogTests.event(.delayed, 40, leg: 3, expected: 700)) == .noted)
    #expect(log.shipment.legs[3].estimated.arrival == Instant(minutes: 900))
    #expect(log.shipment.expected == Instant(minutes: 900))
    #expect(try log.record(ShipmentLogTests.event(.delayed, 60, expected: 950)) == .noted)
    #expect(log.shipment.expected == Instant(minutes: 950))
    #expect(log.shipment.legs[3].planned == planned)
    #expect(log.shipment.legs[3].actual == LegTimes())
  }

  @Test("one key, one event: the same again is nothing, another is refused")
  func keys() throws {
    var log = ShipmentLog(ShipmentLogTests.legs)
    try log.record(ShipmentLogTests.event(.collected, 5, key: "a"))
    #expect(try log.record(ShipmentLogTests.event(.collected, 5, key: "a")) == .repeated)
    #expect(throws: ShipmentFault.self) {
      try log.record(ShipmentLogTests.event(.collected, 6, key: "a"))
    }
    #expect(log.events.count == 1)
  }

  @Test(
    "what cannot happen is refused, and not recorded",
    arguments: [
      (event(.departed, 1), ShipmentFault.noSuchLeg),
      (event(.departed, 1, leg: 4), ShipmentFault.noSuchLeg),
      (event(.departed, 1, leg: -1), ShipmentFault.noSuchLeg),
      (event(.delivered, 1, leg: 1), ShipmentFault.noSuchLeg),
      (event(.lost, 1, leg: 0), ShipmentFault.noSuchLeg),
      (event(.departed, 1, leg: 2), ShipmentFault.doesNotFit),
      (event(.completed, 1, leg: 1), ShipmentFault.doesNotFit),
    ])
  func refused(_ event: ShipmentEvent, _ code: String) throws {
    var log = ShipmentLog(ShipmentLogTests.legs)
    #expect(throws: ShipmentFault.self) { try log.record(event) }
    do throws(ShipmentFault) { try log.record(event) } catch { #expect(error.code == code) }
    #expect(log.events.isEmpty)
  }

  @Test("a shipment that is called off gives back what it has not used, and stays as it is")
  func endings() throws {
    var log = ShipmentLog(ShipmentLogTests.legs)
    #expect(try log.record(ShipmentLogTests.event(.lost, 1)) == .parked)
    #expect(try log.record(ShipmentLogTests.event(.cancelled, 2)) == .applied(released: 1))
    #expect(log.shipment.state == .cancelled)
    #expect(log.shipment.legs.allSatisfy { $0.state == .released })
    #expect(try log.record(ShipmentLogTests.event(.collected, 5)) == .noted)
    #expect(log.shipment.state == .cancelled)
    var other = ShipmentLog(ShipmentLogTests.legs)
    for event in ShipmentLogTests.life.prefix(4) { try other.record(event) }
    #expect(try other.record(ShipmentLogTests.event(.cancelled, 120)) == .noted)
    #expect(try other.record(ShipmentLogTests.event(.returned, 130)) == .applied(released: 0))
    #expect(other.shipment.legs.map(\.state) == [.arrived, .departed, .released, .released])
  }

  /// A stream of a random shipment: its life with reports left out, told twice under another key, estimates between.
  static func stream(
    _ generator: inout SeededGenerator
  ) -> (shipment: Shipment, events: [ShipmentEvent]) {
    let roles = (0..<generator.int(1...5)).map { _ in generator.pick(LegRole.allCases) }
    var events: [ShipmentEvent] = []
    var minute: Int64 = 0
    func tell(_ status: TransportStatus, _ leg: Int?, often percent: Int64) {
      minute += generator.integer(0...40)
      for copy in 0..<2 where generator.chance(percent: copy == 0 ? percent : 15) {
        let expected = generator.chance(percent: 30) ? minute + generator.integer(0...500) : nil
        let named = status.subject == .namedLeg || generator.chance(percent: 50) ? leg : nil
        events.append(
          event(
            status, minute + Int64(copy), leg: named, key: "k\(events.count)", expected: expected))
      }
    }
    for (index, role) in roles.enumerated() {
      let isLast = index == roles.count - 1
      switch role {
      case .carriage:
        tell(.handedOver, index, often: 50)
        if index == 0 { tell(.collected, 0, often: 90) }
        if isLast { tell(.outForDelivery, index, often: 80) }
        tell(.departed, index, often: 85)
        if isLast { tell(.deliveryNotCompleted, index, often: 20) }
        tell(.arrived, index, often: isLast ? 20 : 95)
        if isLast { tell(.delivered, index, often: 90) }
      case .clearance:
        tell(.inClearance, index, often: 60)
        tell(.clearanceRefused, index, often: 15)
        tell(.cleared, index, often: 95)
      case .handling:
        tell(.begun, index, often: 60)
        tell(.completed, index, often: 95)
      }
      if generator.chance(percent: 30) { tell(.delayed, index, often: 100) }
      if generator.chance(percent: 10) { tell(.damaged, index, often: 100) }
    }
    return (shipment(roles), events)
  }

  @Test("any order of the same events, told any number of times, ends in the same shipment")
  func property() throws {
    var generator = SeededGenerator(seed: 5)
    var (parked, delivered, inTwo) = (0, 0, 0)
    for _ in 0..<2000 {
      let (shipment, events) = ShipmentLogTests.stream(&generator)
      var told = ShipmentLog(shipment)
      for event in events { try told.record(event) }
      // Twice equals once, whole and one by one.
      var twice = told
      for event in events { #expect(try twice.record(event) == .repeated) }
      #expect(twice.shipment == told.shipment)
      #expect(twice.steps == told.steps)
      for _ in 0..<4 {
        var other = ShipmentLog(shipment)
        for event in events.shuffled(using: &generator) {
          try other.record(event)
          if generator.chance(oneIn: 3) { #expect(try other.record(event) == .repeated) }
        }
        #expect(other.shipment == told.shipment)
        #expect(Set(other.parked) == Set(told.parked))
        #expect(other.events.count == events.count)
        if other.steps != told.steps { inTwo += 1 }
        for step in other.steps { #expect(step.from.successors.contains(step.to)) }
        for (before, after) in zip(other.steps, other.steps.dropFirst()) {
          #expect(before.to == after.from)
        }
      }
      parked += told.parked.count
      delivered += told.shipment.state == .delivered ? 1 : 0
    }
    // The streams are no empty exercise.
    #expect(parked > 500 && delivered > 200 && inTwo > 500)
  }
}
