/// Every text is a JSON value or a fault in some line.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  do throws(JSONValue.Fault) {
    _ = try JSONValue.parse(bytes)
  } catch {
    expect(error.line >= 1 && !error.message.isEmpty)
  }
  return 0
}
