/// Prices of the classes of one block, for one thread.
///
/// Bound relied on: as many places as ``EngineTables/scratchCount`` of the tables it is used with.
struct QuoteScratch: ~Copyable {
  private let places: UnsafeMutablePointer<Int64>

  init(_ count: Int) {
    places = UnsafeMutablePointer<Int64>.allocate(capacity: max(count, 1))
    places.initialize(repeating: 0, count: max(count, 1))
  }

  deinit { places.deallocate() }

  @inline(__always)
  borrowing func answer(
    _ question: borrowing NetworkPlanner.Question, _ tables: EngineTables
  ) -> QuickQuote {
    tables.answer(question, scratch: places)
  }
}
