import CSVTables
import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning
import WarehousePlacement

/// What `place --network` says, as JSON and as rows; amounts are decimal strings in the currency named.
struct StockPlacementDocument: Encodable {
  struct Totals: Encodable {
    let cost: String
    let waiting: String
    let pieces: String
    let days: String
    let co2e_kg: String
    let from_sites_pieces: String
    let duty_estimated_pieces: String

    init(_ totals: StockPlacement.Totals, _ units: StockUnits) {
      cost = units.money(totals.cost)
      waiting = units.money(totals.waiting)
      pieces = units.pieces(totals.pieces)
      days = units.hundredths(totals.hundredthsOfDays)
      co2e_kg = units.kilograms(totals.emission)
      from_sites_pieces = units.pieces(totals.fromSites)
      duty_estimated_pieces = units.pieces(totals.estimated)
    }
  }

  struct Site: Encodable {
    let node: String
    let name: String
    let country: String
    let opening: String
    let skus: Int
    let destinations: Int
    let pieces: String
  }

  struct Stock: Encodable {
    let sku: String
    let site: String
    let base_stock: Int64
    let safety_stock: String
    let margin_deviations: String
    let cover_days: String
    let pieces_per_day: String
    let margin_cost: String
  }

  struct Flow: Encodable {
    let sku: String
    let to: String
    let from: String
    let pieces: String
    let days_before: String?
    let days_after: String
    let cost_before: String?
    let cost_after: String
    let co2e_kg_before: String?
    let co2e_kg_after: String
    let duty_guaranteed: Bool
  }

  struct SweepPoint: Encodable {
    let value_of_day: String
    let open: [String]
    let skus_kept: Int
    let cost: String
    let lower_bound: String
    let days: String
    let from_sites_pieces: String
    let co2e_kg: String
    let switches_here: Bool
  }

  struct Consignment: Encodable {
    let sku: String
    let site: String
    let period: String
    let pieces: Int64
    let leaves: String
    let arrives: String
    let days_early: Int
    let cost_per_piece: String
    let latest_cost_per_piece: String?
  }

  struct Transfer: Encodable {
    let sku: String
    let from: String
    let to: String
    let after: String
    let pieces: Int64
    let moving_per_piece: String
    let instead_per_piece: String
  }

  struct Gap: Encodable {
    let sku: String
    let site: String?
    let to: String?
    let code: String
  }

  let bundle: String
  let kind = "stock"
  let currency: String
  let service_level: String
  let value_of_day: String
  let periods: [String]
  let candidates: Int
  let plans_asked: Int
  let value: String?
  let lower_bound: String
  let gap: Double?
  let proved: Bool
  let seconds: Double
  let open: [Site]
  let stock: [Stock]
  let before: Totals
  let after: Totals?
  let flows: [Flow]
  let sweep: [SweepPoint]
  let schedule: [Consignment]
  let transfers: [Transfer]
  let transfers_without_plan: Int
  let transfers_too_dear: Int
  let unserved: [Gap]
  let gaps: [Gap]
  let certificate: String
  /// Sites decided the other way; the cost of the question the certificate is about, margins in straight lines.
  let why: [Worth]?

  struct Worth: Encodable {
    let site: String
    let open: Bool
    let cost_otherwise: String?
    let bound_otherwise: String?
  }

  init(_ result: StockPlacementResult, seconds: Double, certificate: String) {
    let (placement, network, units) = (result.placement, result.network, result.units)
    let question = placement.question
    let nodes = network.bundle.nodes
    let plan = result.answer.plan
    func name(_ site: Int) -> String { nodes.name(of: question.sites[site].node) }
    bundle = network.bundle.manifest.label
    currency = question.terms.currency.code
    service_level = "\(question.terms.level.q1024)/1024"
    value_of_day = units.money(question.terms.dayValue)
    periods = question.periods.map { "\($0.first)..\($0.last)" }
    candidates = question.sites.count
    plans_asked = placement.survey.asked
    value = plan.map { units.money($0.cost) }
    lower_bound = units.money(result.answer.bound)
    self.gap = plan.map { Double($0.cost - result.answer.bound) / Double(max($0.cost, 1)) }
    proved = plan.map { $0.cost == result.answer.bound } ?? false
    self.seconds = seconds
    let shelves = plan.map { placement.shelves($0) } ?? []
    let found = plan.map { placement.flows($0) } ?? []
    open =
      plan?.open.map { site in
        let here = shelves.filter { $0.site == site }
        return Site(
          node: name(site), name: nodes[question.sites[site].node].title,
          country: nodes.country(of: question.sites[site].node),
          opening: units.money(question.sites[site].opening * 1000), skus: here.count,
          destinations: Set(
            found.filter { $0.site == site }.map { question.demand[$0.point].destination }
          ).count, pieces: units.pieces(here.reduce(0) { $0 + $1.pieces }))
      } ?? []
    stock = shelves.map { shelf in
      Stock(
        sku: question.items[shelf.item].sku, site: name(shelf.site),
        base_stock: shelf.stock.pieces, safety_stock: units.pieces(shelf.stock.safetyStock),
        margin_deviations: units.thousandths(shelf.stock.margin),
        cover_days: units.thousandths(shelf.stock.coverDays),
        pieces_per_day: units.thousandths(shelf.stock.perDay),
        margin_cost: units.money(shelf.marginCost))
    }
    before = Totals(placement.before, units)
    after = plan.map { Totals(placement.after($0), units) }
    flows = found.map { flow in
      let point = question.demand[flow.point]
      return Flow(
        sku: question.items[point.item].sku, to: nodes.name(of: point.destination),
        from: flow.site.map(name) ?? nodes.name(of: question.items[point.item].origin),
        pieces: units.pieces(flow.after.pieces),
        days_before: flow.before.map { units.hundredths($0.hundredthsOfDays) },
        days_after: units.hundredths(flow.after.hundredthsOfDays),
        cost_before: flow.before.map { units.money($0.cost) },
        cost_after: units.money(flow.after.cost),
        co2e_kg_before: flow.before.map { units.kilograms($0.emission) },
        co2e_kg_after: units.kilograms(flow.after.emission),
        duty_guaranteed: flow.after.estimated == 0)
    }
    let changed = Set(result.sweep.switches.map(\.above))
    sweep = result.sweep.points.enumerated().map { index, point in
      SweepPoint(
        value_of_day: units.money(point.dayValue), open: point.open.map(name),
        skus_kept: point.kept.count, cost: units.money(point.totals.cost),
        lower_bound: units.money(point.bound),
        days: units.hundredths(point.totals.hundredthsOfDays),
        from_sites_pieces: units.pieces(point.totals.fromSites),
        co2e_kg: units.kilograms(point.totals.emission), switches_here: changed.contains(index))
    }
    schedule =
      result.schedule?.consignments.map { sent in
        Consignment(
          sku: question.items[sent.item].sku, site: name(sent.site),
          period: "\(question.periods[sent.period].first)", pieces: sent.pieces,
          leaves: "\(sent.leaves)", arrives: "\(sent.arrives)", days_early: sent.daysEarly,
          cost_per_piece: units.money(sent.costThousandths),
          latest_cost_per_piece: sent.lastCostThousandths.map { units.money($0) })
      } ?? []
    transfers =
      result.schedule?.transfers.map { move in
        Transfer(
          sku: question.items[move.item].sku, from: name(move.from), to: name(move.to),
          after: "\(question.periods[move.period].last)", pieces: move.pieces,
          moving_per_piece: units.money(move.moving), instead_per_piece: units.money(move.instead))
      } ?? []
    // Open sites first, then those nearest to paying.
    let worths = result.why?.filter { $0.site > 0 }.sorted {
      if $0.isOpen != $1.isOpen { return $0.isOpen }
      return ($0.cost ?? .max, $0.site) < ($1.cost ?? .max, $1.site)
    }
    why = worths?.map { worth in
      Worth(
        site: name(worth.site - 1), open: worth.isOpen,
        cost_otherwise: worth.cost.map { units.money($0) },
        bound_otherwise: worth.bound.map { units.money($0) })
    }
    transfers_without_plan = result.schedule?.refusedTransfers.noPlan ?? 0
    transfers_too_dear = result.schedule?.refusedTransfers.tooDear ?? 0
    let left = Set(
      placement.unserved.map { "\(question.demand[$0].item):\(question.demand[$0].destination)" })
    func shown(_ found: SupplySurvey.Gap) -> Gap {
      Gap(
        sku: question.items[found.item].sku, site: found.site.map(name),
        to: found.destination.map { nodes.name(of: $0) }, code: found.code)
    }
    let known = placement.survey.gaps
    unserved = known.filter { found in
      found.site == nil
        && found.destination.map { left.contains("\(found.item):\($0)") } ?? false
    }.map(shown)
    gaps = known.map(shown)
    self.certificate = certificate
  }

  /// One row for each SKU and destination.
  var rows: CSVWriter {
    var rows = CSVWriter([
      "sku", "to", "from", "pieces", "days_before", "days_after", "cost_before", "cost_after",
      "co2e_kg_before", "co2e_kg_after", "duty_guaranteed",
    ])
    for flow in flows {
      rows.append([
        flow.sku, flow.to, flow.from, flow.pieces, flow.days_before ?? "", flow.days_after,
        flow.cost_before ?? "", flow.cost_after, flow.co2e_kg_before ?? "", flow.co2e_kg_after,
        flow.duty_guaranteed ? "1" : "0",
      ])
    }
    return rows
  }
}

/// Figures as text, each from its small unit.
struct StockUnits {
  let currency: Currency

  /// Thousandths of a minor unit, to the minor unit.
  func money(_ thousandths: Int64) -> String {
    let sign: Int64 = thousandths < 0 ? -1 : 1
    return DecimalText.text(
      sign * ((thousandths.magnitude.toInt64 + 500) / 1000), places: currency.exponent)
  }

  /// Thousandths of a piece, to a tenth.
  func pieces(_ thousandths: Int64) -> String {
    DecimalText.text((thousandths + 50) / 100, places: 1)
  }

  /// Thousandths, to a hundredth.
  func thousandths(_ value: Int64) -> String { DecimalText.text(value / 10, places: 2) }

  func hundredths(_ value: Int64) -> String { DecimalText.text(value, places: 2) }

  /// Milligrams, to a tenth of a kilogram.
  func kilograms(_ milligrams: Int64) -> String {
    DecimalText.text((milligrams + 50_000) / 100_000, places: 1)
  }
}

extension UInt64 {
  fileprivate var toInt64: Int64 { Int64(clamping: self) }
}

/// All that came of a placement, for whoever prints it.
struct StockPlacementResult {
  let placement: StockPlacement
  let answer: StockPlacement.Answer
  let sweep: DayValueSweep
  let schedule: PeakSchedule?
  let network: NetworkPlanner
  let units: StockUnits
  /// What deciding each site the other way would cost, by the certificate's question; nil where nobody asked.
  var why: [SiteWorth]?
}
