import TestSupport
import Testing

@testable import RoutePlanning

/// What is laid out is read back, also where a row has more candidates than a word has bits.
@Suite struct SegmentDraftTests {
  @Test("candidates, boarding minutes and lists come back as they were, 1 to 200 in a row")
  func roundTrip() throws {
    var random = SeededGenerator(seed: 3)
    for count in [1, 7, 8, 9, 63, 64, 65, 127, 128, 129, 200] {
      var draft = SegmentDraft(start: 0)
      let isOpen = count % 2 == 1
      var row = SegmentDraft.Row(entries: [], isOpen: isOpen)
      for number in 0..<count {
        let made = draft.path([Int32(number / 3)], emission: 5, charges: [2, 7][...])
        let path = try #require(made)
        var promises = SIMD4<Int32>()
        for level in 0..<4 {
          promises[level] = Int32(random.integer(0...Int64(BlockLayout.greatestPromise)))
        }
        row.entries.append(
          SegmentDraft.Entry(
            path: path, lastLeg: UInt8(random.int(0...255)), promises: promises,
            from: isOpen ? UInt16(random.int(0...1439)) : 0))
      }
      let lists = lists(of: count, &random)
      row.lists = lists
      draft.append(0...1439, [nil, row])
      let segment = BlockSegment(draft.finished(classCount: 2))
      var stored = StoredRow()
      #expect(!segment.take(row: 0, of: 0, into: &stored))
      #expect(segment.take(row: 0, of: 1, into: &stored))
      #expect(stored.lists == lists && stored.isOpen == isOpen)
      #expect(stored.candidates.map(\.path) == row.entries.map(\.path))
      #expect(stored.candidates.map(\.lastLeg) == row.entries.map(\.lastLeg))
      #expect(stored.candidates.map(\.promises) == row.entries.map(\.promises))
      #expect(stored.candidates.map(\.from) == row.entries.map(\.from))
      #expect(segment.emission(ofPath: 0) == 5 && segment.legs(ofPath: 0) == [0])
    }
  }

  /// Some lists, and for each cell one of them.
  private func lists(of count: Int, _ random: inout SeededGenerator) -> Shortlisting.Lists {
    let words = (count + 63) / 64
    let number = random.int(1...9)
    var bits: [UInt64] = []
    for _ in 0..<number {
      for word in 0..<words {
        let left = count - 64 * word
        bits.append(random.next() & (left >= 64 ? .max : 1 << UInt64(left) - 1))
      }
    }
    let ofCell = (0..<Shortlisting.cellCount).map { _ in UInt8(random.int(0...number - 1)) }
    return Shortlisting.Lists(ofCell: ofCell, words: words, bits: bits)
  }

  @Test("a charge class beyond what two bytes number is no part of a path")
  func charges() {
    var draft = SegmentDraft(start: 0)
    let last = Int32(BlockLayout.greatestChargeCount - 1)
    #expect(draft.path([1], emission: 0, charges: [0, last + 1][...]) == nil)
    #expect(draft.path([1], emission: 0, charges: [0, last][...]) == 0)
    draft.append(0...1439, [SegmentDraft.Row(entries: [], isOpen: false)])
    // A width of two, and numbers from one: the last is all ones.
    let finished = draft.finished(classCount: 1)
    #expect(finished.signatures == [2, 1, 0xFFFF])
    #expect(finished.emissions == [0] && finished.signatureOf == [0])
  }

  @Test("paths that are charged alike share a signature; shorter ones are filled up with nothing")
  func signatures() {
    var draft = SegmentDraft(start: 0)
    #expect(draft.path([1], emission: 7, charges: [4, 9][...]) == 0)
    #expect(draft.path([2], emission: 8, charges: [3][...]) == 1)
    #expect(draft.path([3], emission: 9, charges: [4, 9][...]) == 2)
    #expect(draft.path([4], emission: 1, charges: []) == 3)
    let long = Array(repeating: Int32(1), count: BlockLayout.greatestWidth + 1)
    #expect(draft.path([5], emission: 1, charges: long[...]) == nil)
    draft.append(0...1439, [SegmentDraft.Row(entries: [], isOpen: false)])
    let finished = draft.finished(classCount: 1)
    #expect(finished.signatures == [2, 5, 10, 4, 0, 0, 0])
    #expect(finished.signatureOf == [0, 1, 0, 2] && finished.emissions == [7, 8, 9, 1])
  }
}
