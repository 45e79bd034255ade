import LogisticsModel
import RouteGraph

/// What one disruption does to one leg, in minutes since the epoch.
enum LegEvent: Hashable {
  /// Departures scheduled in these minutes do not run, or take nobody; open minutes are closed.
  case drop(Range<Int64>)
  /// Departures scheduled in these minutes are late.
  case delay(Range<Int64>, by: Int32, movesCutOff: Bool)
  /// One more departure.
  case add(Boarding)
  /// The node the leg leaves is closed.
  case closedTail(Range<Int64>)
  /// The node the leg arrives at is closed.
  case closedHead(Range<Int64>)
}

/// The disruptions of an overlay looked up in one bundle: what happens to which leg, and what is not there.
struct LegEvents {
  /// Events of each leg, in the order of the overlay.
  private(set) var events: [LegID: [LegEvent]] = [:]
  /// What legs take instead.
  private(set) var acceptance: [LegID: AcceptanceEdit] = [:]
  /// Per disruption, the legs it concerns; none where it has a fault.
  private(set) var concerned: [[LegID]] = []
  /// Disruptions that are not on this bundle, by position.
  private(set) var faults: [(position: Int, fault: DisruptionFault)] = []

  private let bundle: NetworkBundle

  init(_ disruptions: ArraySlice<Disruption>, on bundle: NetworkBundle) {
    self.bundle = bundle
    add(disruptions)
  }

  /// Looks up more disruptions, behind those that are known.
  mutating func add(_ disruptions: ArraySlice<Disruption>) {
    for disruption in disruptions {
      do throws(DisruptionFault) {
        concerned.append(try add(disruption))
      } catch {
        faults.append((concerned.count, error))
        concerned.append([])
      }
    }
  }

  /// Notes an event; the legs it concerns.
  private mutating func add(_ disruption: Disruption) throws(DisruptionFault) -> [LegID] {
    switch disruption {
    case .cancel(let name, let day):
      let leg = try leg(name, disruption)
      events[leg, default: []].append(.drop(try minutes(of: day, leg, disruption)))
      return [leg]
    case .full(let name, let day):
      let leg = try scheduled(name, disruption)
      events[leg, default: []].append(.drop(try minutes(of: day, leg, disruption)))
      return [leg]
    case .delay(let name, let day, let late, let movesCutOff):
      let leg = try scheduled(name, disruption)
      let minutes = try minutes(of: day, leg, disruption)
      events[leg, default: []].append(.delay(minutes, by: late, movesCutOff: movesCutOff))
      return [leg]
    case .add(let name, let departs, let duration):
      let leg = try scheduled(name, disruption)
      let row = bundle.legs[leg]
      let minute = try minute(of: departs, leg, disruption)
      events[leg, default: []].append(
        .add(Boarding(minute: minute, duration: duration ?? row.duration, law: row.law)))
      return [leg]
    case .close(let name, let from, let through):
      let node = try node(name, disruption)
      let zone = bundle.zone(of: node)
      let window = bundle.timetable.window.minutes
      let closed = (begin(of: from, zone)..<begin(of: through.adding(days: 1), zone))
        .clamped(to: window)
      guard !closed.isEmpty else { throw outside(disruption) }
      let leaving = bundle.topology.outgoing.legs(of: node)
      let entering = bundle.topology.incoming.legs(of: node)
      for leg in leaving { events[leg, default: []].append(.closedTail(closed)) }
      for leg in entering { events[leg, default: []].append(.closedHead(closed)) }
      return leaving + entering
    case .restrict(let name, let goods, let over):
      let legs: [LegID]
      if let leg = bundle.legID(named: name) {
        legs = [leg]
      } else {
        let node = try node(name, disruption)
        legs = bundle.topology.outgoing.legs(of: node) + bundle.topology.incoming.legs(of: node)
      }
      for leg in legs { restrict(leg, goods, over) }
      return legs
    }
  }

  private mutating func restrict(_ leg: LegID, _ goods: GoodsClass?, _ over: Grams?) {
    let known = acceptance[leg]
    var mask = known?.goods ?? bundle.topology.goods[leg.position]
    var weight = known?.greatestWeight ?? bundle.topology.greatestWeight[leg.position]
    if let goods { mask &= ~(1 << UInt64(goods.rawValue)) }
    if let over { weight = min(weight, over.value) }
    acceptance[leg] = AcceptanceEdit(leg: leg, goods: mask, greatestWeight: weight)
  }
}

// MARK: - Looking up

extension LegEvents {
  private func word(_ disruption: Disruption) -> String {
    "--\(disruption.kind.rawValue) \"\(disruption)\""
  }

  private func leg(_ name: String, _ disruption: Disruption) throws(DisruptionFault) -> LegID {
    if let leg = bundle.legID(named: name) { return leg }
    let near = bundle.legNames(like: name)
    throw DisruptionFault(
      code: DisruptionFault.unknownLeg,
      message: "\(word(disruption)): the network \(bundle.manifest.label) has no leg \(name)",
      advice: near.isEmpty
        ? "quote --json names the legs of an itinerary; network show NODE those of a node"
        : "maybe \(near.joined(separator: ", "))")
  }

  private func scheduled(
    _ name: String, _ disruption: Disruption
  ) throws(DisruptionFault) -> LegID {
    let leg = try leg(name, disruption)
    guard bundle.legs.kind(of: leg) != .scheduled else { return leg }
    throw DisruptionFault(
      code: DisruptionFault.notScheduled,
      message: "\(word(disruption)): leg \(name) has open hours, no departures",
      advice: "close it for a day with --cancel \(name)@DATE, or close its node with --close")
  }

  private func node(_ name: String, _ disruption: Disruption) throws(DisruptionFault) -> NodeID {
    if let node = bundle.nodeID(named: name) { return node }
    let coded = bundle.nodes(coded: name)
    if coded.count == 1 { return coded[0] }
    if coded.count > 1 {
      throw DisruptionFault(
        code: DisruptionFault.ambiguousNode,
        message: "\(word(disruption)): \(coded.count) nodes share \(name)",
        advice: "name one of them: "
          + coded.prefix(8).map { bundle.nodes.name(of: $0) }.joined(separator: ", "))
    }
    var near: [String] = []
    if let place = try? Place(parsing: name),
      case .unknown(let suggestions, _) = bundle.node(for: place, role: .destination)
    {
      near = suggestions
    }
    throw DisruptionFault(
      code: DisruptionFault.unknownNode,
      message: "\(word(disruption)): the network \(bundle.manifest.label) has no node \(name)",
      advice: near.isEmpty
        ? "write a node id or a UN/LOCODE that one node has"
        : "maybe \(near.joined(separator: ", "))"
    )
  }

  private func begin(of date: CivilDate, _ zone: ZoneTable) -> Int64 {
    zone.instants(of: LocalTime(date, .midnight)).earliest.minutes
  }

  private func zone(of leg: LegID) -> ZoneTable {
    bundle.zone(of: NodeID(bundle.topology.tail[leg.position]))
  }

  private func outside(_ disruption: Disruption) -> DisruptionFault {
    let window = bundle.timetable.window
    return DisruptionFault(
      code: DisruptionFault.outsideTimetable,
      message: "\(word(disruption)): the date is outside the timetable, which is written out from "
        + "\(window.first) to \(window.first.adding(days: window.days - 1))",
      advice: "choose a date in it, or pin the clock near the date with --now")
  }

  /// The minutes of a day at the leg's tail, or of one departure in it; something departs or opens in them.
  private func minutes(
    of day: Disruption.DepartureDay, _ leg: LegID, _ disruption: Disruption
  ) throws(DisruptionFault) -> Range<Int64> {
    let zone = zone(of: leg)
    let all = begin(of: day.date, zone)..<begin(of: day.date.adding(days: 1), zone)
    let inside = all.clamped(to: bundle.timetable.window.minutes)
    guard !inside.isEmpty else { throw outside(disruption) }
    let found = bundle.timetable.boarding(leg, atOrAfter: inside.lowerBound)
    guard let found, inside.contains(found.minute) else {
      throw nothing(disruption, leg, "on \(day.date.spoken)", around(inside, leg, zone))
    }
    guard let clock = day.clock else { return inside }
    let minute = Schedule.instant(of: clock, on: day.date, in: zone).minutes
    if bundle.legs.kind(of: leg) == .scheduled, inside.contains(minute),
      bundle.timetable.boarding(leg, atOrAfter: minute)?.minute == minute
    {
      return minute..<minute + 1
    }
    let clocks = bundle.timetable.departures(of: leg).filter { inside.contains($0.minute) }.map {
      zone.local(Instant(minutes: $0.minute)).clock.description
    }
    throw nothing(
      disruption, leg, "at \(clock) on \(day.date.spoken)",
      clocks.isEmpty
        ? "leave out the clock time" : "that day it does at \(clocks.joined(separator: ", "))")
  }

  private func nothing(
    _ disruption: Disruption, _ leg: LegID, _ when: String, _ advice: String
  ) -> DisruptionFault {
    let verb = bundle.legs.kind(of: leg) == .scheduled ? "depart" : "open"
    return DisruptionFault(
      code: DisruptionFault.nothingDeparts,
      message: "\(word(disruption)): leg \(bundle.legs.name(of: leg)) does not \(verb) \(when)",
      advice: advice)
  }

  /// The dates before and after on which the leg does run.
  private func around(_ minutes: Range<Int64>, _ leg: LegID, _ zone: ZoneTable) -> String {
    let before = bundle.timetable.boarding(leg, atOrBefore: minutes.lowerBound - 1)
    let after = bundle.timetable.boarding(leg, atOrAfter: minutes.upperBound)
    let dates = [before, after].compactMap(\.self).map {
      zone.date(Instant(minutes: $0.minute)).description
    }
    return dates.isEmpty
      ? "it never does within the timetable" : "it does on \(dates.joined(separator: " and on "))"
  }

  private func minute(
    of moment: Disruption.Moment, _ leg: LegID, _ disruption: Disruption
  ) throws(DisruptionFault) -> Int64 {
    let minute =
      switch moment {
      case .local(let local): zone(of: leg).instants(of: local).earliest.minutes
      case .instant(let instant): instant.minutes
      }
    guard bundle.timetable.window.minutes.contains(minute) else { throw outside(disruption) }
    return minute
  }
}
