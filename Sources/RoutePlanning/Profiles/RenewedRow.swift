/// One row of a segment searched again, for some of its destination classes, without reference to the search.
struct RenewedRow: Sendable {
  /// A path from the origin to the tail of the last leg.
  struct Path: Sendable {
    let legs: [Int32]
    let emission: Int64
    let charges: [Int32]
    let clearance: PathClearance
  }

  /// The candidates of one destination class.
  struct Row: Sendable {
    /// In the order of ``LawOrder``: position in the old row, or, inverted, in `added`.
    var order: [Int32] = []
    /// Those that are new; their paths are the renewed row's.
    var added: [SegmentDraft.Entry] = []
    var isOpen = false
    var lists: Shortlisting.Lists?
  }

  /// Of what is new.
  var paths: [Path] = []
  /// One for each of the classes wanted; nil where its candidates do not fit.
  var rows: [Row?] = []
}
