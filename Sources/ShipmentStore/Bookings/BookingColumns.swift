import Fulfilment
import LogisticsModel
import PostgresClient

/// Plans as the columns that the booking statements take: one element an order, each list of legs once, departures and
/// pieces added up.
struct BookingColumns {
  private let tenant: Int32
  private let plans: [BookingPlan]
  /// The number of each plan's list of legs.
  private var lists: [Int32] = []
  private var distinct: [[ShipmentLeg]] = []
  private var countOfList: [Int32] = []

  /// - Precondition: there is a plan.
  /// - Complexity: O(orders x legs).
  init(_ plans: [BookingPlan], tenant: Int32) {
    self.tenant = tenant
    self.plans = plans
    var numbers: [[ShipmentLeg]: Int32] = [:]
    for plan in plans {
      if let number = numbers[plan.legs] {
        lists.append(number)
        countOfList[Int(number)] += 1
      } else {
        let number = Int32(distinct.count)
        numbers[plan.legs] = number
        distinct.append(plan.legs)
        lists.append(number)
        countOfList.append(1)
      }
    }
  }

  private var ids: [UniqueID] { plans.map { UniqueID($0.promise.id) } }

  /// For `book_shipments`.
  var shipments: Parameters {
    var parameters = Parameters(
      tenant, ids, plans.map(\.order.key), plans.map(\.order.body), plans.map(\.promise.quote),
      plans.map(\.order.merchant), plans.map(\.order.channel), plans.map(\.origin),
      plans.map(\.destination), plans.map(\.country))
    parameters.append(plans.map(\.promise.tier.word))
    parameters.append(plans.map { CalendarDay($0.promise.deliverBy) })
    parameters.append(plans.map { Timestamp($0.promise.minute) })
    parameters.append(plans.map(\.promise.zone))
    parameters.append(plans.map { Int16(truncatingIfNeeded: $0.promise.level.q1024) })
    parameters.append(plans.map(\.promise.price.minorUnits))
    parameters.append(plans.map(\.promise.price.currency.code))
    parameters.append(plans.map { CalendarDay($0.promise.quotedBy) })
    parameters.append(Timestamp(plans[0].promise.made))
    return parameters
  }

  /// For `book_legs`.
  var legs: Parameters {
    var (numbers, positions, names): ([Int32], [Int16], [String]) = ([], [], [])
    var (from, to, roles): ([String], [String], [String]) = ([], [], [])
    var (departs, begins, ends): ([Timestamp?], [Timestamp?], [Timestamp?]) = ([], [], [])
    for (list, legs) in distinct.enumerated() {
      for (position, leg) in legs.enumerated() {
        numbers.append(Int32(list))
        positions.append(Int16(position))
        names.append(leg.name)
        from.append(leg.from)
        to.append(leg.to)
        roles.append(leg.role.rawValue)
        departs.append(leg.departs.map { Timestamp($0) })
        begins.append(leg.planned.departure.map { Timestamp($0) })
        ends.append(leg.planned.arrival.map { Timestamp($0) })
      }
    }
    return Parameters(
      tenant, ids, lists, numbers, positions, names, from, to, roles, departs, begins, ends)
  }

  /// For `book_lines`; nil where nothing is taken from stock.
  var lines: Parameters? {
    guard plans.contains(where: { !$0.order.lines.isEmpty }) else { return nil }
    let lines = plans.flatMap { plan in plan.order.lines.map { (plan.promise.id, $0) } }
    return Parameters(
      tenant, lines.map { UniqueID($0.0) }, lines.map(\.1.node), lines.map(\.1.sku),
      lines.map(\.1.quantity))
  }

  /// For `take_stock`: a row for each SKU and channel; nil where nothing is taken.
  ///
  /// - Parameter isGranted: whether the rows are locked and the orders granted one by one already.
  /// - Returns: the columns.
  func stock(isGranted: Bool) -> Parameters? {
    var sums: [[String]: Int32] = [:]
    for plan in plans {
      for line in plan.order.lines {
        sums[[line.node, line.sku, plan.order.channel], default: 0] += line.quantity
      }
    }
    guard !sums.isEmpty else { return nil }
    let rows = sums.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    return Parameters(
      tenant, rows.map { $0.key[0] }, rows.map { $0.key[1] }, rows.map { $0.key[2] },
      rows.map(\.value), !isGranted)
  }

  /// SKUs at nodes, for `lock_stock`; nil: none.
  var stockKeys: Parameters? {
    let keys = Set(plans.flatMap { plan in plan.order.lines.map { [$0.node, $0.sku] } }).sorted {
      $0.lexicographicallyPrecedes($1)
    }
    return keys.isEmpty ? nil : Parameters(tenant, keys.map { $0[0] }, keys.map { $0[1] })
  }

  private var placesTaken: [(key: DepartureKey, value: Int32)] {
    var sums: [DepartureKey: Int32] = [:]
    for (legs, count) in zip(distinct, countOfList) {
      for leg in legs {
        guard let departs = leg.departs else { continue }
        sums[DepartureKey(leg: leg.name, departs: departs), default: 0] += count
      }
    }
    return sums.sorted { $0.key < $1.key }
  }

  /// For `take_places`: one row a departure; nil where no leg has one.
  var places: Parameters? {
    let rows = placesTaken
    guard !rows.isEmpty else { return nil }
    return Parameters(
      tenant, rows.map(\.key.leg), rows.map { Timestamp($0.key.departs) }, rows.map(\.value))
  }

  /// For `open_departures` and `lock_departures`; nil where no leg has one.
  var departureKeys: Parameters? {
    let rows = placesTaken
    guard !rows.isEmpty else { return nil }
    return Parameters(tenant, rows.map(\.key.leg), rows.map { Timestamp($0.key.departs) })
  }
}
