import LogisticsModel

/// The body of the hot path.
///
/// Orders whose lines fall under one rule take the short way. The others need a scratch list of groups and of each line's
/// group, taken from the stack: both have `lines.count` places, a line opens at most one group, and group numbers are handed
/// out from zero, so that every index stays below `lines.count`.
extension ImportPricer {
  func priced(
    _ order: PreparedOrder, freight: Int64, day: Int32, span at: Int
  ) throws(Stop) -> Total {
    let span = table.spans[at]
    if order.origins.count == 1 {
      let rule = try dutyRule(
        span, order, origin: Int(order.origins[0]), freight: freight)
      if table.duties[rule].kind != .tariff {
        var group = PricedGroup(rule: rule, rate: -1)
        group.goods = order.goods
        group.freight = freight
        group.grams = order.grams
        group.headings = order.headings
        group.hasUnknownHeading = order.hasUnknownHeading
        group.duty = try duty(group, order, nil)
        var taxable = Taxable()
        if table.duties[rule].isTaxed { taxable.add(group) }
        return try closed(
          span, order, freight: freight, duties: group.duty, taxable,
          isGuaranteed: isSure(group))
      }
    }
    return try inGroups(span, order, freight: freight, day: day)
  }

  @inline(__always)
  private func isSure(_ group: PricedGroup) -> Bool {
    let rule = table.duties[group.rule]
    return rule.isVerified && (rule.kind != .perHeading || !group.hasUnknownHeading)
      && (group.rate < 0 || table.rates[group.rate].isVerified)
  }

  @inline(__always)
  private func closed(
    _ span: ImportTable.Span, _ order: PreparedOrder, freight: Int64, duties: Int64,
    _ taxable: Taxable, isGuaranteed: Bool
  ) throws(Stop) -> Total {
    var isGuaranteed = isGuaranteed
    let fees = try fees(
      span, order, freight: freight, isGuaranteed: &isGuaranteed)
    let taxes = try taxes(
      span, order, taxable, fees: fees, freight: freight, isGuaranteed: &isGuaranteed)
    var total = try ImportPricer.added(order.goods, freight)
    total = try ImportPricer.added(total, duties)
    total = try ImportPricer.added(total, fees)
    total = try ImportPricer.added(total, taxes)
    return Total(minorUnits: total, refusal: nil, isGuaranteed: isGuaranteed)
  }

  private func inGroups(
    _ span: ImportTable.Span, _ order: PreparedOrder, freight: Int64, day: Int32
  ) throws(Stop) -> Total {
    let count = order.lines.count
    return try withUnsafeTemporaryAllocation(of: PricedGroup.self, capacity: count) {
      groups throws(Stop) in
      try withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * count) {
        scratch throws(Stop) in
        // The first half is each line's group, the second each origin's rule: there are no more origins than lines.
        let groupCount = try assign(
          span, order, freight: freight, day: day, groups, scratch)
        share(order, freight: freight, groups, groupCount, scratch)
        var duties: Int64 = 0
        var taxable = Taxable()
        var isGuaranteed = true
        for position in 0..<groupCount {
          groups[position].duty = try duty(
            groups[position], order, GroupMembers(groupOfLine: scratch, group: Int32(position)))
          duties = try ImportPricer.added(duties, groups[position].duty)
          if table.duties[groups[position].rule].isTaxed { taxable.add(groups[position]) }
          isGuaranteed = isGuaranteed && isSure(groups[position])
        }
        return try closed(
          span, order, freight: freight, duties: duties, taxable,
          isGuaranteed: isGuaranteed)
      }
    }
  }

  /// Finds each line's group; gives their number.
  private func assign(
    _ span: ImportTable.Span, _ order: PreparedOrder, freight: Int64, day: Int32,
    _ groups: UnsafeMutableBufferPointer<PricedGroup>, _ scratch: UnsafeMutableBufferPointer<Int32>
  ) throws(Stop) -> Int {
    let count = order.lines.count
    for origin in order.origins.indices { scratch[count + origin] = -1 }
    var groupCount = 0
    for (position, line) in order.lines.enumerated() {
      let origin = Int(order.origins[Int(line.origin)])
      if scratch[count + Int(line.origin)] < 0 {
        scratch[count + Int(line.origin)] = Int32(
          try dutyRule(span, order, origin: origin, freight: freight))
      }
      let rule = Int(scratch[count + Int(line.origin)])
      var rate = -1
      if table.duties[rule].kind == .tariff {
        rate = try tariffRate(line, origin: origin, order, day: day)
      }
      var group = 0
      while group < groupCount, groups[group].rule != rule || groups[group].rate != rate {
        group += 1
      }
      if group == groupCount {
        groups.initializeElement(at: group, to: PricedGroup(rule: rule, rate: rate))
        groupCount += 1
      }
      groups[group].goods += line.worth
      groups[group].lineCount += 1
      scratch[position] = Int32(group)
    }
    for position in order.byHeading {
      let heading = order.lines[Int(position)].heading
      let group = Int(scratch[Int(position)])
      if heading == 0 || heading != groups[group].lastHeading { groups[group].headings += 1 }
      groups[group].lastHeading = heading
      if heading == 0 { groups[group].hasUnknownHeading = true }
    }
    return groupCount
  }

  /// Shares freight and weight by the worth of the goods, each the difference of two rounded running shares.
  private func share(
    _ order: PreparedOrder, freight: Int64, _ groups: UnsafeMutableBufferPointer<PricedGroup>,
    _ groupCount: Int, _ scratch: UnsafeMutableBufferPointer<Int32>
  ) {
    let whole = UInt64(order.goods > 0 ? order.goods : Int64(order.lines.count))
    var running: UInt64 = 0
    var freightBefore: Int64 = 0
    var gramsBefore: Int64 = 0
    for position in 0..<groupCount {
      let part = order.goods > 0 ? groups[position].goods : groups[position].lineCount
      running += UInt64(part)
      // A share of a whole is never greater than it.
      let freightSoFar = FastArithmetic.scaled(UInt64(freight), running, over: whole) ?? 0
      let gramsSoFar = FastArithmetic.scaled(UInt64(order.grams), running, over: whole) ?? 0
      groups[position].freight = freightSoFar - freightBefore
      groups[position].grams = gramsSoFar - gramsBefore
      (freightBefore, gramsBefore) = (freightSoFar, gramsSoFar)
    }
  }

  /// Which lines a group has, where it does not have them all.
  struct GroupMembers: BitwiseCopyable {
    let groupOfLine: UnsafeMutableBufferPointer<Int32>
    let group: Int32
  }

  /// The goods of a group in a slot's currency, each currency of the order converted once.
  @inline(__always)
  func goods(
    _ order: PreparedOrder, slot: Int, _ members: GroupMembers?
  ) throws(Stop) -> Int64 {
    guard let members else { return try goods(order, slot: slot) }
    var value: Int64 = 0
    for (currency, sums) in order.sums.enumerated() {
      var sum: Int64 = 0
      for (position, line) in order.lines.enumerated()
      where line.currency == currency && members.groupOfLine[position] == members.group {
        sum = try ImportPricer.added(sum, line.total)
      }
      value = try ImportPricer.added(
        value, try convert(sum, sums, order.rareConversions, slot: slot))
    }
    return value
  }
}
