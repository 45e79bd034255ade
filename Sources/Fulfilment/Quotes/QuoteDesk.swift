public import LogisticsModel
import RouteGraph
public import RoutePlanning
import Tariffs

/// Makes quotes: resolves places, asks the planner, names tiers, explains refusals.
///
/// Pure but for its search scratch: the clock is a parameter, nothing is read or written. One desk per thread.
public struct QuoteDesk {
  /// The network and tariff quoted from; with a board, those of the engine that answered last.
  public internal(set) var network: NetworkPlanner
  /// Minutes a quote holds.
  public var validity: Int64 = 60
  /// Ties are settled by the rule the fast engine keeps, so that both give the same itinerary.
  private var planner = ExactPlanner<DatedTimetable>(options: SearchOptions(settlesTies: true))
  /// Looks winners up; nil: every question is searched.
  let reader: QuoteReader?
  /// Is told what was missed; nil: it is searched every time.
  let lazy: LazyBlocks?
  /// Version of the engine whose network is quoted from; 0: there is no board.
  var version: UInt64 = 0

  /// A desk over one version of the network.
  ///
  /// - Parameters:
  ///   - network: the network.
  ///   - board: where the fast engine over that network is published; nil: the exact search answers everything.
  ///   - lazy: builds on that board what is missed; whoever makes it brings the thread.
  public init(
    _ network: NetworkPlanner, board: EngineBoard? = nil, lazy: LazyBlocks? = nil
  ) {
    reader = (board ?? lazy?.board).map { QuoteReader($0) }
    self.lazy = lazy
    self.network = reader?.engine.network ?? network
    version = reader?.engine.version ?? 0
  }

  /// Resolves a request: places to nodes, local time to a moment, currency to the bundle's.
  ///
  /// - Throws: a ``RequestFault`` naming the value and, where there are some, the candidates.
  public func question(
    _ request: QuoteRequest, now: Instant
  ) throws(RequestFault) -> NetworkPlanner.Question {
    let origin = try node(request.from, .origin)
    let destination = try node(request.to, .destination)
    let ready = try instant(request.ready, at: origin, now: now)
    let window = network.bundle.timetable.window
    guard ready.minutes >= window.start, ready.minutes + SearchRequest.usualHorizon < window.end
    else {
      throw RequestFault(
        code: RequestFault.timeOutsideWindow,
        message:
          "ready \(ready.rfc3339(in: network.bundle.zone(of: origin))) is outside the timetable",
        advice: "choose a time near \(now.rfc3339()), or pin the clock with --now")
    }
    var currency = request.currency
    if currency == nil { currency = Currency(code: network.bundle.manifest.currency) }
    guard let currency else {
      throw RequestFault(
        code: RequestFault.currency,
        message: "the bundle's currency \(network.bundle.manifest.currency) is not in ISO 4217")
    }
    try checkProgrammes(request.order)
    var question = NetworkPlanner.Question(
      origin: origin, destination: destination, parcel: request.parcel, ready: ready,
      level: request.level, currency: currency, greatestLegs: request.greatestLegs)
    if let value = declaredValue(request.order.lines, question) {
      question.parcel = question.parcel.with(value: value)
    }
    return question
  }

  /// The sum of an order's lines: in their currency where they share one, else in the question's at the rates of
  /// the tender date; nil without lines, or without a rate (the landed price then says which).
  func declaredValue(_ lines: [OrderLine], _ question: NetworkPlanner.Question) -> Money? {
    if let value = OrderGoods.value(lines) { return value }
    guard !lines.isEmpty else { return nil }
    var sum: Int64 = 0
    for line in lines {
      let converted = network.tariff.rates.convert(
        line.total, to: question.currency, on: network.tenderDate(question))
      guard case .success(let money) = converted,
        case let (next, overflow) = sum.addingReportingOverflow(money.minorUnits), !overflow
      else { return nil }
      sum = next
    }
    return Money(minorUnits: sum, question.currency)
  }

  /// Answers a request; a request without any option is still a quote, with its refusals.
  ///
  /// - Parameters:
  ///   - request: the request.
  ///   - now: the clock.
  ///   - includesFront: whether the whole non-dominated set is wanted, which only the exact search finds; else, with a
  ///     board, the quote's front may be its winners alone.
  /// - Returns: the quote, which says which engine answered.
  /// - Throws: a ``RequestFault`` where the request itself is at fault.
  public mutating func quote(
    _ request: QuoteRequest, now: Instant, includesFront: Bool = false
  ) throws(RequestFault) -> Quote {
    adoptEngine()
    let question = try question(request, now: now)
    var front: [PlannedItinerary] = []
    var statistics = SearchStatistics()
    var answer = includesFront ? EngineAnswer.searched(version: version) : lookUp(question, &front)
    if answer.engine == .exact {
      front = try self.front(question)
      statistics = planner.statistics
      answer.version = version
    }
    let tiers = TierRules(
      network, goods: question.parcel.goods, currency: question.currency,
      on: network.tenderDate(question))
    let winners = tiers.winners(front.map(\.vector), ready: question.ready.minutes)
    var options: [QuoteOption] = []
    var unpriced: [(option: QuoteOption, refusal: Refusal)] = []
    for (position, names) in winners {
      guard var option = option(front[position], names, question) else { continue }
      if request.order.asksForLandedPrice {
        switch landing(option, question, request.order) {
        case .success(let landing): option.landing = landing
        case .failure(let refusal):
          unpriced.append((option, refusal))
          continue
        }
      }
      options.append(option)
    }
    let refusals =
      try refusals(question, request.order, front: front, tiers: tiers, now: now)
      .map { $0.naming(only: options.flatMap(\.tiers)) }
      + unpricedTiers(unpriced, options: options, question, request.order)
    return Quote(
      id: QuoteIdentity.text(
        bundle: network.bundle.manifest.label, asOf: now, question: question, request: request),
      bundle: network.bundle.manifest.label, asOf: now, expires: expiry(of: options, now: now),
      question: question, request: request, options: options, refusals: refusals, front: front,
      statistics: statistics, answer: answer)
  }

  /// A quote ends with its validity, or before with the first last ready minute of its options: after that
  /// one of its dates could not be kept.
  private func expiry(of options: [QuoteOption], now: Instant) -> Instant {
    let end = now.advanced(byMinutes: validity)
    return options.map(\.latestReady).filter { $0 >= now }.reduce(end) { min($0, $1) }
  }

  /// The non-dominated set of a question, as far as the bundle's data are meant for its dates.
  ///
  /// - Throws: a ``RequestFault`` only where exact arithmetic ends.
  public mutating func front(
    _ question: NetworkPlanner.Question
  ) throws(RequestFault) -> [PlannedItinerary] {
    do throws(ExactPlanner<DatedTimetable>.Obstacle) {
      return BundleValidity(network).committable(
        try network.front(question, with: &planner), question)
    } catch {
      throw RequestFault(
        code: "TW-REQ-110", message: "an itinerary has over 51 uncertain legs",
        advice: "ask for fewer legs with --max-legs")
    }
  }

  /// The explanation of one member of a front; nil when it cannot be booked.
  public func option(
    _ member: PlannedItinerary, _ tiers: [Tier], _ question: NetworkPlanner.Question
  ) -> QuoteOption? {
    guard let timing = network.timing(member.legs, question) else { return nil }
    let zone = network.bundle.zone(of: question.destination)
    let deliverBy = zone.date(Instant(minutes: member.vector.promise))
    let window = network.readyWindow(member.legs, question, keeping: deliverBy)
    let legs = member.legs.map { leg in
      let outcome = network.outcome(leg, question)
      var charge = Money.zero(question.currency)
      if case .sold(let sold) = outcome { charge = sold.total }
      return QuoteLeg(leg: leg, charge: charge, outcome: outcome)
    }
    let tender = network.tenderDate(question)
    let calendar = deliveryCalendar(member.legs, question)
    return QuoteOption(
      tiers: tiers, vector: member.vector,
      freight: Money(minorUnits: member.vector.price, question.currency), deliverBy: deliverBy,
      latestReady: Instant(minutes: window.latestReady),
      nextIfMissed: window.promiseIfMissed.map { zone.date(Instant(minutes: $0)) },
      calendarDays: deliverBy.days(since: tender),
      workingDays: calendar?.workingDays(after: tender, through: deliverBy) ?? 0,
      workingCalendar: calendar?.dates.name ?? "", timing: timing, legs: legs,
      waterfall: network.waterfall(timing))
  }

  /// The calendar of the last leg that has one: by it the consignee counts working days.
  private func deliveryCalendar(
    _ legs: [LegID], _ question: NetworkPlanner.Question
  ) -> WorkingCalendar? {
    for leg in legs.reversed() where network.bundle.legs.kind(of: leg) != .scheduled {
      if let calendar = network.bundle.calendars.calendar(named: network.bundle.legs[leg].pattern) {
        return calendar
      }
    }
    return nil
  }
}

// MARK: - Resolving

extension QuoteDesk {
  private func node(_ place: Place, _ role: PlaceRole) throws(RequestFault) -> NodeID {
    switch network.bundle.node(for: place, role: role) {
    case .found(let node): return node
    case .ambiguous(let nodes):
      let names = nodes.prefix(8).map { node in
        let found = network.bundle.nodes[node]
        return "\(found.name) (\(found.title))"
      }
      throw RequestFault(
        code: RequestFault.ambiguousPlace, message: "\(place) names \(nodes.count) places",
        advice: "name one of them: " + names.joined(separator: ", "))
    case .unknown(let suggestions, let note):
      throw RequestFault(
        code: RequestFault.unknownPlace,
        message: "unknown place \(place)" + (note.isEmpty ? "" : " (\(note))"),
        advice: suggestions.isEmpty
          ? "write a UN/LOCODE (CNYIU), CC:postal code (ES:28013), CC:city (JP:Tokyo) or a node id"
          : "maybe \(suggestions.joined(separator: ", "))")
    }
  }

  private func instant(
    _ ready: QuoteRequest.ReadyTime?, at origin: NodeID, now: Instant
  ) throws(RequestFault) -> Instant {
    switch ready {
    case nil: return now
    case .instant(let instant): return instant
    case .local(let local):
      let zone = network.bundle.zone(of: origin)
      switch zone.instants(of: local) {
      case .unique(let instant): return instant
      case .gap:
        throw RequestFault(
          code: RequestFault.ambiguousTime,
          message: "\(local) does not exist in \(zone.name): the clocks go forward over it",
          advice: "give the time with its offset, such as \(local):00+01:00")
      case .fold(let earlier, let later):
        throw RequestFault(
          code: RequestFault.ambiguousTime, message: "\(local) comes twice in \(zone.name)",
          advice:
            "write \(earlier.rfc3339(in: zone)) or \(later.rfc3339(in: zone))")
      }
    }
  }
}
