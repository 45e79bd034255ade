import CSVTables
import LogisticsModel

/// Which services bring goods in by the post: the one place that tells import channels apart.
///
/// Read from import_channels.csv. A service that does not stand there clears as a courier does.
public struct ImportChannels: Hashable, Sendable {
  private let channels: [String: ImportChannel]

  /// Everything comes by courier.
  public static let none = ImportChannels([:])

  init(_ channels: [String: ImportChannel]) { self.channels = channels }

  /// The channel a service stands for; nil where it has none of its own.
  public func channel(ofService service: String) -> ImportChannel? { channels[service] }

  /// The channel of goods that came over legs of these services, the leg that clears included.
  ///
  /// Goods enter as what carried them: the first service with a channel of its own decides.
  public func channel(services: some Sequence<String>) -> ImportChannel {
    for service in services {
      if let channel = channels[service] { return channel }
    }
    return .courier
  }
}

enum ImportChannelColumns {
  static let file = "import_channels.csv"
  static let required = ["service", "channel"]
  static let optional = ["source"]
}

extension ImportChannels {
  /// Reads import_channels.csv; a service stands there once.
  static func read(_ table: CSVTable, findings: inout [Finding]) -> ImportChannels {
    var columns = CSVColumns(
      table, required: ImportChannelColumns.required, optional: ImportChannelColumns.optional)
    defer { findings += columns.findings }
    guard columns.isUsable else { return .none }
    var channels: [String: ImportChannel] = [:]
    var seen: [String: Int] = [:]
    let words = ImportChannel.allCases.map(\.word).joined(separator: ", ")
    for row in 0..<table.rowCount {
      guard let service = columns.newID(row, "service", seen: &seen),
        let channel = columns.word(
          row, "channel", expected: "one of \(words)", { ImportChannel(word: $0) })
      else { continue }
      channels[service] = channel
    }
    return ImportChannels(channels)
  }
}
