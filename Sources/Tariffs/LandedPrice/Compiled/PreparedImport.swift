public import LogisticsModel

/// All of an import but its lines, in the numbers of compiled rules: what the hot path fills in from tables of its own.
public struct ImportTerms: BitwiseCopyable, Hashable, Sendable {
  /// Country of the consignee, by ``CountrySet/position(of:)``.
  public var destination: Int32
  /// Country in which the goods are cleared, likewise.
  public var entry: Int32
  /// Country the parcel leaves, likewise.
  public var dispatch: Int32
  /// State or province, by ``subdivisionKey(_:)``; nothing where ``hasSubdivision`` is false.
  public var subdivision: UInt32
  /// Whether a state or province is known.
  public var hasSubdivision: Bool
  /// Channel.
  public var channel: ImportChannel
  /// Programmes the seller is registered for, by ``ImportPricer/programmes(_:)``.
  public var programmes: UInt64
  /// Weight of all parcels.
  public var grams: Int64
  /// Number of parcels.
  public var parcels: Int64

  /// The terms of one parcel, by numbers.
  public init(
    destination: Int32, subdivision: UInt32?, entry: Int32, dispatch: Int32,
    channel: ImportChannel, programmes: UInt64, grams: Int64, parcels: Int64 = 1
  ) {
    self.destination = destination
    self.subdivision = subdivision ?? 0
    hasSubdivision = subdivision != nil
    self.entry = entry
    self.dispatch = dispatch
    self.channel = channel
    self.programmes = programmes
    self.grams = grams
    self.parcels = parcels
  }

  init(_ order: ImportOrder, programmes: UInt64) {
    self.init(
      destination: Int32(CountrySet.position(of: order.destination)),
      subdivision: order.subdivision.map { ImportTable.key($0) },
      entry: Int32(CountrySet.position(of: order.entry)),
      dispatch: Int32(CountrySet.position(of: order.dispatch)), channel: order.channel,
      programmes: programmes, grams: order.weight.value, parcels: Int64(order.parcels))
  }

  /// A state's or province's code in one number.
  public static func subdivisionKey(_ code: String) -> UInt32 { ImportTable.key(code) }
}

/// An order made ready once for many prices: everything that depends neither on freight nor on the day.
public final class PreparedImport: Sendable {
  let order: PreparedOrder
  private let memory: OrderMemory

  init(_ order: PreparedOrder, in memory: OrderMemory) {
    self.order = order
    self.memory = memory
  }

  deinit { memory.deallocate() }
}

/// One thread's place for an order made ready, filled again and again without allocating.
///
/// Serves one pricer after another only where they were derived from one (``ImportPricer/init(_:tender:)``).
public final class ImportScratch {
  /// The order last made ready; nil: none, or the last one was refused.
  var order: PreparedOrder?
  var memory: OrderMemory

  /// Most lines of an order.
  public var lineCapacity: Int { memory.capacity }

  /// Makes room for orders of so many lines.
  public init(lineCapacity: Int = 8) { memory = OrderMemory(capacity: lineCapacity) }

  deinit { memory.deallocate() }
}

extension ImportPricer {
  /// Makes an order ready; refused where its currencies have no rate into the quote's.
  ///
  /// - Complexity: O(lines x log lines + currencies of the order x currencies of the rules)
  public func prepare(_ order: ImportOrder) -> Result<PreparedImport, Refusal> {
    var memory = OrderMemory(capacity: order.lines.count)
    do throws(LineFault) {
      let terms = ImportTerms(order, programmes: programmes(order.programmes))
      return .success(
        PreparedImport(try fill(&memory, order.lines.span, terms), in: memory))
    } catch {
      memory.deallocate()
      return .failure(Refusal(error.stop.code, rule: "\(error.currency)/\(quote) on \(tender)"))
    }
  }

  /// Makes an order ready in memory of the caller's, without allocating unless a currency is not expected.
  ///
  /// - Parameters:
  ///   - lines: as many as the scratch has room for, at most.
  ///   - terms: everything else.
  ///   - scratch: keeps the order for ``total(_:freight:clearing:entry:channel:)``.
  /// - Returns: why it is refused; nil where it is ready.
  /// - Complexity: O(lines x log lines + currencies of the order)
  public func prepare(
    _ lines: Span<OrderLine>, _ terms: ImportTerms, in scratch: ImportScratch
  ) -> Refusal.Code? {
    do throws(LineFault) {
      scratch.order = try fill(&scratch.memory, lines, terms)
      return nil
    } catch {
      scratch.order = nil
      return error.stop.code
    }
  }

  /// Programmes as the terms of an import name them; words that no rule knows have no bit.
  public func programmes(_ words: Set<String>) -> UInt64 {
    guard !words.isEmpty else { return 0 }
    var bits: UInt64 = 0
    for (bit, word) in table.programmes.enumerated() where words.contains(word) {
      bits |= 1 << UInt64(bit)
    }
    return bits
  }
}
