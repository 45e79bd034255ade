public import LogisticsModel

/// One consignment as customs see it: where it goes, how it comes in, and what is in it.
///
/// The parcels of one consignment are declared together. Orders that travel as separate parcels are separate
/// consignments: assess each by itself.
public struct ImportOrder: Hashable, Sendable {
  /// Country of the consignee: its taxes and fees are due.
  public var destination: Country
  /// State or province by the second part of its ISO 3166-2 code (`ON`, `TX`), where known.
  public var subdivision: String?
  /// Country in which the goods are cleared.
  public var entry: Country
  /// Country the parcel leaves: the origin of every line that names none.
  public var dispatch: Country
  /// Channel.
  public var channel: ImportChannel
  /// Programmes the seller is registered for, by the words the rules use (`ioss`, `remessa_conforme`).
  public var programmes: Set<String>
  /// The lines.
  public var lines: [OrderLine]
  /// Actual weight of all parcels.
  public var weight: Grams
  /// How many parcels the consignment travels in.
  public var parcels: Int

  /// As many lines as an order may have.
  public static let greatestLineCount = 1000

  /// Makes an order; refuses one without lines, with more than ``greatestLineCount``, without weight, or in no parcel.
  public init(
    destination: Country, subdivision: String? = nil, entry: Country? = nil, dispatch: Country,
    channel: ImportChannel, programmes: Set<String> = [], lines: [OrderLine], weight: Grams,
    parcels: Int = 1
  ) throws(MeasureFault) {
    func fault(_ value: String, _ reason: String, _ advice: String) -> MeasureFault {
      MeasureFault(
        code: MeasureFault.Code.orderMalformed, subject: "order", value: value, reason: reason,
        advice: advice)
    }
    guard (1...ImportOrder.greatestLineCount).contains(lines.count) else {
      throw fault(
        "\(lines.count) lines", "is not within 1...\(ImportOrder.greatestLineCount) lines",
        "name what is in it, one line for each kind of goods")
    }
    guard weight.value > 0 else { throw fault("\(weight)", "has no weight", "write its weight") }
    guard (1...lines.count * Int(OrderLine.greatestQuantity)).contains(parcels) else {
      throw fault("\(parcels) parcels", "is in no parcel", "write how many parcels it is in")
    }
    self.destination = destination
    self.subdivision = subdivision
    self.entry = entry ?? destination
    self.dispatch = dispatch
    self.channel = channel
    self.programmes = programmes
    self.lines = lines
    self.weight = weight
    self.parcels = parcels
  }
}
