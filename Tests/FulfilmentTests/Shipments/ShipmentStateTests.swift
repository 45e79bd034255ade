import LogisticsModel
import TestSupport
import Testing

@testable import Fulfilment

/// The tables of states and transitions say what the log does, no less and no more.
@Suite struct ShipmentStateTests {
  @Test(
    "every change that events can make, found by trying all, is in the table and the other way round"
  )
  func successors() throws {
    var seen: [ShipmentState: Set<ShipmentState>] = [:]
    var changes: Set<LegTransition> = []
    let roles = LegRole.allCases
    let chains =
      roles.map { [$0] } + roles.flatMap { one in roles.map { [one, $0] } }
      + roles.flatMap { one in roles.flatMap { two in roles.map { [one, two, $0] } } }
    for chain in chains {
      // Breadth first over shipments without times: a log with one event after the other.
      let first = ShipmentLogTests.shipment(chain)
      var reached: Set<[String]> = []
      var open = [ShipmentLog(first)]
      while let log = open.popLast() {
        for status in TransportStatus.allCases {
          for leg in [nil] + chain.indices.map(Optional.some) {
            var next = log
            let event = ShipmentLogTests.event(status, 0, leg: leg, key: "\(log.events.count)")
            guard let standing = try? next.record(event), case .applied = standing,
              let step = next.steps.last
            else { continue }
            seen[step.from, default: []].insert(step.to)
            if let change = step.legChange { changes.insert(change) }
            let mark = next.shipment.legs.map(\.state.rawValue) + [next.shipment.state.rawValue]
            if reached.insert(mark).inserted { open.append(next) }
          }
        }
      }
    }
    for state in ShipmentState.allCases {
      #expect(seen[state, default: []] == state.successors, "\(state)")
    }
    #expect(changes == Set(LegTransition.all))
  }

  @Test("codes are those of Recommendation 24, and are read by name and number")
  func codes() {
    // The product page names six of them.
    let named: [(Int16, String)] = [
      (13, "collected"), (41, "handed_over"), (24, "departed"), (20, "delayed"), (12, "cleared"),
      (21, "delivered"),
    ]
    for (code, word) in named {
      #expect(TransportStatus(rawValue: code)?.word == word)
      #expect(TransportStatus(text: word) == TransportStatus(rawValue: code))
      #expect(TransportStatus(text: "\(code)") == TransportStatus(rawValue: code))
    }
    #expect(TransportStatus(text: "999") == nil)
    #expect(TransportStatus(text: "") == nil)
    #expect(Set(TransportStatus.allCases.map(\.word)).count == TransportStatus.allCases.count)
  }
}
