import CSVTables
import Fulfilment
import LogisticsModel
import ShipmentStore

/// `coverage --unserved`: demand that was turned away, from stored refusals.
struct UnservedReport {
  let command: CoverageCommand
  let settings: Settings

  struct Entry: Encodable {
    let from: String
    let country: String
    let tier: String
    let code: String
    let rule: String
    let refusals: Int64
    let merchants: Int64
    let first_at: String
    let last_at: String
    let message: String

    init(_ found: ShipmentStore.UnservedDemand) {
      from = found.origin
      country = found.country
      tier = found.tier.isEmpty ? "all" : found.tier
      code = found.code
      rule = found.rule
      refusals = found.refusals
      merchants = found.merchants
      first_at = found.first.rfc3339()
      last_at = found.last.rfc3339()
      message = found.message
    }

    var cells: [String] {
      [
        from, country, tier, code, rule, "\(refusals)", "\(merchants)", first_at, last_at, message,
      ]
    }
  }

  func run() async throws {
    let now = try command.options.clock()
    let since = try checked { () throws(RequestFault) in
      let first =
        try command.since.map { (text) throws(RequestFault) in try RequestText.date(text) }
        ?? CivilDate(days: Int(now.minutes / 1440)).adding(days: -28)
      return Instant(minutes: Int64(first.days) * 1440)
    }
    let found = try await command.store.withStore(settings, isQuiet: command.options.quiet) {
      try await $0.unservedDemand(since: since)
    }.map { Entry($0) }
    var rows = CSVWriter([
      "from", "country", "tier", "code", "rule", "refusals", "merchants", "first_at", "last_at",
      "message",
    ])
    for entry in found { rows.append(entry.cells) }
    try command.output.write(json: found, jsonl: found, csv: rows, text: text(found))
  }

  private func text(_ found: [Entry]) -> String {
    var table = TextTable(
      ["REFUSED", "FROM", "TO", "TIER", "CODE", "RULE", "LAST"],
      [.right, .left, .left, .left, .left, .left, .left])
    for entry in found {
      table.append([
        "\(entry.refusals)", entry.from, entry.country, entry.tier, entry.code, entry.rule,
        entry.last_at,
      ])
    }
    return table.text
  }
}
