import LogisticsModel

@testable import RouteGraph

/// A snapshot of the demo network as named sections: what a forger starts from.
private let base: [(name: String, bytes: [UInt8])] = {
  let window = TimetableWindow(around: Instant(minutes: 29_918_940), days: 70)
  guard let files = try? BundleFiles.read(directory: "config/networks/demo"),
    let bundle = NetworkBundle.read(files, zones: SystemZones().catalogue(), window: window).bundle
  else { fatalError("the demo network cannot be read; run this from the repository's root") }
  let file = NetworkLoader.snapshot(of: bundle, stamp: stamp(window))
  guard let sections = try? SnapshotFile(bytes: file) else { fatalError("not read again") }
  return names(in: file).map { name in
    (name, sections.section(name).map { Array($0.pointer) } ?? [])
  }
}()

private let window = TimetableWindow(around: Instant(minutes: 29_918_940), days: 70)

private func stamp(_ window: TimetableWindow) -> SnapshotStamp {
  SnapshotStamp(window: window, sources: 11, zones: 22)
}

/// The names of the section table, in the order of the file.
private func names(in file: [UInt8]) -> [String] {
  let count = Int(file[24]) | Int(file[25]) << 8
  return (0..<count).map { entry in
    let at = SnapshotFormat.headerSize + entry * SnapshotFormat.entrySize
    return String(
      decoding: file[at..<(at + SnapshotFormat.nameSize)].prefix { $0 != 0 }, as: UTF8.self)
  }
}

/// Takes figures from the fuzzer's bytes; zeros when they are used up.
private struct Script {
  private var bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  var isOver: Bool { bytes.isEmpty }

  mutating func byte() -> Int { Int(bytes.popFirst() ?? 0) }

  mutating func short() -> Int { byte() | byte() << 8 }

  mutating func word() -> UInt32 { UInt32(short()) | UInt32(short()) << 16 }
}

/// Each input is a forgery: edits of a sound snapshot whose checksums are then made right again, so that only
/// the decoder's own checks stand between it and the planner. An input that begins with 255 is a file as it is.
///
/// Whatever it is, decoding ends with a network or a fault, and a network can be walked from end to end
/// without leaving its memory (the address sanitiser watches).
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  if input.first == 255 {
    walk(Array(input.dropFirst()))
    return 0
  }
  var sections = base
  var script = Script(input[...])
  while !script.isOver { edit(&sections, &script) }
  var writer = SnapshotWriter()
  for section in sections { writer.add(section.name, section.bytes) }
  walk(writer.file(stamp: stamp(window)))
  return 0
}

/// One edit of one section.
private func edit(_ sections: inout [(name: String, bytes: [UInt8])], _ script: inout Script) {
  let kind = script.byte() % 6
  let section = script.byte() % sections.count
  let size = sections[section].bytes.count
  let at = size == 0 ? 0 : script.short() * 61 % size
  switch kind {
  case 0 where size > 0:
    sections[section].bytes[at] = UInt8(script.byte())
  case 1 where size >= 4:
    // A whole number where one may stand: the ends of ranges are where checks go wrong.
    let ends: [UInt32] = [
      0, 1, .max, .max - 1, 0x7FFF_FFFF, 0x8000_0000, UInt32(size / 4), UInt32(size), script.word(),
    ]
    let value = ends[script.byte() % ends.count]
    let place = at / 4 * 4
    guard place + 4 <= size else { return }
    for byte in 0..<4 { sections[section].bytes[place + byte] = UInt8(value >> (8 * byte) & 255) }
  case 2:
    sections[section].bytes.removeLast(min(size, 1 + script.byte()))
  case 3:
    let value = UInt8(script.byte())
    sections[section].bytes += Array(repeating: value, count: 1 + script.byte())
  case 4 where size > 0:
    let other = script.short() * 61 % size
    sections[section].bytes.swapAt(at, other)
  case 5:
    // Two sections change places: sizes fit or they do not.
    let other = script.byte() % sections.count
    let bytes = sections[section].bytes
    sections[section].bytes = sections[other].bytes
    sections[other].bytes = bytes
  default: return
  }
}

/// Decodes a file and asks the network everything a command would.
private func walk(_ bytes: [UInt8]) {
  let bundle: NetworkBundle
  do throws(SnapshotFault) {
    bundle = try NetworkSnapshot.decode(try SnapshotFile(bytes: bytes))
  } catch {
    expect(!error.message.isEmpty, "refused without a reason")
    return
  }
  for node in bundle.nodes.ids {
    let found = bundle.nodes[node]
    let local = bundle.zone(of: node).local(Instant(minutes: 29_918_940))
    expect(!"\(found.kind) \(local)".isEmpty)
    _ = bundle.nodeID(named: found.name)
    for leg in bundle.topology.outgoing.legs(of: node) { _ = bundle.legs[leg].name }
    for leg in bundle.topology.incoming.legs(of: node) { _ = bundle.legs[leg].mode }
  }
  let first = window.start
  for leg in bundle.legs.ids {
    let found = bundle.legs[leg]
    _ = bundle.legID(named: found.name)
    _ = bundle.law(found.law).atoms.count
    _ = bundle.calendars.calendar(named: found.pattern)
    let card = bundle.topology.card[leg.position]
    if card >= 0 { _ = bundle.cardNames[Int(card)] }
    for minute in [first - 1, first, first + 10_000, window.end - 1, window.end] {
      if let next = bundle.timetable.boarding(leg, atOrAfter: minute) {
        expect(next.minute >= minute, "boards before it is asked to")
        _ = bundle.law(next.law).atoms.count
      }
      _ = bundle.timetable.boarding(leg, atOrBefore: minute)
    }
  }
  for name in bundle.calendars.all { _ = bundle.calendars.calendar(named: name)?.dates.name }
  for text in ["CNYIU", "ES:28013", "ES:Madrid", "O-YIWU", "CNYIW"] {
    guard let place = try? Place(parsing: text) else { continue }
    _ = bundle.node(for: place, role: .origin)
    _ = bundle.node(for: place, role: .destination)
  }
}
