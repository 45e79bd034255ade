import CPrefetch
import LogisticsModel

extension LandedOrder {
  /// What a look-up reads of an order: no reference is counted to copy it.
  ///
  /// Bound relied on: whoever holds the order holds its lines, and reads its head no longer than that.
  struct Head: BitwiseCopyable, @unchecked Sendable {
    private let first: UnsafePointer<OrderLine>
    /// Number of lines.
    let lineCount: Int
    /// Programmes as bits of the words the rules know.
    let programmes: UInt64
    /// Of those words: bits mean something under rules with the same words only.
    let programmeWords: UInt64
    /// State or province the order names; nil: the one its destination lies in counts.
    let subdivision: UInt32?
    /// Tells baskets apart, so that one made ready for a quote need not be made ready for the next.
    let number: UInt64

    init(
      lines: Lines, programmes: UInt64, programmeWords: UInt64, subdivision: UInt32?, number: UInt64
    ) {
      first = lines.first
      lineCount = lines.count
      self.programmes = programmes
      self.programmeWords = programmeWords
      self.subdivision = subdivision
      self.number = number
    }

    /// Asks for the memory of the lines.
    @inline(__always)
    func askLines() {
      let start = UnsafeRawPointer(first)
      let end = lineCount &* MemoryLayout<OrderLine>.stride
      for offset in stride(from: 0, to: end, by: 64) { prefetch_line(start + offset) }
    }

    /// Calls with the lines where they lie.
    @inline(__always)
    func withLines<Result>(_ body: (Span<OrderLine>) -> Result) -> Result {
      body(UnsafeBufferPointer(start: first, count: lineCount).span)
    }
  }

  /// The lines of an order where nothing counts references to them.
  final class Lines: @unchecked Sendable {
    let first: UnsafePointer<OrderLine>
    let count: Int

    /// A copy of some lines, at least one.
    init(_ lines: [OrderLine]) {
      let memory = UnsafeMutablePointer<OrderLine>.allocate(capacity: lines.count)
      memory.initialize(from: lines, count: lines.count)
      first = UnsafePointer(memory)
      count = lines.count
    }

    deinit {
      let memory = UnsafeMutablePointer(mutating: first)
      memory.deinitialize(count: count)
      memory.deallocate()
    }
  }
}
