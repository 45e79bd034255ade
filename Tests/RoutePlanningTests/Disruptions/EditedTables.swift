import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport

/// A random bundle whose tables are rewritten so that they say what an overlay says.
///
/// Written from the meaning of the events, without the overlay's code. Knows no closed nodes.
struct EditedTables {
  private(set) var text: BundleText
  private let bundle: NetworkBundle

  /// Rewrites; nil where a table cannot say it: a leg without any departure, a class or hour that leaves nothing.
  init?(_ random: RandomDisruptions, _ disruptions: [Disruption]) {
    text = random.bundle.text
    bundle = random.planner.bundle
    var byLeg: [String: [Disruption]] = [:]
    for disruption in disruptions {
      switch disruption {
      case .cancel(let leg, _), .full(let leg, _), .delay(let leg, _, _, _), .add(let leg, _, _):
        byLeg[leg, default: []].append(disruption)
      case .restrict(let subject, let goods, let over):
        guard restrict(subject, goods, over) else { return nil }
      case .close: return nil
      }
    }
    for (name, events) in byLeg.sorted(by: { $0.key < $1.key }) {
      guard let leg = bundle.legID(named: name),
        bundle.legs.kind(of: leg) == .scheduled
          ? setDepartures(leg, name, events) : closeDays(name, events)
      else { return nil }
    }
  }

  private mutating func restrict(_ subject: String, _ goods: GoodsClass?, _ over: Grams?) -> Bool {
    var table = text["legs.csv"]
    let isLeg = table.rows.contains { $0[0] == subject }
    for row in table.rows.indices {
      let ends = [table.text(row, "from"), table.text(row, "to")]
      guard isLeg ? table.rows[row][0] == subject : ends.contains(subject) else { continue }
      let classes = table.text(row, "goods").split(separator: "+").filter {
        $0 != goods?.word ?? ""
      }
      guard !classes.isEmpty else { return false }
      table.rows[row][table.column("goods")] = classes.joined(separator: "+")
      if let over, let weight = Int64(table.text(row, "max_weight_g")), weight > over.value {
        table.rows[row][table.column("max_weight_g")] = "\(over.value)"
      }
    }
    text["legs.csv"] = table
    return true
  }

  /// The probability, out of 1024, that a departure has arrived by a minute.
  private func arrived(_ run: Boarding, by minute: Int64) -> Int32 {
    bundle.law(run.law).atoms.reduce(0) { sum, atom in
      run.minute + Int64(run.duration + atom.delay) <= minute ? sum + atom.weight : sum
    }
  }

  private func isNowhereLater(_ one: Boarding, _ other: Boarding) -> Bool {
    let minutes = [one, other].flatMap { run in
      bundle.law(run.law).atoms.map { run.minute + Int64(run.duration + $0.delay) }
    }
    return minutes.allSatisfy { arrived(one, by: $0) >= arrived(other, by: $0) }
  }

  private mutating func setDepartures(
    _ leg: LegID, _ name: String, _ events: [Disruption]
  ) -> Bool {
    let zone = bundle.zone(of: NodeID(bundle.topology.tail[leg.position]))
    var runs: [Boarding] = []
    for run in bundle.timetable.departures(of: leg) {
      let date = zone.date(Instant(minutes: run.minute))
      var now: Boarding? = run
      for event in events {
        switch event {
        case .cancel(_, let day) where day.date == date: now = nil
        case .full(_, let day) where day.date == date: now = nil
        case .delay(_, let day, let late, let moves) where day.date == date && now != nil:
          now = Boarding(
            minute: run.minute + (moves ? Int64(late) : 0),
            duration: run.duration + (moves ? 0 : late), law: run.law)
        default: continue
        }
      }
      if let now { runs.append(now) }
    }
    for case .add(_, .local(let local), let duration) in events {
      let row = bundle.legs[leg]
      runs.append(
        Boarding(
          minute: zone.instants(of: local).earliest.minutes, duration: duration ?? row.duration,
          law: row.law))
    }
    runs = Array(Set(runs)).filter { bundle.timetable.window.minutes.contains($0.minute) }
    // Nobody boards what another, leaving no earlier, overtakes.
    let kept = runs.filter { run in
      !runs.contains { other in
        other != run && other.minute >= run.minute && isNowhereLater(other, run)
          && !(isNowhereLater(run, other) && other.minute > run.minute)
      }
    }
    guard !kept.isEmpty else { return false }
    for run in kept.sorted(by: { $0.minute < $1.minute }) {
      let local = zone.local(Instant(minutes: run.minute))
      guard Schedule.instant(of: local.clock, on: local.date, in: zone).minutes == run.minute else {
        return false
      }
      text["departures.csv"].append(
        "x-\(name),1111111,\(local.clock),\(run.duration),\(bundle.lawNames[run.law.position]),,"
          + "\(local.date),\(local.date)")
    }
    set(name, "schedule", "x-\(name)")
    return true
  }

  private mutating func set(_ leg: String, _ column: String, _ value: String) {
    var table = text["legs.csv"]
    for row in table.rows.indices where table.rows[row][0] == leg {
      table.rows[row][table.column(column)] = value
    }
    text["legs.csv"] = table
  }

  private mutating func closeDays(_ name: String, _ events: [Disruption]) -> Bool {
    let legs = text["legs.csv"]
    guard let row = legs.rows.firstIndex(where: { $0[0] == name }) else { return false }
    let days = events.compactMap { event in
      if case .cancel(_, let day) = event { day.date.description } else { nil }
    }
    var calendars = text["calendars.csv"]
    var dates = text["calendar_dates.csv"]
    for hours in calendars.rows where hours[0] == legs.text(row, "calendar") {
      calendars.append(
        (["x-\(name)"] + hours[1...3] + ["xd-\(name)"]).joined(separator: ","))
      for day in dates.rows where day[0] == hours[4] && !days.contains(day[1]) {
        let copy = (["xd-\(name)"] + day[1...]).joined(separator: ",")
        if !dates.rows.contains(where: { $0.joined(separator: ",") == copy }) { dates.append(copy) }
      }
    }
    for day in Set(days) { dates.append("xd-\(name),\(day),closed,,") }
    text["calendars.csv"] = calendars
    text["calendar_dates.csv"] = dates
    set(name, "calendar", "x-\(name)")
    return true
  }
}
