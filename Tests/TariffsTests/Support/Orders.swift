import LogisticsModel
import Testing

@testable import Tariffs

/// Orders for tests, short to write.
enum Orders {
  /// One line for each `HS:quantity:unit value`, dispatched from China by courier, 480 g.
  static func order(
    _ destination: String, _ lines: [String] = ["851830:1:40"], _ currency: Currency = .eur,
    channel: ImportChannel = .courier, subdivision: String? = nil
  ) throws -> ImportOrder {
    try ImportOrder(
      destination: try #require(Country(code: destination)), subdivision: subdivision,
      dispatch: try #require(Country(code: "CN")), channel: channel,
      lines: try lines.map { text in
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return try OrderLine(
          code: parts[0].isEmpty ? nil : try HSCode(parts[0]),
          quantity: try #require(Int64(parts[1])), unitValue: try Money(parts[2], currency),
          origin: parts.count > 3 ? Country(code: parts[3]) : nil)
      }, weight: Grams(480))
  }
}
