import LogisticsModel
import RouteGraph
public import RoutePlanning
import Tariffs

/// What a network consists of, and how much of it is real: so that nobody mistakes an assumption for data.
public struct NetworkStatistics: Encodable, Sendable {
  /// Shares of legs whose price, and whose time, stands on each basis.
  public struct Shares: Encodable, Sendable {
    let price: [String: Double]
    let time: [String: Double]
    /// Share of all prices that are assumed.
    let price_assumed: Double
    /// Share of all times that are assumed.
    let time_assumed: Double
  }

  let bundle: String
  let nodes: Int
  let legs: Int
  let departures_per_week: Int
  let zones: Int
  let countries: Int
  let rate_cards: Int
  let assumed_share: Shares
  let nodes_by_kind: [String: Int]
  let legs_by_mode: [String: Int]
  let legs_by_stage: [String: Int]
  let legs_by_kind: [String: Int]
  let load_ms: Double

  /// Counts a network.
  ///
  /// - Parameters:
  ///   - network: the network.
  ///   - loadMilliseconds: how long loading it took.
  public init(_ network: NetworkPlanner, loadMilliseconds: Double) {
    let bundle = network.bundle
    self.bundle = bundle.manifest.label
    nodes = bundle.nodes.count
    legs = bundle.legs.count
    zones = bundle.prefixCount
    rate_cards = network.tariff.cards.families.count
    load_ms = loadMilliseconds
    var kinds: [String: Int] = [:]
    var countries: Set<String> = []
    for node in bundle.nodes.ids {
      kinds["\(bundle.nodes.kind(of: node))", default: 0] += 1
      if bundle.nodes.kind(of: node) == .zone { countries.insert(bundle.nodes.country(of: node)) }
    }
    nodes_by_kind = kinds
    self.countries = countries.count
    var modes: [String: Int] = [:]
    var stages: [String: Int] = [:]
    var legKinds: [String: Int] = [:]
    var price: [String: Int] = [:]
    var time: [String: Int] = [:]
    var departures = 0
    let weeks = Double(bundle.timetable.window.days) / 7
    for id in bundle.legs.ids {
      let leg = bundle.legs[id]
      modes[leg.mode.word, default: 0] += 1
      stages[leg.stage.word, default: 0] += 1
      legKinds["\(leg.kind)", default: 0] += 1
      price[leg.priceBasis.word, default: 0] += 1
      time[leg.timeBasis.word, default: 0] += 1
      if leg.kind == .scheduled { departures += bundle.timetable.boardingCount(of: id) }
    }
    legs_by_mode = modes
    legs_by_stage = stages
    legs_by_kind = legKinds
    departures_per_week = Int((Double(departures) / weeks).rounded())
    let count = Double(max(bundle.legs.count, 1))
    func share(_ counts: [String: Int]) -> [String: Double] {
      counts.mapValues { (Double($0) / count * 10_000).rounded() / 10_000 }
    }
    assumed_share = Shares(
      price: share(price), time: share(time), price_assumed: share(price)["assumed"] ?? 0,
      time_assumed: share(time)["assumed"] ?? 0)
  }

  /// Every figure by itself: its name, what of it is counted (empty: all), the figure.
  ///
  /// Shares are of legs.
  public var counts: [(name: String, of: String, value: String)] {
    func split<Value>(
      _ name: String, _ parts: [String: Value]
    ) -> [(name: String, of: String, value: String)] {
      parts.sorted { $0.key < $1.key }.map { (name, $0.key, "\($0.value)") }
    }
    return [("bundle", "", bundle), ("nodes", "", "\(nodes)")] + split("nodes", nodes_by_kind)
      + [("legs", "", "\(legs)")] + split("legs_by_mode", legs_by_mode)
      + split("legs_by_stage", legs_by_stage) + split("legs_by_kind", legs_by_kind)
      + [
        ("departures_per_week", "", "\(departures_per_week)"), ("zones", "", "\(zones)"),
        ("countries", "", "\(countries)"), ("rate_cards", "", "\(rate_cards)"),
      ] + split("share_of_prices", assumed_share.price)
      + split("share_of_times", assumed_share.time)
  }

  /// The counts for people, name by name.
  public var lines: [(name: String, value: String)] {
    func list(_ counts: [String: Int]) -> String {
      counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }
        .joined(separator: ", ")
    }
    func percent(_ shares: [String: Double]) -> String {
      shares.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        .map { share in
          let tenths = Int((share.value * 1000).rounded())
          return "\(share.key) \(tenths / 10).\(tenths % 10)%"
        }.joined(separator: ", ")
    }
    return [
      ("bundle", bundle), ("nodes", "\(nodes) (\(list(nodes_by_kind)))"),
      ("legs", "\(legs) (\(list(legs_by_mode)))"), ("stages", list(legs_by_stage)),
      ("kinds of legs", list(legs_by_kind)), ("departures per week", "\(departures_per_week)"),
      ("postal zones", "\(zones)"), ("destination countries", "\(countries)"),
      ("rate cards", "\(rate_cards)"), ("basis of prices", percent(assumed_share.price)),
      ("basis of times", percent(assumed_share.time)),
      ("loaded in", "\(Int(load_ms.rounded())) ms"),
    ]
  }
}
