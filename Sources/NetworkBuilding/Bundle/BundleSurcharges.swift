import CSVTables
import LogisticsModel

extension WorldDraft {
  private static let columns = [
    "surcharge", "kind", "scope", "key", "goods", "min_weight_g", "max_weight_g", "min_edge_cm",
    "max_edge_cm", "min_second_edge_cm", "min_girth_cm", "valid_from", "valid_to", "unit", "amount",
    "currency", "basis", "source",
  ]

  /// Surcharges: the real ones of the bulk cards, whose amounts come from `surcharges.csv` and whose conditions the
  /// assumptions spell out column by column, and assumed ones with dates.
  mutating func addSurcharges() {
    var file = CSVWriter(WorldDraft.columns)
    for entry in assume.tables("surcharges") {
      var amount = entry.text("amount", ifMissing: "")
      var currency = entry.text("currency", ifMissing: "")
      var basis = Basis.assumed
      var source = "assumptions surcharges"
      if entry.has("condition") {
        let condition = entry.text("condition")
        guard let row = tables.surcharges.first(where: { $0.condition == condition }) else {
          entry.unknown("condition", "no row of surcharges.csv has the condition \"\(condition)\"")
          continue
        }
        (amount, currency, basis) = (row.amount, row.currency, .real)
        source = "surcharges.csv: \(condition)"
      }
      let keys = entry.texts("keys", ifMissing: [""])
      for key in keys {
        let id = key.isEmpty || keys.count == 1 ? entry.text("id") : "\(entry.text("id"))-\(key)"
        let limits = [
          "min_weight_g", "max_weight_g", "min_edge_cm", "max_edge_cm", "min_second_edge_cm",
          "min_girth_cm",
        ].map { entry.has($0) ? "\(entry.integer($0))" : "" }
        let dates = entry.has("periods") ? entry.texts("periods") : [""]
        for (index, period) in dates.enumerated() {
          let ends = period.split(separator: "/").map(String.init)
          file.append(
            [
              dates.count > 1 ? "\(id)-\(index + 1)" : id, entry.text("kind"), entry.text("scope"),
              key, entry.texts("goods", ifMissing: []).joined(separator: "+"),
            ] + limits + [
              ends.first ?? "", ends.count > 1 ? ends[1] : "", entry.text("unit"), amount, currency,
              basis.word, source,
            ])
        }
      }
    }
    bundle.plainFiles["surcharges.csv"] = file.text
    addRestrictions()
  }

  /// What services refuse, with the reason shown to the user.
  private mutating func addRestrictions() {
    var file = CSVWriter([
      "restriction", "scope", "key", "goods", "battery", "max_weight_g", "max_edge_cm",
      "max_sum_cm", "from", "to", "reason", "source",
    ])
    for entry in assume.tables("restrictions") {
      let keys = entry.texts("keys", ifMissing: [""])
      for key in keys {
        file.append([
          keys.count == 1 ? entry.text("id") : "\(entry.text("id"))-\(key)", entry.text("scope"),
          key, entry.texts("goods", ifMissing: []).joined(separator: "+"),
          entry.texts("battery", ifMissing: []).joined(separator: "+"),
          entry.has("max_weight_g") ? "\(entry.integer("max_weight_g"))" : "",
          entry.has("max_edge_cm") ? "\(entry.integer("max_edge_cm"))" : "",
          entry.has("max_sum_cm") ? "\(entry.integer("max_sum_cm"))" : "",
          entry.text("from", ifMissing: ""), entry.text("to", ifMissing: ""), entry.text("reason"),
          entry.text("source"),
        ])
      }
    }
    bundle.plainFiles["restrictions.csv"] = file.text
  }
}
