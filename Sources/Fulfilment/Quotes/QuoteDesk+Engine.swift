import LogisticsModel
public import RoutePlanning

/// Which engine answered a question.
public struct EngineAnswer: Hashable, Sendable {
  /// The two that give the same answers.
  public enum Engine: String, Sendable {
    /// The search, request by request.
    case exact
    /// A look-up in blocks.
    case fast
  }

  /// The engine that answered.
  public var engine: Engine
  /// Version of the board's engine whose network was quoted from; 0: there is no board.
  public var version: UInt64
  /// How the look-up fared; nil: nothing was looked up.
  public var outcome: QuickQuote.Outcome?

  /// An answer of the exact search that was not looked up before.
  static func searched(version: UInt64) -> EngineAnswer {
    EngineAnswer(engine: .exact, version: version, outcome: nil)
  }
}

extension QuoteDesk {
  /// Questions that were looked up with an outcome so far; those of an outcome that is not final were searched.
  public func count(of outcome: QuickQuote.Outcome) -> Int { reader?.count(of: outcome) ?? 0 }

  /// Takes the network of the engine in force, so that the whole quote is made from one version.
  mutating func adoptEngine() {
    guard let reader else { return }
    reader.refresh()
    guard reader.engine.version != version else { return }
    version = reader.engine.version
    network = reader.engine.network
  }

  /// The winners of a question, if a block answers it.
  ///
  /// - Parameters:
  ///   - question: the question, on the network of ``version``.
  ///   - front: set to the distinct winners, ascending by (price, promise, CO2e).
  /// - Returns: `fast` where the front stands, otherwise `exact`: the search has to be asked.
  mutating func lookUp(
    _ question: NetworkPlanner.Question, _ front: inout [PlannedItinerary]
  ) -> EngineAnswer {
    guard let reader else { return .searched(version: 0) }
    let quick = reader.quote(question)
    lazy?.note(quick, of: question, by: reader.engine)
    // An engine published since the question was resolved may be of another network: this quote is searched on its own.
    guard reader.engine.version == version else { return .searched(version: version) }
    var answer = EngineAnswer(engine: .exact, version: version, outcome: quick.outcome)
    guard quick.outcome.isFinal else { return answer }
    answer.engine = .fast
    guard quick.outcome == .answered else { return answer }
    for option in [quick.economy, quick.standard, quick.premium]
    where !front.contains(where: { $0.vector == option.vector }) {
      guard
        let itinerary = reader.engine.itinerary(option, of: quick, to: question.destination)
      else { return .searched(version: version) }
      front.append(itinerary)
    }
    front.sort { $0.vector < $1.vector }
    return answer
  }
}
