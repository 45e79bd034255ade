import LogisticsModel

/// Every text is a place or a fault; normalising twice changes nothing.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  let code = Place.normalisedPostalCode(text)
  expect(Place.normalisedPostalCode(code) == code)
  let key = CityName.key(text)
  expect(CityName.key(key) == key, "\(text) -> \(key) -> \(CityName.key(key))")
  guard let place = try? Place(parsing: text) else { return 0 }
  expect((try? Place(parsing: place.text))?.form == place.form)
  switch place.form {
  case .code(let code): expect(code.utf8.count == 5)
  case .node(let name): expect(!name.isEmpty)
  case .postal(let country, let code):
    expect(!code.isEmpty && country.code.utf8.count == 2)
  case .city(_, let name): expect(!name.isEmpty)
  }
  return 0
}
