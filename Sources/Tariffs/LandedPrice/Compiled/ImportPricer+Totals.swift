public import LogisticsModel

extension ImportPricer {
  /// The landed total of an order with this freight, cleared on this day.
  ///
  /// - Parameters:
  ///   - order: the order, prepared by this pricer.
  ///   - freight: minor units of the quote's currency, not negative.
  ///   - date: local day at the place of clearance.
  ///   - entry: country of clearance; nil: the order's.
  /// - Returns: the total, or why there is none.
  /// - Complexity: O(lines + rules of the destination on that day), a few hundred nanoseconds.
  public func total(
    _ order: PreparedImport, freight: Int64, clearingOn date: CivilDate, entry: Country? = nil
  ) -> Total {
    total(order, freight: freight, clearing: date...date, entry: entry)
  }

  /// The landed total of an order that clears within a window of days, both ends included: that of the dearest regime.
  ///
  /// Refused where any regime of the window is, with the reason of the first; guaranteed where all are.
  /// - Complexity: O(regimes x (lines + rules of the destination))
  public func total(
    _ order: PreparedImport, freight: Int64, clearing days: ClosedRange<CivilDate>,
    entry: Country? = nil
  ) -> Total {
    var changed = order.order
    if let entry { changed.entry = CountrySet.position(of: entry) }
    return total(changed, freight: freight, days: days.lowerBound.days...days.upperBound.days)
  }

  /// The same for the order a scratch holds.
  ///
  /// Days count from 1970-01-01, as ``LogisticsModel/CivilDate/days``; the country of clearance is its
  /// ``CountrySet/position(of:)``; the channel is the option's, whatever the order was made ready with.
  /// - Precondition: an order was made ready in the scratch by this pricer.
  public func total(
    _ scratch: ImportScratch, freight: Int64, clearing days: ClosedRange<Int32>, entry: Int32,
    channel: ImportChannel
  ) -> Total {
    guard var order = scratch.order else { preconditionFailure("no order was made ready") }
    order.entry = Int(entry)
    order.channel = 1 << UInt8(channel.rawValue)
    return total(order, freight: freight, days: days)
  }

  /// What the order a scratch holds costs where no border of customs is crossed: the goods and the freight.
  ///
  /// - Precondition: an order was made ready in the scratch by this pricer.
  public func domesticTotal(_ scratch: ImportScratch, freight: Int64) -> Total {
    guard let goods = scratch.order?.goods else { preconditionFailure("no order was made ready") }
    guard freight <= ImportAssessor.greatestAmount else {
      return Total(minorUnits: 0, refusal: .amountOverflow, isGuaranteed: false)
    }
    return Total(minorUnits: goods + freight, refusal: nil, isGuaranteed: true)
  }

  @inline(__always)
  private func total(_ order: PreparedOrder, freight: Int64, days: ClosedRange<Int32>) -> Total {
    precondition(freight >= 0, "freight below nothing")
    do throws(Stop) {
      guard var at = table.span(destination: order.destination, day: days.lowerBound) else {
        throw .ruleMissing
      }
      var dearest = try priced(order, freight: freight, day: days.lowerBound, span: at)
      let end = Int(table.spanStarts[order.destination + 1])
      at += 1
      // Every day on which a rule of the destination begins or has ended begins a span.
      while at < end, table.spans[at].first <= days.upperBound {
        let next = try priced(order, freight: freight, day: table.spans[at].first, span: at)
        dearest = Total(
          minorUnits: max(dearest.minorUnits, next.minorUnits), refusal: nil,
          isGuaranteed: dearest.isGuaranteed && next.isGuaranteed)
        at += 1
      }
      return dearest
    } catch {
      return Total(minorUnits: 0, refusal: error.code, isGuaranteed: false)
    }
  }
}
