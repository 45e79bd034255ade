import CSVTables
import LogisticsModel

extension WorldDraft {
  /// Tiers, the acceptance matrix and exchange rates.
  mutating func addTiersAndRates() {
    var tiers = CSVWriter(["tier", "objective", "value_of_hour", "currency"])
    var acceptance = CSVWriter(["tier", "goods", "accepted"])
    for tier in assume.tables("tiers") {
      tiers.append([
        tier.text("tier"), tier.text("objective"), tier.text("value_of_hour", ifMissing: ""),
        tier.text("currency", ifMissing: ""),
      ])
      let accepted = goods(tier, "goods")
      for goods in GoodsClass.allCases {
        acceptance.append([tier.text("tier"), goods.word, accepted.contains(goods) ? "1" : "0"])
      }
    }
    bundle.plainFiles["tiers.csv"] = tiers.text
    bundle.plainFiles["acceptance.csv"] = acceptance.text
    let first = assume.text("fx.first_date")
    let currencies = Set(tables.countries.map(\.currency))
    bundle.rates = tables.rates.filter {
      ($0.date.isEmpty || $0.date >= first)
        && ($0.base != "EUR" || currencies.contains($0.quote))
    }
  }

  /// The text of `bundle.json`.
  func bundleDescription() -> String {
    let scope = assume.scope("bundle")
    func quoted(_ text: String) -> String {
      let escaped = text.map { character -> String in
        switch character {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "\n": "\\n"
        default: String(character)
        }
      }
      return "\"\(escaped.joined())\""
    }
    var lines = ["{"]
    for key in ["name", "version", "currency", "valid_from", "valid_to"] {
      lines.append("  \"\(key)\": \(quoted(scope.text(key))),")
    }
    lines.append("  \"sources\": [")
    let sources = scope.tables("sources")
    for (index, source) in sources.enumerated() {
      let fields = ["file", "title", "licence", "provenance"].map {
        "\"\($0)\": \(quoted(source.text($0)))"
      }
      lines.append("    {\(fields.joined(separator: ", "))}\(index + 1 < sources.count ? "," : "")")
    }
    lines.append("  ]")
    lines.append("}")
    return lines.joined(separator: "\n") + "\n"
  }
}
