import LogisticsModel

/// Every file is a zone or a fault; in a zone, local times and instants agree.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let zone = try? ZoneTable(name: "f", tzif: bytes) else { return 0 }
  var minutes = zone.changes.suffix(40).flatMap {
    [$0, $0.subtractingReportingOverflow(1).partialValue]
  }
  minutes += [29_919_450, 0, -1, 50_000_000]
  for minute in minutes where abs(minute / 2) < 1_000_000_000_000 {
    let instant = Instant(minutes: minute)
    let local = zone.local(instant)
    switch zone.instants(of: local) {
    case .unique(let only): expect(only == instant)
    case .fold(let earlier, let later):
      expect(earlier < later && earlier <= instant && instant <= later)
    case .gap: fatalError("a time that is shown is in no gap")
    }
  }
  return 0
}
