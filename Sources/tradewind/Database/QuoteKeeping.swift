import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning
import ShipmentStore

/// Quotes as they are kept: the versions of the network they came from, and their bytes.
struct QuoteKeeping {
  private let network: NetworkPlanner
  /// Versions of that network.
  let versions: QuoteVersions
  private let validity: Int64
  private let merchant: String

  init(_ source: NetworkSource, _ network: NetworkPlanner, validity: Int64, merchant: String) throws
  {
    self.network = network
    self.validity = validity
    self.merchant = merchant
    versions = try QuoteKeeping.versions(source, network)
    do throws(ShipmentFault) {
      try StoredText.check(merchant, "merchant", limit: BookingOrder.greatestText)
    } catch {
      Streams.complain(error.description)
      throw ExitStatus.usage
    }
  }

  /// The versions of a network loaded from a folder.
  static func versions(
    _ source: NetworkSource, _ network: NetworkPlanner
  ) throws -> QuoteVersions {
    do {
      return QuoteVersions(network, files: try BundleFiles.read(directory: source.directory))
    } catch {
      Streams.complain("error TW-CLI-067: \(source.directory) cannot be read any more")
      throw ExitStatus.missing
    }
  }

  /// The bytes that are kept, and printed for `--json`: everything, for whoever moves the goods.
  static func text(_ quote: Quote, _ network: NetworkPlanner) throws -> String {
    try JSONText.pretty(QuoteDocument(quote, network: network)) + "\n"
  }

  /// A quote to be kept.
  func saved(_ quote: Quote) throws -> SavedQuote {
    SavedQuote(
      quote, on: network, versions: versions, validity: validity, merchant: merchant,
      document: try QuoteKeeping.text(quote, network))
  }
}
