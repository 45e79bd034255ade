import LogisticsModel

/// Every text is an order line or a fault; a line written out again is the same line.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  _ = try? OrderLineText.lines(cell: text)
  guard let line = try? OrderLineText.line(text) else { return 0 }
  expect(line.quantity >= 1 && line.unitValue.minorUnits >= 0)
  expect(line.total.minorUnits <= OrderLine.greatestTotal)
  expect(line.battery == nil || line.goods == .battery)
  let words = [
    line.code?.description ?? "", "\(line.quantity)",
    line.unitValue.amountText + line.unitValue.currency.code, line.origin?.code ?? "",
    line.goods?.word ?? "", line.battery?.word ?? "", line.eprCategory.map { "epr=\($0)" } ?? "",
  ]
  let written = words.joined(separator: ":")
  expect((try? OrderLineText.line(written)) == line, "\(text) -> \(written)")
  return 0
}
