import LogisticsModel

/// Goods that share a duty rule and a tariff rate, in the hot path.
struct PricedGroup {
  var rule: Int
  /// Tariff rate; negative: none.
  var rate: Int
  var goods: Int64 = 0
  var freight: Int64 = 0
  var grams: Int64 = 0
  var duty: Int64 = 0
  var headings: Int64 = 0
  var lastHeading: UInt32 = 0
  var lineCount: Int64 = 0
  var hasUnknownHeading = false
}

extension ImportPricer {
  /// The duty of a group in the quote's currency.
  ///
  /// Its goods in a slot's currency are added up only where the rule has one of its own. No closure does so: it would count
  /// references to the pricer, which all threads share.
  @inline(__always)
  func duty(
    _ group: PricedGroup, _ order: PreparedOrder, _ members: GroupMembers?
  ) throws(Stop) -> Int64 {
    let rule = table.duties[group.rule]
    if rule.kind == .none { return 0 }
    let slot = Int(rule.slot)
    let carriage = rule.isOnFreight ? group.freight : 0
    var base: Int64 = 0
    switch rule.kind {
    case .none, .unknown: return 0
    case .perHeading, .perParcel: break
    case .percent, .tariff, .percentLess, .percentOrPerKilogram, .percentOfExcess:
      if slot < 0 || slot == quoteSlot {
        base = try ImportPricer.added(group.goods, carriage)
      } else {
        base = try ImportPricer.added(
          try goods(order, slot: slot, members), try intoSlot[slot].convert(carriage))
      }
    }
    let own = try amount(rule, group, base: base, parcels: order.parcels)
    guard own <= ImportAssessor.greatestAmount else { throw .amountOverflow }
    return slot < 0 ? own : try fromSlot[slot].convert(own)
  }

  @inline(__always)
  private func amount(
    _ rule: ImportTable.Duty, _ group: PricedGroup, base: Int64, parcels: Int64
  ) throws(Stop) -> Int64 {
    let units = UInt64(truncatingIfNeeded: base)
    let result: Int64?
    switch rule.kind {
    case .none, .unknown: result = 0
    // Percent are hundredths of millionths.
    case .percent: result = FastArithmetic.scaled(units, rule.percent, over: 100_000_000)
    case .tariff:
      result = FastArithmetic.scaled(units, table.rates[group.rate].percent, over: 100_000_000)
    case .perHeading:
      result = FastArithmetic.scaled(UInt64(group.headings), rule.amount, over: 1_000_000)
    case .perParcel: result = FastArithmetic.scaled(UInt64(parcels), rule.amount, over: 1_000_000)
    case .percentLess, .percentOrPerKilogram, .percentOfExcess:
      result = mixed(rule, base: base, grams: group.grams)
    }
    guard let result else { throw .amountOverflow }
    return result
  }

  /// The kinds that weigh a percentage against an amount, over the common denominator 10^9.
  private func mixed(_ rule: ImportTable.Duty, base: Int64, grams: Int64) -> Int64? {
    let percent = Int128(rule.percent) * 10
    let exact: Int128
    switch rule.kind {
    case .percentLess: exact = Int128(base) * percent - Int128(rule.amount) * 1000
    case .percentOrPerKilogram:
      exact = max(Int128(base) * percent, Int128(rule.amount) * Int128(grams))
    default:
      exact = max(
        Int128(max(0, base - rule.excessOver)) * percent, Int128(rule.amount) * Int128(grams))
    }
    return Int64(exactly: Rounding.halfUp(max(0, exact), over: 1_000_000_000))
  }

  /// The fees of a span, in the quote's currency.
  @inline(__always)
  func fees(
    _ span: ImportTable.Span, _ order: PreparedOrder, freight: Int64,
    isGuaranteed: inout Bool
  ) throws(Stop) -> Int64 {
    var sum: Int64 = 0
    for place in span.fees {
      let fee = table.fees[Int(table.feeList[place])]
      guard concerns(fee.scope, order),
        order.origins.contains(where: { table.contains(fee.scope.origins, Int($0)) }),
        try holds(fee.scope.band, order, freight: freight)
      else { continue }
      let count: Int64
      switch fee.unit {
      case .parcel: count = order.parcels
      case .consignment: count = 1
      case .heading:
        let counted = headings(of: fee, order)
        count = counted.count
        if counted.hasUnknown { isGuaranteed = false }
      }
      guard
        let own = FastArithmetic.scaled(UInt64(count), fee.amount, over: 1_000_000),
        own <= ImportAssessor.greatestAmount
      else { throw .amountOverflow }
      sum = try ImportPricer.added(sum, try fromSlot[Int(fee.slot)].convert(own))
      isGuaranteed = isGuaranteed && fee.isVerified
    }
    return sum
  }

  private func headings(
    of fee: ImportTable.Fee, _ order: PreparedOrder
  ) -> (count: Int64, hasUnknown: Bool) {
    var count: Int64 = 0
    var last: UInt32 = 0
    var hasUnknown = false
    for position in order.byHeading {
      let line = order.lines[Int(position)]
      guard table.contains(fee.scope.origins, Int(order.origins[Int(line.origin)])) else {
        continue
      }
      if line.heading == 0 || line.heading != last { count += 1 }
      hasUnknown = hasUnknown || line.heading == 0
      last = line.heading
    }
    return (count, hasUnknown)
  }
}
