import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs

extension SupplySurvey {
  /// Asks for one way after another; prices of legs are worked out once for each SKU and day.
  struct SupplyPricing: Sendable {
    private struct Key: Hashable {
      let item: Int
      let isBulk: Bool
      let date: CivilDate
    }

    private let question: StockQuestion
    private let network: NetworkPlanner
    private let cartons: [BulkCarton]
    private let rules: [ImportRules]
    private var costs: [Key: LegCosts] = [:]

    init(_ question: StockQuestion, moments: [Moment], on network: NetworkPlanner) {
      self.question = question
      self.network = network
      cartons = question.items.map {
        BulkCarton(of: $0.parcel, worth: $0.line.unitValue, limits: question.terms.carton)
      }
      rules = question.items.map { item in
        guard let percent = item.dutyPercent, let code = item.line.code else {
          return network.tariff.imports
        }
        return network.tariff.imports.adding(
          tariffRate: percent, for: code, id: "duty:\(item.sku)",
          source: "the SKU's own duty_percent")
      }
      for item in question.items.indices {
        for moment in moments {
          for node in [question.items[item].origin] + question.sites.map(\.node) {
            let date = network.bundle.zone(of: node).date(moment.ready)
            for isBulk in [false, true] {
              let key = Key(item: item, isBulk: isBulk, date: date)
              if costs[key] == nil {
                costs[key] = network.costs(
                  asked(item, isBulk: isBulk, from: node, to: node, moment.ready))
              }
            }
          }
        }
      }
    }

    private func asked(
      _ item: Int, isBulk: Bool, from origin: NodeID, to destination: NodeID, _ ready: Instant
    ) -> NetworkPlanner.Question {
      NetworkPlanner.Question(
        origin: origin, destination: destination,
        parcel: isBulk ? cartons[item].parcel : question.items[item].parcel, ready: ready,
        level: question.terms.level, currency: question.terms.currency)
    }

    func direct(
      _ point: DemandPoint, _ moment: Moment, _ planner: inout ExactPlanner<DatedTimetable>
    ) -> Found {
      ways(
        point.item, site: nil, from: question.items[point.item].origin, to: point.destination,
        moment, isBulk: false, &planner)
    }

    func lastMile(
      _ hop: LastMile, _ moment: Moment, _ planner: inout ExactPlanner<DatedTimetable>
    ) -> Found {
      ways(
        hop.item, site: hop.site, from: question.sites[hop.site].node, to: hop.destination, moment,
        isBulk: false, &planner)
    }

    func inbound(
      _ item: Int, _ site: Int, _ moment: Moment, _ planner: inout ExactPlanner<DatedTimetable>
    ) -> Found {
      ways(
        item, site: site, from: question.items[item].origin, to: question.sites[site].node, moment,
        isBulk: true, &planner)
    }

    func transfer(
      _ item: Int, _ from: Int, _ to: Int, _ moment: Moment,
      _ planner: inout ExactPlanner<DatedTimetable>
    ) -> Found {
      ways(
        item, site: to, from: question.sites[from].node, to: question.sites[to].node, moment,
        isBulk: true, &planner)
    }

    private func ways(
      _ item: Int, site: Int?, from origin: NodeID, to destination: NodeID, _ moment: Moment,
      isBulk: Bool, _ planner: inout ExactPlanner<DatedTimetable>
    ) -> Found {
      let asked = asked(item, isBulk: isBulk, from: origin, to: destination, moment.ready)
      let date = network.tenderDate(asked)
      func gap(_ code: String) -> Gap {
        Gap(item: item, site: site, destination: isBulk ? nil : destination, code: code)
      }
      if origin == destination {
        let way = SupplyWay(costThousandths: 0, minutes: 0, emission: 0, isGuaranteed: true)
        return Found(ways: [way], gap: nil, fault: nil)
      }
      let front: [PlannedItinerary]
      do throws(ExactPlanner<DatedTimetable>.Obstacle) {
        let known = costs[Key(item: item, isBulk: isBulk, date: date)]
        let priced = known ?? network.costs(asked)
        front = BundleValidity(network).committable(
          try network.front(asked, costs: priced, with: &planner), asked)
      } catch {
        let fault = RequestFault(
          code: "TW-REQ-110", message: "an itinerary has over 51 uncertain legs",
          advice: "ask for fewer legs with --max-legs")
        return Found(ways: [], gap: nil, fault: fault)
      }
      guard !front.isEmpty else { return Found(ways: [], gap: gap("no_plan"), fault: nil) }
      let pieces = isBulk ? cartons[item].pieces : 1
      var ways: [SupplyWay] = []
      var refusal: String?
      for member in front {
        switch charges(member, item, isBulk: isBulk, asked) {
        case .failure(let refused): refusal = refused.code.word
        case .success(let (units, of, isGuaranteed)):
          ways.append(
            SupplyWay(
              costThousandths: Exactly.product(member.vector.price, 1000, over: pieces)
                + Exactly.product(units, 1000, over: of),
              minutes: member.vector.promise - moment.ready.minutes,
              emission: member.vector.emission / pieces, isGuaranteed: isGuaranteed))
        }
      }
      return Found(ways: ways, gap: ways.isEmpty ? refusal.map(gap) : nil, fault: nil)
    }

    /// Duty and fees in minor units, and for how many pieces.
    private func charges(
      _ member: PlannedItinerary, _ item: Int, isBulk: Bool, _ asked: NetworkPlanner.Question
    ) -> Result<(Int64, Int64, Bool), Refusal> {
      guard let timing = network.timing(member.legs, asked),
        let window = network.clearance(member.legs, timing: timing, asked)
      else { return .success((0, 1, true)) }
      let goods = question.items[item]
      let cartonCount = isBulk ? Int64(max(1, question.terms.cartonsDeclared)) : 1
      let pieces = isBulk ? cartons[item].pieces * cartonCount : 1
      let nodes = network.bundle.nodes
      guard let destination = Country(code: nodes.country(of: asked.destination)),
        let dispatch = Country(code: nodes.country(of: asked.origin)),
        let line = try? OrderLine(
          code: goods.line.code, quantity: pieces, unitValue: goods.line.unitValue,
          origin: goods.line.origin, goods: goods.line.goods, battery: goods.line.battery),
        let order = try? ImportOrder(
          destination: destination,
          subdivision: network.subdivision(asked.destination, OrderTerms()),
          entry: Country(code: window.entry), dispatch: dispatch,
          channel: network.channel(member.legs, window), programmes: question.terms.programmes,
          lines: [line], weight: Grams(asked.parcel.weight.value * cartonCount),
          parcels: Int(cartonCount))
      else {
        return .failure(Refusal(.dutyRuleMissing, rule: nodes.country(of: asked.destination)))
      }
      return rules[item].landedPrice(
        of: order,
        freight: Money(minorUnits: member.vector.price * cartonCount, asked.currency),
        clearing: window.dates, rates: network.tariff.rates, tender: network.tenderDate(asked),
        in: asked.currency, allowsEstimate: true
      ).flatMap { price in
        // A price that leaves an unknown duty out is no price to plan by.
        if let doubt = price.assessment.doubts.first(where: { $0.kind == .tariffRateUnknown }) {
          return .failure(Refusal(.dutyRateUnknown, rule: doubt.rule))
        }
        let due = price.assessment.lines.filter { $0.kind == .duty || $0.kind == .fee }
        return .success((due.reduce(0) { $0 + $1.amount.minorUnits }, pieces, price.isGuaranteed))
      }.flatMapError { refusal in
        // Rules for parcels often say nothing of an ordinary import; whoever sells the goods knows its rate.
        guard refusal.code == .dutyRuleMissing, isBulk, let percent = goods.dutyPercent,
          case .success(let worth) = network.tariff.rates.convert(
            line.total, to: asked.currency, on: network.tenderDate(asked))
        else { return .failure(refusal) }
        let duty = Exactly.product(worth.minorUnits, percent.micros, over: 100_000_000)
        return .success((duty, pieces, false))
      }
    }
  }
}
