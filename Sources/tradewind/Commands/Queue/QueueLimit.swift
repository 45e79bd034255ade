import ArgumentParser
import JobQueue

/// `tradewind queue limit`: how much may run, over all workers.
struct QueueLimit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "limit", abstract: "Say or set how many jobs may run, and whose share is greater.",
    discussion: """
      Without flags it lists all limits; those of kinds are set by the program. A
      limit is of all jobs together, or of a tenant's in fair queues.

      Examples:
        tradewind queue limit --at-once 500
        tradewind queue limit --of-tenant 7 --per-minute 600 --weight 3
      """)

  @Option(help: "Of this tenant; else of all together.")
  var ofTenant: Int32?

  @Option(help: "So many at once.")
  var atOnce: Int32?

  @Option(help: "So many begin in a minute.")
  var perMinute: Int32?

  @Flag(help: "As many as there are.")
  var none = false

  @Option(help: "Jobs of the tenant for each of another, 1 to 100.")
  var weight: Int32?

  @OptionGroup var options: QueueOptions

  func validate() throws {
    if [atOnce != nil, perMinute != nil, none].filter({ $0 }).count > 1 {
      throw ValidationError("one of --at-once, --per-minute and --none")
    }
    if let number = atOnce ?? perMinute, number < 1 {
      throw ValidationError("a limit is 1 or more; to stop a queue, pause it")
    }
    if let weight {
      guard (1...100).contains(weight) else { throw ValidationError("--weight is within 1...100") }
      guard ofTenant != nil else { throw ValidationError("--weight needs --of-tenant") }
    }
    if ofTenant == 0 { throw ValidationError("tenants are numbered from 1") }
  }

  struct Entry: Encodable {
    let kind: String?
    let tenant: Int32?
    let at_once: Int32?
    let per_minute: Int32?
    let held: Int64
    let weight: Int32

    init(_ entry: JobDesk.LimitEntry) {
      kind = entry.kind
      tenant = entry.tenant
      if case .atOnce(let count) = entry.limit { at_once = count } else { at_once = nil }
      if case .perMinute(let count) = entry.limit { per_minute = count } else { per_minute = nil }
      held = entry.held
      weight = entry.weight
    }
  }

  func run() async throws {
    try await options.reach { reach in
      if none {
        try await reach.desk.setLimit(nil, ofTenant: ofTenant)
      } else if let atOnce {
        try await reach.desk.setLimit(.atOnce(atOnce), ofTenant: ofTenant)
      } else if let perMinute {
        try await reach.desk.setLimit(.perMinute(perMinute), ofTenant: ofTenant)
      }
      if let weight, let ofTenant { try await reach.desk.setWeight(weight, ofTenant: ofTenant) }
      let entries = try await reach.desk.limits().map { Entry($0) }
      Streams.out(options.json ? try JSONText.pretty(entries) + "\n" : Self.text(entries))
    }
  }

  static func text(_ entries: [Entry]) -> String {
    var table = TextTable(
      ["KIND", "TENANT", "AT ONCE", "HELD", "A MINUTE", "SHARE"],
      [.left, .right, .right, .right, .right, .right])
    for entry in entries {
      table.append([
        entry.kind ?? "all", entry.tenant.map { "\($0)" } ?? "all",
        entry.at_once.map { "\($0)" } ?? "", entry.at_once == nil ? "" : "\(entry.held)",
        entry.per_minute.map { "\($0)" } ?? "", entry.tenant == nil ? "" : "\(entry.weight)",
      ])
    }
    return table.text
  }
}
