import CSVTables
import LogisticsModel

/// Countries that are one territory for customs: goods cleared in one member move freely to the others.
///
/// Read from customs_unions.csv; a country that stands in no union is a territory of its own.
public struct CustomsUnions: Hashable, Sendable {
  private let unionOf: [String: String]
  private let members: [String: Set<String>]

  /// No unions: every country by itself.
  public static let none = CustomsUnions([:])

  init(_ unionOf: [String: String]) {
    self.unionOf = unionOf
    var members: [String: Set<String>] = [:]
    for (country, union) in unionOf { members[union, default: []].insert(country) }
    self.members = members
  }

  /// Every country goods cleared for `country` may be cleared in: the members of its union, or itself.
  public func territory(of country: String) -> Set<String> {
    unionOf[country].flatMap { members[$0] } ?? [country]
  }
}

enum CustomsUnionColumns {
  static let file = "customs_unions.csv"
  static let required = ["union", "country"]
  static let optional = ["source"]
}

extension CustomsUnions {
  /// Reads customs_unions.csv; a country stands in one union at most.
  static func read(_ table: CSVTable, findings: inout [Finding]) -> CustomsUnions {
    var columns = CSVColumns(
      table, required: CustomsUnionColumns.required, optional: CustomsUnionColumns.optional)
    defer { findings += columns.findings }
    guard columns.isUsable else { return .none }
    var unionOf: [String: String] = [:]
    var seen: [String: Int] = [:]
    for row in 0..<table.rowCount {
      guard let union = columns.requiredText(row, "union"),
        let country = columns.word(
          row, "country", expected: "a two-letter country code", { Country(code: $0) }),
        columns.newID(row, "country", seen: &seen) != nil
      else { continue }
      unionOf[country.code] = union
    }
    return CustomsUnions(unionOf)
  }
}
