import LogisticsModel

// What a request is read with: weights, sizes, money, service levels. A parser gives a value that is within its
// bounds and survives being written and read again, or a coded fault that says what to do; it never traps, hangs or
// wraps.

/// Called by libFuzzer with one input; traps where a parser breaks its promise.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  checkWeight(text)
  checkSize(text)
  checkMoney(text)
  checkLevel(text)
  return 0
}

private func checkWeight(_ text: String) {
  do {
    let weight = try Grams(text)
    require(weight.value > 0 && weight <= Grams.greatest, "weight out of bounds", text)
    require(
      (try? Grams("\(weight.value)g")) == weight, "weight changes when written in grams", text)
    let kilograms = DecimalText.text(weight.value, places: 3)
    require((try? Grams("\(kilograms)kg")) == weight, "weight changes when written in kg", text)
  } catch {
    requireExplained(error, text)
  }
}

private func checkSize(_ text: String) {
  do {
    let size = try Dimensions(text)
    require(size.shortest > 0 && size.shortest <= size.second, "edges not ordered", text)
    require(size.second <= size.longest && size.longest <= Dimensions.greatestEdge, "edges", text)
    require((try? Dimensions(size.description)) == size, "size changes when written", text)
    require(size.volume > 0 && size.girth > size.longest, "volume or girth", text)
  } catch {
    requireExplained(error, text)
  }
}

private func checkMoney(_ text: String) {
  for code in ["EUR", "JPY", "KWD", "CLF"] {
    guard let currency = Currency(code: code) else { fatalError("no \(code)") }
    guard let money = try? Money(text, currency) else { continue }
    require((try? Money(money.amountText, currency)) == money, "money changes when written", text)
  }
  if let rate = try? Decimal6(text) {
    require((try? Decimal6(rate.description)) == rate, "rate changes when written", text)
  }
  if let currency = Currency(code: text) {
    require(currency.code == text && (0...4).contains(currency.exponent), "currency", text)
  }
}

private func checkLevel(_ text: String) {
  do {
    let level = try ServiceLevel(text)
    require((0...1024).contains(level.q1024), "level out of bounds", text)
  } catch {
    requireExplained(error, text)
  }
}

private func requireExplained(_ fault: MeasureFault, _ text: String) {
  require(fault.code.hasPrefix("TW-REQ-0"), "a fault without code", text)
  require(!fault.reason.isEmpty && !fault.advice.isEmpty, "a fault without advice", text)
  require(fault.value.count <= 43, "a fault that repeats a long value", text)
}

private func require(_ holds: Bool, _ what: String, _ text: String) {
  expect(holds, "\(what): \(text.debugDescription)")
}
