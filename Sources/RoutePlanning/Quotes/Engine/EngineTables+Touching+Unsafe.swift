import LogisticsModel
import Tariffs

/// Reads a word of each line of memory that answering will want, pass by pass: what a pass reads tells where the next
/// has to look.
///
/// Bounds as for ``EngineTables``.
extension EngineTables {
  /// The index of the segment.
  @inline(__always)
  func touched(index place: Place) -> UInt64 {
    guard place.outcome == .answered, let segment = view(place.segment) else { return 0 }
    return UInt64(segment.index[place.destination])
  }

  /// The beginning of the block.
  @inline(__always)
  func touched(block place: Place) -> UInt64 {
    guard place.outcome == .answered, let block = view(place.segment)?.block(of: place.destination)
    else { return 0 }
    return UInt64(block.start.load(as: UInt32.self))
  }

  /// The beginning of the row with its lists.
  @inline(__always)
  func touched(
    _ row: RowView, _ question: borrowing NetworkPlanner.Question, _ options: LookUpOptions
  ) -> UInt64 {
    guard options.usesShortlists, row.hasLists else { return 0 }
    let band = min(WeightBands.band(of: question.parcel.weight.value), WeightBands.count &- 1)
    return row.list(ofCell: Shortlisting.cell(question.parcel.goods, band: band)).word(0)
  }

  /// The paths of the candidates on the list.
  @inline(__always)
  func touchedPaths(
    of row: RowView, at place: Place, _ question: borrowing NetworkPlanner.Question,
    _ options: LookUpOptions
  ) -> UInt64 {
    guard options.usesShortlists, row.hasLists, let segment = view(place.segment) else { return 0 }
    let band = min(WeightBands.band(of: question.parcel.weight.value), WeightBands.count &- 1)
    var rest = row.list(ofCell: Shortlisting.cell(question.parcel.goods, band: band)).word(0)
    var sum: UInt64 = 0
    while rest != 0 {
      let candidate = CandidateView(row, rest.trailingZeroBitCount)
      sum &+= segment.paths[segment.pathWidth &* candidate.path]
      rest &= rest &- 1
    }
    return sum
  }
}
