import LogisticsModel

/// Collects named sections and lays them out as one file.
public struct SnapshotWriter {
  private var sections: [(name: String, bytes: [UInt8])] = []

  /// Makes an empty snapshot.
  public init() {}

  /// Adds a section; names are at most 31 bytes and each used once.
  public mutating func add(_ name: String, _ bytes: [UInt8]) {
    precondition(
      !name.isEmpty && name.utf8.count < SnapshotFormat.nameSize, "section name \(name) too long")
    precondition(!sections.contains { $0.name == name }, "section \(name) stands twice")
    sections.append((name, bytes))
  }

  /// Adds a column as it lies in memory.
  ///
  /// Bound: copies the column's own elements.
  public mutating func add<Element>(_ name: String, _ column: FrozenColumn<Element>) {
    add(name, Array(UnsafeRawBufferPointer(column.pointer)))
  }

  mutating func add(_ name: String, _ column: BytesColumn) {
    add(name, column.blob)
    add(name + "@", column.starts)
  }

  mutating func add(_ name: String, _ column: TextColumn) { add(name, column.elements) }

  /// The bytes of the file.
  public func file(stamp: SnapshotStamp) -> [UInt8] {
    let tableEnd = SnapshotFormat.headerSize + sections.count * SnapshotFormat.entrySize
    var offset = SnapshotFormat.aligned(tableEnd)
    var table = ByteWriter()
    var offsets: [Int] = []
    for section in sections {
      let name = Array(section.name.utf8)
      table.bytes += name + Array(repeating: 0, count: SnapshotFormat.nameSize - name.count)
      table.append(UInt64(offset))
      table.append(UInt64(section.bytes.count))
      table.append(ContentHash.of(section.bytes))
      offsets.append(offset)
      offset = SnapshotFormat.aligned(offset + section.bytes.count)
    }
    let length = (offsets.last ?? tableEnd) + (sections.last?.bytes.count ?? 0)
    var header = ByteWriter()
    header.bytes = SnapshotFormat.magic
    header.append(SnapshotFormat.version)
    header.append(SnapshotFormat.byteOrderMark)
    header.append(UInt64(length))
    header.append(UInt32(sections.count))
    header.bytes += Array(repeating: 0, count: 12)
    header.append(UInt32(bitPattern: stamp.window.first.days))
    header.append(UInt32(stamp.window.days))
    header.append(stamp.sources)
    header.append(stamp.zones)
    header.append(
      ContentHash.joined(ContentHash.of(header.bytes), ContentHash.of(table.bytes)))
    var file = header.bytes + table.bytes
    file.reserveCapacity(length)
    for (start, section) in zip(offsets, sections) {
      file += Array(repeating: 0, count: start - file.count)
      file += section.bytes
    }
    return file
  }
}
