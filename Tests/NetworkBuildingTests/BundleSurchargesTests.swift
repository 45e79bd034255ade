import LogisticsModel
import Testing

/// Restrictions of the built world: every real card is bounded in size, by itself or by a stated assumption.
@Suite struct BundleSurchargesTests {
  private static func isBlank(_ row: [String: String], _ columns: [String]) -> Bool {
    columns.allSatisfy { (row[$0] ?? "").isEmpty }
  }

  /// Read as printed, a card without divisor and size limit sells a wardrobe for its grams.
  @Test func noRealCardTakesParcelsOfAnySize() {
    let restrictions = WorldFixture.rows("restrictions.csv")
    let capped = Set(
      restrictions.filter {
        $0["scope"] == "service" && ($0["goods"] ?? "").isEmpty
          && !($0["max_sum_cm"] ?? "").isEmpty && ($0["max_weight_g"] ?? "").isEmpty
      }.compactMap { $0["key"] })
    let open = Set(
      WorldFixture.rows("rate_cards.csv").filter {
        $0["basis"] == "real"
          && BundleSurchargesTests.isBlank(
            $0, ["max_sum_cm", "max_girth_cm", "divisor_cm3_per_kg"])
      }.compactMap { $0["card"] })
    #expect(open.contains("cainiao-standard-us"))
    var checked = 0
    for (id, leg) in WorldFixture.legs where open.contains(leg["card"] ?? "") {
      checked += 1
      #expect(capped.contains(leg["service"] ?? ""), "\(id)")
    }
    #expect(checked > 1000)
  }

  /// An assumption says so in its id and its source: both are shown to the user.
  @Test func assumedLimitsSaySo() {
    let assumed = WorldFixture.rows("restrictions.csv").filter {
      ($0["restriction"] ?? "").hasPrefix("assumed-")
    }
    #expect(assumed.count == 6 + 8 + 1)
    for row in assumed {
      #expect(row["source"]?.hasPrefix("assumption: ") == true, "\(row)")
      #expect(!(row["reason"] ?? "").isEmpty)
      // Edge and sum stand in rows of their own: a row refuses only where all its limits are exceeded.
      #expect((row["max_edge_cm"] ?? "").isEmpty != (row["max_sum_cm"] ?? "").isEmpty, "\(row)")
    }
  }
}
