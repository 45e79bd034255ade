/// The layout of a snapshot file.
///
///     0   magic, 8 bytes              40  first day of the window, Int32
///     8   format version, UInt32      44  days of the window, Int32
///     12  byte order mark, UInt32     48  fingerprint of the bundle's files, UInt64
///     16  length of the file, UInt64  56  fingerprint of the zone files, UInt64
///     24  number of sections, UInt32  64  checksum of the header and the section table, UInt64
///     28  reserved, 12 bytes, zero    72  section table
///
/// A table entry is a name (32 bytes, padded with zeros), offset, length and checksum (UInt64 each). Sections
/// begin at multiples of 64 and hold columns as they lie in memory; hence the byte order mark.
enum SnapshotFormat {
  static let magic: [UInt8] = Array("TWNETSNP".utf8)
  /// Raised whenever a section changes its meaning, or the code that fills it does.
  static let version: UInt32 = 2
  static let byteOrderMark: UInt32 = 0x0102_0304
  static let headerSize = 72
  static let entrySize = 56
  static let nameSize = 32
  static let alignment = 64
  static let greatestSections = 1000

  /// The first place at or after an offset where a section may begin.
  static func aligned(_ offset: Int) -> Int { (offset + alignment - 1) / alignment * alignment }
}

/// What a snapshot was made from: it is fresh only while all of this is unchanged.
public struct SnapshotStamp: Hashable, Sendable {
  /// The days the timetable is written out for.
  public var window: TimetableWindow
  /// Fingerprint of the names and bytes of the bundle's files.
  public var sources: UInt64
  /// Fingerprint of the zone files used.
  public var zones: UInt64

  /// Makes a stamp.
  public init(window: TimetableWindow, sources: UInt64, zones: UInt64) {
    self.window = window
    self.sources = sources
    self.zones = zones
  }

  /// One number for files and zones, whatever the days.
  public var fingerprint: UInt64 { ContentHash.joined(sources, zones) }

  /// The stamp with another number joined to its sources: of what else something was made from.
  public func joining(_ value: UInt64) -> SnapshotStamp {
    SnapshotStamp(window: window, sources: ContentHash.joined(sources, value), zones: zones)
  }

  /// Fingerprint of a text.
  public static func fingerprint(of text: String) -> UInt64 { ContentHash.of(text) }

  /// Fingerprint of a bundle's files.
  public static func fingerprint(of files: BundleFiles) -> UInt64 {
    files.names.reduce(UInt64(files.contents.count)) { hash, name in
      let content = ContentHash.of(files.contents[name] ?? [])
      return ContentHash.joined(ContentHash.joined(hash, ContentHash.of(name)), content)
    }
  }

  /// Fingerprint of the files of these zones.
  public static func fingerprint(ofZones names: [String], in system: SystemZones) -> UInt64 {
    names.reduce(UInt64(names.count)) { hash, name in
      let content = system.bytes(of: name).map { ContentHash.of($0) } ?? 0
      return ContentHash.joined(ContentHash.joined(hash, ContentHash.of(name)), content)
    }
  }
}
