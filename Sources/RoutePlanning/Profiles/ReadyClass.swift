import LogisticsModel
import RouteGraph

/// Ready minutes at an origin from which every first leg boards the same departure.
///
/// Whatever a parcel does next does not depend on where in the class it became ready, so one search answers for
/// the whole class. Where a leg can start at any open minute, a class is that one minute.
struct ReadyClass: Hashable, Sendable {
  /// Earliest ready minute of the class that is asked for.
  var first: Int64
  /// Last ready minute of the class: one later, and some departure is missed.
  let last: Int64

  /// The class of one ready minute.
  init<Times: Timetable>(of ready: Int64, at origin: NodeID, on network: SearchNetwork<Times>) {
    let topology = network.topology
    let range =
      Int(
        topology.outgoing.starts[origin.position])..<Int(
        topology.outgoing.starts[origin.position + 1])
    var last = Int64.max
    for slot in range {
      let leg = topology.outgoing.legs[slot]
      let handling = Int64(topology.handling[Int(leg)])
      if let boarding = network.timetable.boarding(LegID(leg), atOrAfter: ready + handling) {
        last = min(last, boarding.minute - handling)
      }
    }
    first = ready
    self.last = last == .max ? ready : last
  }

  /// The classes of some ready minutes, latest first, each once.
  static func classes<Times: Timetable>(
    of readies: some Sequence<Int64>, at origin: NodeID, on network: SearchNetwork<Times>
  ) -> [ReadyClass] {
    var byLast: [Int64: ReadyClass] = [:]
    for ready in readies {
      let found = ReadyClass(of: ready, at: origin, on: network)
      if let known = byLast[found.last], known.first <= ready { continue }
      byLast[found.last] = found
    }
    return byLast.values.sorted { $0.last > $1.last }
  }
}
