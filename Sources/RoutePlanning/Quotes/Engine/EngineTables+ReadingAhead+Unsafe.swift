import CPrefetch
import LogisticsModel
import Tariffs

/// Asks for the lines of memory that answering will want, pass by pass: what one pass reads, the pass before has asked for.
///
/// Nobody waits for a line asked for, so the misses of a whole group overlap. Bounds as for ``EngineTables``; asking
/// for a line beyond what is owned does nothing.
extension EngineTables {
  /// Where the segment says where the row is, and the destination's last legs.
  @inline(__always)
  func askIndex(
    _ place: Place, _ question: borrowing NetworkPlanner.Question, _ options: LookUpOptions
  ) {
    guard place.outcome == .answered, let segment = view(place.segment) else { return }
    if options.usesRowDirectory {
      prefetch_line(segment.rowIndex + (place.destination &* segment.rowCount &+ place.row))
    } else {
      prefetch_line(segment.index + place.destination)
    }
    prefetch_line(lastLegs + Int(destinations[question.destination.position].firstLeg))
  }

  /// Where the block says where the row is; nothing to ask where the directory told.
  @inline(__always)
  func askBlock(_ place: Place, _ options: LookUpOptions) {
    guard !options.usesRowDirectory, place.outcome == .answered,
      let block = view(place.segment)?.block(of: place.destination)
    else { return }
    prefetch_line(block.start + 4 &* place.row)
  }

  /// The beginning of the row: three lines hold most lists, some more most candidates.
  @inline(__always)
  func askRow(_ place: Place, lines: Int, _ options: LookUpOptions) {
    guard place.outcome == .answered, let segment = view(place.segment) else { return }
    let start =
      options.usesRowDirectory
      ? segment.rowStart(place.row, of: place.destination)
      : segment.block(of: place.destination)?.rowStart(place.row)
    guard let start else { return }
    for line in 0..<lines { prefetch_line(start + 64 &* line) }
  }

  /// The candidates on the list.
  @inline(__always)
  func askCandidates(
    of row: RowView, _ question: borrowing NetworkPlanner.Question, _ options: LookUpOptions
  ) {
    forEachListed(of: row, question, options) { prefetch_line($0.start) }
  }

  /// The signatures.
  @inline(__always)
  func askSignatures(
    of row: RowView, at place: Place, _ question: borrowing NetworkPlanner.Question,
    _ options: LookUpOptions
  ) {
    guard let segment = view(place.segment) else { return }
    forEachListed(of: row, question, options) {
      prefetch_line(segment.signature(of: $0))
    }
  }

  @inline(__always)
  private func forEachListed(
    of row: RowView, _ question: borrowing NetworkPlanner.Question, _ options: LookUpOptions,
    _ body: (CandidateView) -> Void
  ) {
    guard options.usesShortlists, row.hasLists else { return }
    let band = min(WeightBands.band(of: question.parcel.weight.value), WeightBands.count &- 1)
    let list = row.list(ofCell: Shortlisting.cell(question.parcel.goods, band: band))
    let candidates = row.candidates
    for word in 0..<list.wordCount {
      var rest = list.word(word)
      while rest != 0 {
        let position = word &* 64 &+ rest.trailingZeroBitCount
        body(CandidateView(start: candidates + BlockLayout.candidateSize &* position))
        rest &= rest &- 1
      }
    }
  }
}
