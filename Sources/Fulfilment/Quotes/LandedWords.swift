public import LogisticsModel
import RouteGraph
public import RoutePlanning
public import Tariffs

/// A landed price in words, for tables and explanations.
public enum LandedWords {
  /// What the lines leave open, and what was taken for it.
  public static func unknown(_ lines: [OrderLine]) -> [String] {
    var words: [String] = []
    if lines.contains(where: { $0.code == nil }) {
      words.append("HS codes: how many distinct headings the order has is not known")
    }
    let silent = lines.indices.filter { lines[$0].origin == nil }.map { "\($0 + 1)" }
    if !silent.isEmpty {
      words.append(
        "origin of line\(silent.count > 1 ? "s" : "") \(silent.joined(separator: ", ")): "
          + "taken to be the country the parcel leaves")
    }
    let cells = lines.indices.filter { lines[$0].goods == .battery && lines[$0].battery == nil }
      .map { "\($0 + 1)" }
    if !cells.isEmpty {
      words.append(
        "battery kind of line\(cells.count > 1 ? "s" : "") \(cells.joined(separator: ", ")): "
          + "rules take it for the strictest")
    }
    return words
  }

  /// When, where and as what the goods clear, in one line.
  public static func clearance(_ landing: Landing, _ network: NetworkPlanner) -> String {
    guard let window = landing.clearance else { return "no border of customs is crossed" }
    let zone = network.bundle.zone(of: window.place).name
    let days =
      window.dates.lowerBound == window.dates.upperBound
      ? window.dates.lowerBound.spoken(zone: zone)
      : "\(window.dates.lowerBound.spoken) to \(window.dates.upperBound.spoken(zone: zone))"
    return "clears \(days), enters \(window.entry), \(landing.channel.word)"
  }

  /// Prices of a window that straddles a change of rules, one line each; none where it does not.
  public static func regimes(_ price: LandedPrice) -> [String] {
    guard price.regimes.count > 1 else { return [] }
    return price.regimes.indices.map { position in
      let regime = price.regimes[position]
      return
        "cleared \(regime.days.lowerBound) to \(regime.days.upperBound): \(regime.assessment.total)"
        + (position == price.binding ? ", the price that counts" : "")
    }
  }

  /// Whether the price is one to stand for.
  public static func guarantee(_ price: LandedPrice) -> String {
    price.isGuaranteed ? "guaranteed" : "not guaranteed"
  }
}

extension Landing {
  /// Every reason not to guarantee, each once, in the order of the regimes.
  public var doubts: [ImportDoubt] {
    var doubts: [ImportDoubt] = []
    for doubt in price.regimes.flatMap(\.assessment.doubts) where !doubts.contains(doubt) {
      doubts.append(doubt)
    }
    return doubts
  }

  /// Dates, state and source of every rule that made a line or was withheld, each once, in the order of the lines.
  public func ruleTerms(_ rules: ImportRules) -> [ImportRuleTerms] {
    var ids: [String] = []
    for assessment in price.regimes.map(\.assessment) {
      for id in assessment.lines.compactMap(\.rule) + assessment.withheld where !ids.contains(id) {
        ids.append(id)
      }
    }
    return ids.compactMap { rules.terms(of: $0) }
  }

  /// What the buyer pays the shop where the rest is asked for at the door.
  public var payableToSeller: Money {
    let asked = price.assessment.askedAtClearance
    return Money(minorUnits: price.total.minorUnits - asked.minorUnits, price.total.currency)
  }
}
