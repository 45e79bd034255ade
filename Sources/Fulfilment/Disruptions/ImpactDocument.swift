import LogisticsModel
import RouteGraph
public import RoutePlanning

/// What disruptions do to quotes, as JSON: stable keys, more may be added.
public struct ImpactDocument: Encodable, Sendable {
  /// What goes other than planned.
  public struct Overlay: Encodable, Sendable {
    let disruptions: [String]
    let legs_changed: Int
    let only_worsening: Bool
    /// Legs on which answers may be other than the best.
    let approximate_legs: [String]
  }

  /// A way that was, or would be, promised.
  public struct Way: Encodable, Sendable {
    let tiers: [String]
    let freight: QuoteDocument.Amount
    let deliver_by: String
    let promise_minute: String
    let legs: [String]
  }

  /// What a tier offers now.
  public struct Replacement: Encodable, Sendable {
    let tiers: [String]
    let option: Way?
  }

  /// One option.
  public struct Option: Encodable, Sendable {
    let impact: String
    /// Why it is lost.
    let reason: String?
    /// Calendar days after the promised date.
    let days_late: Int?
    /// Minutes after the promised one; negative where it got quicker.
    let minutes_later: Int64?
    let deliver_by: String?
    let promise_minute: String?
    let booked: Way
    let instead: [Replacement]
  }

  /// One quote.
  public struct Quote: Encodable, Sendable {
    let id: String
    let from: String
    let to: String
    let zone: String
    let options: [Option]
  }

  /// Counts over all options.
  public struct Summary: Encodable, Sendable {
    let quotes: Int
    let options: Int
    let unaffected: Int
    let absorbed: Int
    let late: Int
    let lost: Int
    let greatest_days_late: Int
    let stranded: Int
  }

  let bundle: String
  let overlay: Overlay
  /// The quotes alone, for a list of them.
  public let quotes: [Quote]
  let summary: Summary

  /// Writes out impacts.
  public init(_ quotes: [QuoteImpact], _ summary: ImpactSummary, on network: DisruptedNetwork) {
    let bundle = network.planner.bundle
    let effect = network.effect
    self.bundle = bundle.manifest.label
    overlay = Overlay(
      disruptions: effect.overlay.disruptions.map { "\($0.kind.rawValue) \($0)" },
      legs_changed: Set(effect.changes.map(\.leg)).count, only_worsening: effect.isOnlyWorsening,
      approximate_legs: effect.approximateLegs.map { bundle.legs.name(of: $0) })
    self.quotes = quotes.map { Quote($0, on: network) }
    self.summary = Summary(
      quotes: summary.quotes, options: summary.options, unaffected: summary.unaffected,
      absorbed: summary.absorbed, late: summary.late, lost: summary.lost,
      greatest_days_late: summary.greatestDays, stranded: summary.stranded)
  }
}

extension ImpactDocument.Quote {
  fileprivate init(_ quote: QuoteImpact, on network: DisruptedNetwork) {
    let bundle = network.planner.bundle
    let zone = bundle.zone(of: quote.destination)
    func way(_ option: BookedOption) -> ImpactDocument.Way {
      ImpactDocument.Way(
        tiers: option.tiers.map(\.word), freight: .init(option.freight),
        deliver_by: option.deliverBy.description,
        promise_minute: option.promise.rfc3339(in: zone),
        legs: option.legs.map { bundle.legs.name(of: $0) })
    }
    self.init(
      id: quote.id, from: quote.from, to: quote.to, zone: zone.name,
      options: quote.options.map { option in
        var (reason, days, minutes): (String?, Int?, Int64?)
        switch option.outcome {
        case .unaffected: break
        case .absorbed(let later): minutes = later
        case .late(let dates, let later): (days, minutes) = (dates, later)
        case .lost(let loss): reason = loss.rawValue
        }
        return ImpactDocument.Option(
          impact: option.outcome.word, reason: reason, days_late: days, minutes_later: minutes,
          deliver_by: option.deliverBy?.description,
          promise_minute: option.promise?.rfc3339(in: zone), booked: way(option.booked),
          instead: option.instead.map {
            ImpactDocument.Replacement(tiers: $0.tiers.map(\.word), option: $0.option.map(way))
          })
      })
  }
}
