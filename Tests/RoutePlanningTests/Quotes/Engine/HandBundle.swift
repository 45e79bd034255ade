import LogisticsModel
import RouteGraph
import TestSupport

@testable import RoutePlanning

/// Two origins, one hub, and zones that are alike or not.
///
///     A, B ──(daily)──▶ H ──▶ Z0 Z1 Z2 (alike; Z2's leg emits more), Y (dearer card), X (other handling), W (a leg
///     leads on to V)
enum HandBundle {
  static let now: Instant = "2026-11-20T09:00Z"

  /// Loads it; `goesFurther` with a dearer leg from H to a hub G, and on to a zone U; with people by node.
  static func planner(
    fingerprint: UInt64 = 0, goesFurther: Bool = false, people: [String: Int] = [:]
  ) throws -> NetworkPlanner {
    var text = BundleText()
    text["nodes.csv"] = .init("node,kind,name,country,tz,population")
    func add(_ node: String, _ kind: String, _ country: String) {
      let population = people[node].map { "\($0)" } ?? ""
      text["nodes.csv"].append("\(node),\(kind),\(node),\(country),UTC,\(population)")
    }
    for node in ["A", "B"] { add(node, "origin", "CN") }
    add("H", "hub", "ES")
    for node in ["Z0", "Z1", "Z2", "Y", "X", "W", "V"] { add(node, "zone", "ES") }
    if goesFurther {
      add("G", "hub", "ES")
      add("U", "zone", "ES")
    }
    text["delay_laws.csv"] = .init("law,delay_min,weight")
    text["delay_laws.csv"].append("none,0,1024")
    text["calendars.csv"] = .init("calendar,weekdays,opens,closes,dates")
    text["calendars.csv"].append("always,1111111,00:00,24:00,")
    text["departures.csv"] = .init(
      "schedule,weekdays,departs,duration_min,law,dates,valid_from,valid_to")
    text["departures.csv"].append("daily,1111111,12:00,,,,,")
    text["rate_cards.csv"] = .init("card,variant,currency")
    text["rate_cards.csv"].append("k,k,EUR")
    text["rate_cards.csv"].append("d,d,EUR")
    text["rate_bands.csv"] = .init("variant,over_g,upto_g,base,from_g,step_g,per_step")
    text["rate_bands.csv"].append("k,0,,1.00,0,1,0.01")
    text["rate_bands.csv"].append("d,0,,2.00,0,1,0.02")
    text["legs.csv"] = .init(
      "leg,from,to,mode,stage,service,goods,max_weight_g,handling_min,card,co2_mg_per_g,kind,schedule,"
        + "calendar,duration_min,law,price_basis,time_basis")
    func leg(_ from: String, _ to: String, _ card: String, _ emission: Int, _ handling: Int) {
      let kind = from == "A" || from == "B" ? "S,daily," : "C,,always"
      text["legs.csv"].append(
        "\(from)\(to),\(from),\(to),road,linehaul,x,general,30000,\(handling),\(card),\(emission),\(kind),60,none,real,real"
      )
    }
    leg("A", "H", "k", 1, 0)
    leg("B", "H", "k", 2, 0)
    leg("H", "Z0", "k", 3, 10)
    leg("H", "Z1", "k", 3, 10)
    leg("H", "Z2", "k", 4, 10)
    leg("H", "Y", "d", 3, 10)
    leg("H", "X", "k", 3, 11)
    leg("H", "W", "k", 3, 10)
    leg("W", "V", "k", 3, 10)
    if goesFurther {
      leg("H", "G", "d", 3, 10)
      leg("G", "U", "k", 3, 10)
    }
    let loaded = try text.planner(now: now)
    return NetworkPlanner(bundle: loaded.bundle, tariff: loaded.tariff, fingerprint: fingerprint)
  }

  static func frame(people: [String: Int] = [:]) throws -> EngineFrame {
    EngineFrame(
      try planner(people: people), scope: EngineScope(from: now, days: 2, currency: .eur))
  }
}
