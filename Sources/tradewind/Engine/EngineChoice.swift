import ArgumentParser
import Fulfilment
import RoutePlanning

/// `--engine`: how a quote is answered; the answer is the same.
enum EngineChoice: String, ExpressibleByArgument {
  /// Search for every request.
  case exact
  /// Look up in stored blocks, search for the rest.
  case fast
}

/// How many requests of a desk were looked up, and why the others were searched.
struct LookUpAccount {
  let text: String

  /// Nil where nothing was looked up.
  init?(_ desk: QuoteDesk, built: LazyCounts? = nil) {
    let counts = QuickQuote.Outcome.allCases.map { (outcome: $0, count: desk.count(of: $0)) }
    let all = counts.reduce(0) { $0 + $1.count }
    guard all > 0 else { return nil }
    let final = counts.reduce(0) { $0 + ($1.outcome.isFinal ? $1.count : 0) }
    let rest = counts.filter { !$0.outcome.isFinal && $0.count > 0 }
      .map { "\($0.count) \($0.outcome.word)" }
    text =
      "\(final) of \(all) looked up"
      + (rest.isEmpty ? "" : "; searched: " + rest.joined(separator: ", "))
      + (built.map { "; " + LookUpAccount.text($0) } ?? "")
  }

  /// How often a block outside the hot set was needed, and what came of it.
  private static func text(_ counts: LazyCounts) -> String {
    let rest = [
      (counts.evicted, "segments given up"), (counts.refused, "without room"),
      (counts.stale, "stale"), (counts.overlooked, "overlooked"),
    ]
    return "built for \(counts.misses) misses: \(counts.built) blocks, \(counts.hits) hits"
      + rest.filter { $0.0 > 0 }.map { ", \($0.0) \($0.1)" }.joined()
  }
}

extension QuickQuote.Outcome {
  /// Stable word for reports.
  var word: String {
    switch self {
    case .answered: "answered"
    case .none: "no_itinerary"
    case .notBuilt: "not_built"
    case .outsideDays: "outside_days"
    case .otherLevel: "other_level"
    case .tooHeavy: "too_heavy"
    case .otherCurrency: "other_currency"
    case .otherLegs: "other_legs"
    case .stale: "stale"
    }
  }
}
