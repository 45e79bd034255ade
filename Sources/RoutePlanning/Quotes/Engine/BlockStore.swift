import LogisticsModel
import RouteGraph

/// Which segment: an origin, a day, and all that decides what is in it.
struct SegmentKey {
  let name: String
  let file: SegmentFile

  init(_ frame: EngineFrame, origin: Int, day: Int) {
    let scope = frame.scope
    let first = LocalTime(minutes: scope.minutes(ofDay: day).lowerBound).date
    let topology = frame.network.bundle.topology
    let made = SnapshotStamp(
      window: TimetableWindow(first: first, days: 1), sources: frame.fingerprint, zones: 0)
    let origin = frame.origins[origin]
    file = SegmentFile(
      stamp: made.joining(UInt64(bitPattern: Int64(origin.rawValue))),
      bounds: SegmentBounds(
        legCount: topology.legCount, chargeClassCount: frame.charges.classes.count,
        lastLegCounts: frame.destinations.representatives.map {
          topology.incoming.legs(of: $0).count
        }))
    name = "\(origin.rawValue)-\(first).blocks"
  }
}

/// A folder of segment files, shared by every process that runs the same version of a network.
///
/// Files are written beside and renamed, mapped read-only and never changed, so readers need no lock and share one copy in
/// memory. A file that is damaged, cut short, older or made from something else is told by its checksums and stamp; it is
/// built again and replaced.
public struct BlockStore: Sendable {
  /// The folder; it is made when the first segment is written.
  public let directory: String

  /// A store in a folder.
  public init(directory: String) { self.directory = directory }

  /// Whether what is found is copied into large pages of this process.
  ///
  /// Off: files stay mapped, so that all processes of a host share them, in small pages. Copies take as much memory again
  /// as the files, and are looked up as fast as blocks just built.
  public var copiesIntoMemory = false

  /// A segment that holds blocks for all the classes asked for; nil: there is none.
  func segment(
    _ key: SegmentKey, holding classes: [Int], _ report: inout EngineBuilder.Report
  ) -> BlockSegment? {
    let path = "\(directory)/\(key.name)"
    do throws(SnapshotFault) {
      let segment = try key.file.segment(at: path)
      let isWhole = classes.allSatisfy { segment.index[$0] != BlockLayout.absent }
      return isWhole ? segment : nil
    } catch {
      if error != .missing { report.refused.append(error.finding(file: path).description) }
      return nil
    }
  }

  /// Writes a segment; what cannot be written is reported, and built again next time.
  func write(_ segment: BlockSegment, _ key: SegmentKey, _ report: inout EngineBuilder.Report) {
    let path = "\(directory)/\(key.name)"
    do throws(SnapshotFault) {
      try SnapshotStore.write(key.file.bytes(of: segment), to: path)
    } catch {
      report.refused.append(error.finding(file: path).description)
    }
  }
}
