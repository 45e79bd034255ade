import LogisticsModel
import RouteGraph
import Synchronization
import TestSupport

@testable import RoutePlanning

/// A random bundle with an engine over all its pairs.
struct EngineWorld {
  var random: RandomBundle
  let planner: NetworkPlanner
  let builder: EngineBuilder
  let engine: QuoteEngine
  let report: EngineBuilder.Report
  /// Last ready minutes of all rows: where the answer may change.
  let boundaries: [Int64]

  /// Most legs; what the questions of ``RandomBundle/blockQuestion(on:currency:days:boundaries:)`` ask with.
  static let greatestLegs = 5

  init(
    seed: UInt64, days: Int = 3, currency: Currency = .eur, store: BlockStore? = nil,
    fingerprint: UInt64 = 0
  ) throws {
    random = RandomBundle(blocksOf: seed)
    let loaded = try random.planner()
    planner = NetworkPlanner(
      bundle: loaded.bundle, tariff: loaded.tariff, fingerprint: fingerprint)
    // Some days beyond the end of the bundle, where it has one.
    let isBounded = planner.bundle.manifest.validTo != nil
    let scope = EngineScope(
      from: random.now, days: isBounded ? max(days, 12) : days, currency: currency,
      greatestLegs: EngineWorld.greatestLegs)
    builder = EngineBuilder(planner, scope: scope, store: store)
    (engine, report) = builder.engine(
      builder.hotSet(nil), workers: { $0(0) }, clock: { 0 }, version: seed)
    boundaries = engine.segments.compactMap { $0 }.flatMap { segment in
      segment.rows.indices.map { segment.rows[$0] }
    }
  }

  mutating func question() throws -> NetworkPlanner.Question {
    try random.blockQuestion(
      on: planner, currency: engine.scope.currency, days: engine.scope.days,
      boundaries: boundaries)
  }
}

/// What a tier gives, however it was found.
struct TierAnswer: Hashable {
  var vector: PlanVector
  var legs: [LegID]
}

extension EngineWorld {
  /// The winners of the exact search, as the engine's scope of validity cuts them; nil: nothing takes the parcel.
  func exact(
    _ question: NetworkPlanner.Question, _ scratch: inout ExactPlanner<DatedTimetable>,
    under disrupted: NetworkPlanner? = nil
  ) throws -> [TierAnswer]? {
    let planner = disrupted ?? planner
    let date = planner.tenderDate(question)
    guard isValid(date) else { return nil }
    let end = validEnd(question)
    let front = try planner.front(question, with: &scratch).filter { $0.vector.promise < end }
    guard
      let winners = TierWinners(
        front.map(\.vector), ready: question.ready.minutes,
        valueOfHour: planner.valueOfHour(in: question.currency, on: date))
    else { return nil }
    return [winners.economy, winners.standard, winners.premium].map {
      TierAnswer(vector: front[$0].vector, legs: front[$0].legs)
    }
  }

  /// The engine's answer with its itineraries; nil: none.
  func answer(
    _ quote: QuickQuote, _ question: NetworkPlanner.Question, by other: QuoteEngine? = nil
  ) -> [TierAnswer]? {
    let engine = other ?? engine
    guard quote.outcome == .answered else { return nil }
    return [quote.economy, quote.standard, quote.premium].map {
      TierAnswer(
        vector: $0.vector,
        legs: engine.itinerary($0, of: quote, to: question.destination)?.legs ?? [])
    }
  }

  func isValid(_ date: CivilDate) -> Bool {
    let manifest = planner.bundle.manifest
    return manifest.validFrom.map { $0 <= date } ?? true
      && manifest.validTo.map { date <= $0 } ?? true
  }

  func validEnd(_ question: NetworkPlanner.Question) -> Int64 {
    planner.bundle.manifest.validTo.map { planner.end(of: $0, at: question.destination) } ?? .max
  }
}
