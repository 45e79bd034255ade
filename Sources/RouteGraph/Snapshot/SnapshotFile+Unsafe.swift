import Glibc
import LogisticsModel

/// A snapshot mapped into memory, checked: length, version, byte order, and the checksum of every section.
///
/// Bound relied on: the mapping is private and read-only and lives as long as any column taken from it;
/// writers replace the file by renaming, never in place, so a mapped file keeps its length.
public struct SnapshotFile: Sendable {
  /// What it was made from.
  public let stamp: SnapshotStamp

  private let storage: FrozenStorage
  private let sections: [String: Range<Int>]

  /// Maps a file and checks all of it.
  ///
  /// - Complexity: O(bytes), several gigabytes a second; pages not in memory are read.
  public init(path: String) throws(SnapshotFault) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT ? .missing : .unreadable(number: errno)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(number: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .foreign }
    let size = Int(status.st_size)
    guard size >= SnapshotFormat.headerSize else {
      throw .truncated(bytes: size, expected: SnapshotFormat.headerSize)
    }
    guard
      let memory = mmap(nil, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, descriptor, 0),
      memory != MAP_FAILED
    else { throw .unreadable(number: errno) }
    try self.init(
      storage: FrozenStorage(
        adopting: UnsafeRawBufferPointer(start: memory, count: size),
        release: { munmap(UnsafeMutableRawPointer(mutating: $0.baseAddress), $0.count) }))
  }

  /// Checks bytes already in memory (tests).
  init(bytes: [UInt8]) throws(SnapshotFault) {
    try self.init(storage: FrozenStorage(copying: bytes))
  }

  private init(storage: FrozenStorage) throws(SnapshotFault) {
    let bytes = storage.bytes
    guard bytes.count >= SnapshotFormat.headerSize else {
      throw .truncated(bytes: bytes.count, expected: SnapshotFormat.headerSize)
    }
    guard bytes.prefix(8).elementsEqual(SnapshotFormat.magic) else { throw .foreign }
    func word(_ at: Int) -> UInt32 { bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self) }
    func long(_ at: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self) }
    guard word(12) == SnapshotFormat.byteOrderMark else { throw .byteOrder }
    guard word(8) == SnapshotFormat.version else {
      throw .version(found: word(8), expected: SnapshotFormat.version)
    }
    let length = long(16)
    guard length == UInt64(bytes.count) else {
      throw length > UInt64(bytes.count)
        ? .truncated(bytes: bytes.count, expected: Int(clamping: length))
        : .damaged(section: "header")
    }
    let count = Int(word(24))
    let tableEnd = SnapshotFormat.headerSize + count * SnapshotFormat.entrySize
    guard count <= SnapshotFormat.greatestSections, tableEnd <= bytes.count else {
      throw .damaged(section: "header")
    }
    let header = UnsafeRawBufferPointer(rebasing: bytes[0..<(SnapshotFormat.headerSize - 8)])
    let table = UnsafeRawBufferPointer(rebasing: bytes[SnapshotFormat.headerSize..<tableEnd])
    guard ContentHash.joined(ContentHash.of(header), ContentHash.of(table)) == long(64) else {
      throw .damaged(section: "header")
    }
    let first = Int32(bitPattern: word(40))
    let window = TimetableWindow(first: CivilDate(days: Int(first)), days: Int(word(44)))
    guard window.first.days == first, window.days == Int(word(44)) else {
      throw .inconsistent(section: "header")
    }
    stamp = SnapshotStamp(window: window, sources: long(48), zones: long(56))
    var sections: [String: Range<Int>] = [:]
    sections.reserveCapacity(count)
    var end = tableEnd
    for entry in 0..<count {
      let at = SnapshotFormat.headerSize + entry * SnapshotFormat.entrySize
      let name = String(
        decoding: bytes[at..<(at + SnapshotFormat.nameSize)].prefix { $0 != 0 }, as: UTF8.self)
      let start = long(at + 32)
      let size = long(at + 40)
      guard start == UInt64(SnapshotFormat.aligned(end)), start <= length, size <= length - start
      else { throw .inconsistent(section: name) }
      // Between sections there is nothing but zeros: so that no byte of the file may change unseen.
      guard bytes[end..<Int(start)].allSatisfy({ $0 == 0 }) else { throw .damaged(section: name) }
      let range = Int(start)..<Int(start + size)
      guard ContentHash.of(UnsafeRawBufferPointer(rebasing: bytes[range])) == long(at + 48) else {
        throw .damaged(section: name)
      }
      sections[name] = range
      end = range.upperBound
    }
    guard end == bytes.count else { throw .damaged(section: "header") }
    self.storage = storage
    self.sections = sections
  }

  /// The bytes of a section; nil when there is none of this name.
  public func section(_ name: String) -> FrozenColumn<UInt8>? {
    sections[name].map {
      FrozenColumn(storage: storage, offset: $0.lowerBound, count: $0.count)
    }
  }

  /// A section as a column of elements.
  public func column<Element>(_ name: String, of type: Element.Type = Element.self)
    throws(SnapshotFault)
    -> FrozenColumn<Element>
  {
    let stride = MemoryLayout<Element>.stride
    guard let range = sections[name], range.count % stride == 0 else {
      throw .inconsistent(section: name)
    }
    return FrozenColumn(
      storage: storage, offset: range.lowerBound, count: range.count / stride)
  }

  /// A column that must have so many elements.
  func column<Element>(_ name: String, count: Int) throws(SnapshotFault) -> FrozenColumn<Element> {
    let column: FrozenColumn<Element> = try column(name)
    guard column.count == count else { throw .inconsistent(section: name) }
    return column
  }

  func bytesColumn(_ name: String, count: Int? = nil) throws(SnapshotFault) -> BytesColumn {
    guard let column = BytesColumn(blob: try column(name), starts: try column(name + "@")),
      count == nil || column.count == count
    else { throw .inconsistent(section: name) }
    return column
  }

  func text(_ name: String, count: Int? = nil) throws(SnapshotFault) -> TextColumn {
    TextColumn(try bytesColumn(name, count: count))
  }

  /// Whether it was made from what is there now.
  public func checkFresh(_ now: SnapshotStamp) throws(SnapshotFault) {
    guard stamp.window == now.window else {
      throw .windowMoved(from: stamp.window.first, to: now.window.first)
    }
    guard stamp.sources == now.sources else { throw .sourcesChanged }
    guard stamp.zones == now.zones else { throw .zonesChanged }
  }
}
