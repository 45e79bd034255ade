import LogisticsModel

extension ImportPricer {
  /// What of a group taxes can be taken of.
  struct Taxable {
    var goods: Int64 = 0
    var freight: Int64 = 0
    var duty: Int64 = 0
    /// Whether any goods are taxed at all.
    var isAny = false

    mutating func add(_ group: PricedGroup) {
      goods += group.goods
      freight += group.freight
      duty += group.duty
      isAny = true
    }
  }

  /// The taxes of a span, in the quote's currency.
  @inline(__always)
  func taxes(
    _ span: ImportTable.Span, _ order: PreparedOrder, _ taxable: Taxable, fees: Int64,
    freight: Int64, isGuaranteed: inout Bool
  ) throws(Stop) -> Int64 {
    guard taxable.isAny else { return 0 }
    var country = -1
    var own = -1
    var part = -1
    var isCountryTwice = false
    var isOwnTwice = false
    var isPartTwice = false
    for place in span.taxes {
      let position = Int(table.taxList[place])
      let tax = table.taxes[position]
      let isHere = order.hasSubdivision && tax.subdivision == order.subdivision
      switch tax.kind {
      case .relief:
        if try holds(tax.band, order, freight: freight) {
          isGuaranteed = isGuaranteed && tax.isVerified
          return 0
        }
      case .vat where tax.subdivision == 0:
        isCountryTwice = country >= 0
        country = position
      case .vat where isHere:
        isOwnTwice = own >= 0
        own = position
      case .salesTax where isHere && tax.subdivision != 0:
        isPartTwice = part >= 0
        part = position
      default: break
      }
    }
    guard !(own >= 0 ? isOwnTwice : isCountryTwice) else { throw .ambiguous }
    let vat = own >= 0 ? own : country
    guard vat >= 0 else { throw .taxMissing }
    var sum = try tax(vat, taxable, fees: fees, isGuaranteed: &isGuaranteed)
    if table.taxesBySubdivision[order.destination] {
      guard order.hasSubdivision else { throw .subdivisionUnknown }
      guard !isPartTwice else { throw .ambiguous }
      guard part >= 0 else { throw .taxMissing }
      sum = try ImportPricer.added(
        sum, try tax(part, taxable, fees: fees, isGuaranteed: &isGuaranteed))
    }
    return sum
  }

  @inline(__always)
  private func tax(
    _ position: Int, _ taxable: Taxable, fees: Int64, isGuaranteed: inout Bool
  ) throws(Stop) -> Int64 {
    let tax = table.taxes[position]
    isGuaranteed = isGuaranteed && tax.isVerified
    var base: Int64 = tax.base.contains(.fee) ? fees : 0
    if tax.base.contains(.goods) { base = try ImportPricer.added(base, taxable.goods) }
    if tax.base.contains(.freight) { base = try ImportPricer.added(base, taxable.freight) }
    if tax.base.contains(.duty) { base = try ImportPricer.added(base, taxable.duty) }
    let whole = UInt64(Decimal6.scale)
    guard
      let amount = FastArithmetic.scaled(
        UInt64(truncatingIfNeeded: base), tax.rate,
        over: tax.isInclusive ? whole - tax.rate : whole),
      amount <= ImportAssessor.greatestAmount
    else { throw .amountOverflow }
    return amount
  }
}
