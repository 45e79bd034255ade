import ArgumentParser
import LogisticsModel
import WarehousePlacement

/// `tradewind place`: where to open warehouses, with a proof of how good the answer is.
struct PlaceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "place",
    abstract: "Choose which warehouses to open, with a bound that proves how good the choice is.",
    discussion: """
      With --demand and --skus: which goods to keep at which site of a network, by
      real plans (config/placement/FORMAT.md). With --instance: a public instance.
      Both write a certificate that --verify checks; Ctrl-C prints the best so far.
      Exit 3 where no plan exists, 4 where a certificate does not hold.

      Examples:
        tradewind place --network world --demand demand.csv --skus skus.csv
        tradewind place --instance capa.txt --format orlib-cap --capacity 8000 --json
      """)

  @Option(help: "Instance file; gzip is unpacked.")
  var instance: String?

  @Option(
    help: "orlib-pmed|cap, tsplib, holmberg, simple-ufl, tradewind.",
    transform: PlaceCommand.format)
  var format: PlacementFormat?

  @Option(
    help: "median, uncapacitated, capacitated, single-source, center, covering, maximum-coverage.",
    transform: PlaceCommand.kind)
  var kind: PlacementKind?

  @Option(name: [.customLong("p")], help: "Sites to open (median), or at most (other kinds).")
  var sites: Int?

  @Option(help: "Capacity of every site, in place of the file's.")
  var capacity: Int64?

  @Option(
    help: "As far as a site covers (covering kinds, --share).")
  var reach: String?

  @Option(help: "Part of all demand within --reach: 0.95.")
  var share: String?

  @Option(help: "What opening sites may cost in all.")
  var budget: String?

  @Option(help: "Sites that must be open, by number (3,5) or node.")
  var open: String?

  @Option(help: "Sites that must stay closed: 7,8.")
  var close: String?

  @Option(help: ArgumentHelp("Sites to start from: 1,4,9.", visibility: .hidden))
  var start: String?

  @Option(help: "Seconds after which the best plan so far is printed.")
  var timeLimit: Double?

  @Option(help: ArgumentHelp("Seed of every random choice.", visibility: .hidden))
  var seed: UInt64 = 1

  @Option(help: "Where to write the certificate.")
  var certificate: String?

  @Option(help: "Check a certificate instead.")
  var verify: String?

  @Flag(help: "What deciding each site the other way would cost.")
  var why = false

  @OptionGroup var site: SiteOptions

  @OptionGroup var stock: StockOptions

  @OptionGroup var output: OutputOptions

  @OptionGroup var options: NetworkOptions

  func validate() throws {
    let wanted = [verify, instance, stock.demand].count { $0 != nil }
    if wanted == 0 || verify == nil && wanted > 1 {
      throw ValidationError("--demand FILE with --skus FILE, --instance FILE, or --verify CERT")
    }
    if instance != nil, verify == nil, format == nil {
      throw ValidationError("--instance needs --format")
    }
    if (stock.demand == nil) != (stock.skus == nil) {
      throw ValidationError("--demand and --skus go together")
    }
    if instance == nil, site.least != nil || site.levels != nil || site.scenarios != nil {
      throw ValidationError("--least, --levels and --scenarios go with --instance")
    }
    if stock.demand == nil, output.csv || output.jsonl {
      throw ValidationError("--csv and --jsonl go with --demand")
    }
    if let timeLimit, !(timeLimit > 0 && timeLimit < 1e9) {
      throw ValidationError("--time-limit is a positive number of seconds")
    }
  }

  func run() throws {
    if let verify {
      try CertificateCheck(path: verify, instance: instance, json: output.json).run()
    } else if let demand = stock.demand, let skus = stock.skus {
      try NetworkPlacement(command: self, demand: demand, skus: skus).run()
    } else if let instance, let format {
      try solve(instance, format)
    }
  }

  private func solve(_ path: String, _ format: PlacementFormat) throws {
    let begin = Clock.nanoseconds()
    let bytes = try InputFiles.readUnpacked(path)
    let table: SiteTable
    do throws(InstanceRefused) {
      table = try format.read(bytes, file: path, spread: PlacementRun.spread)
    } catch {
      for finding in error.findings { Streams.complain(finding.description) }
      throw ExitStatus.data
    }
    let asked = kind ?? format.usualKind
    // The file's p is meant for the questions that cannot do without a number of sites.
    let needsSites = [.median, .center, .maximumCoverage].contains(asked)
    var question = PlacementQuestion(
      kind: asked, sites: sites ?? (needsSites ? table.sitesWanted : nil), capacity: capacity,
      forcedOpen: try numbers(open, "--open"), forcedClosed: try numbers(close, "--close"),
      reach: try units(reach, "--reach", table.days == nil ? table.decimals : 0),
      budget: try units(budget, "--budget", table.decimals),
      share: try units(share, "--share", 6), least: site.least)
    question.levels = try site.levels(for: table)
    let scenarios = try site.scenarios(for: table)
    if let fault = question.fault(in: table) ?? scenarios?.fault(question, table) {
      Streams.complain("error \(PlacementCodes.parameter): \(path): \(fault)")
      throw ExitStatus.usage
    }
    let startSites = try numbers(start, "--start")
    for site in startSites where !(1...table.siteCount).contains(site) {
      Streams.complain("error \(PlacementCodes.parameter): --start: there is no site \(site)")
      throw ExitStatus.usage
    }
    var run = PlacementRun(
      path: path, bytes: bytes, format: format, table: table, question: question, begin: begin)
    run.timeLimit = timeLimit
    run.seed = seed
    run.warmStart = startSites.isEmpty ? nil : startSites.map { $0 - 1 }
    run.isQuiet = options.quiet
    run.scenarios = scenarios
    run.asksWhy = why
    let report = try run.solve(certificate: certificate)
    Streams.out(output.json ? try JSONText.pretty(report) + "\n" : report.text)
    if report.value == nil { throw ExitStatus.refused }
  }

  static func format(_ text: String) throws -> PlacementFormat {
    guard let format = PlacementFormat(rawValue: text) else {
      let known = PlacementFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("\"\(text)\" is no format; there are \(known)")
    }
    return format
  }

  static func kind(_ text: String) throws -> PlacementKind {
    guard let kind = PlacementKind(rawValue: text) else {
      let known = PlacementKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("\"\(text)\" is no kind of question; there are \(known)")
    }
    return kind
  }

  private func numbers(_ text: String?, _ option: String) throws -> [Int] {
    guard let text else { return [] }
    return try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let number = Int(part) else {
        throw ValidationError("\(option): \"\(part)\" is not a site's number")
      }
      return number
    }
  }

  /// A number from 0 on in units of so many decimals.
  private func units(_ text: String?, _ option: String, _ decimals: Int) throws -> Int64? {
    guard let text else { return nil }
    do {
      if let units = try DecimalText(text).value(places: decimals), units >= 0,
        option != "--share" || units <= 1_000_000
      {
        return units
      }
    } catch {}
    throw ValidationError(
      "\(option): \"\(text)\" is not a number from 0 on with at most \(decimals) decimals"
        + (option == "--share" ? ", up to 1" : ""))
  }
}

extension PlacementFormat {
  /// What instances of this format are mostly asked.
  var usualKind: PlacementKind {
    switch self {
    case .orlibMedian, .tsplib: .median
    case .orlibWarehouses: .capacitated
    case .holmberg: .singleSource
    case .simpleFacilities, .tradewind: .uncapacitated
    }
  }
}
