import LogisticsModel

/// Every text is a weight within bounds or a fault; what is a weight prints as one that reads the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  if let grams = try? Grams(text) {
    expect(grams.value > 0 && grams <= Grams.greatest)
    expect((try? Grams(grams.description)) == grams, "\(text) -> \(grams)")
  }
  return 0
}
