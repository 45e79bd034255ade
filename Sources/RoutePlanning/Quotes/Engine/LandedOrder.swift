public import LogisticsModel
import RouteGraph
import Synchronization
public import Tariffs

/// What a basket holds and on what terms it is sold, read once for any number of quick quotes.
public struct LandedOrder: Sendable {
  /// The lines, at least one; orders of more than ``greatestLineCount`` are left to the slow path.
  public let lines: [OrderLine]
  /// What a look-up reads of it.
  let head: Head
  private let memory: Lines

  /// Most lines of an order that a ``LandedReader`` prices.
  public static let greatestLineCount = 8

  private static let orders = Atomic<UInt64>(0)

  /// Reads an order.
  ///
  /// - Parameters:
  ///   - lines: at least one.
  ///   - programmes: those the seller is registered for; words no rule knows have no effect.
  ///   - subdivision: state or province, the second part of its ISO 3166-2 code.
  ///   - network: whose rules know the programmes.
  public init(
    _ lines: [OrderLine], programmes: Set<String> = [], subdivision: String? = nil,
    on network: NetworkPlanner
  ) {
    precondition(!lines.isEmpty, "an order has a line")
    self.lines = lines
    let words = network.tariff.imports.programmes
    var bits: UInt64 = 0
    for (bit, word) in words.enumerated() where programmes.contains(word) {
      bits |= 1 << UInt64(bit)
    }
    memory = Lines(lines)
    head = Head(
      lines: memory, programmes: bits, programmeWords: LandedOrder.fingerprint(words),
      subdivision: subdivision.map { ImportTerms.subdivisionKey($0) },
      number: LandedOrder.orders.add(1, ordering: .relaxed).newValue)
  }

  static func fingerprint(_ words: [String]) -> UInt64 {
    SnapshotStamp.fingerprint(of: words.joined(separator: " "))
  }
}

/// A quick quote with what each of its options costs at hand.
public struct LandedQuote: BitwiseCopyable, Sendable {
  /// The winners, or why there are none.
  public var quote: QuickQuote
  /// Landed total of each winner, or its refusal; nil: the slow path is to be asked.
  public var economy: ImportPricer.Total?
  /// Likewise.
  public var standard: ImportPricer.Total?
  /// Likewise.
  public var premium: ImportPricer.Total?

  /// A quote nothing is known of beside the freight.
  public init(_ quote: QuickQuote) { self.quote = quote }
}
