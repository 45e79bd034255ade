/// One row of a segment searched again, for some of its destination classes, without reference to the search.
struct RenewedRow: Sendable {
  /// A path from the origin to the tail of the last leg.
  struct Path: Sendable {
    let legs: [Int32]
    let emission: Int64
    let clearance: PathClearance
  }

  /// Ready minutes of the row.
  let readies: ClosedRange<Int64>
  var paths: [Path] = []
  /// Charge classes of each signature, ascending.
  var signatures: [[Int32]] = []
  /// By destination class; paths and signatures are those above. A class whose candidates do not fit is missing.
  var rows: [Int: SegmentDraft.Row] = [:]
}
