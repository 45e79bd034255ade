import ArgumentParser
import Glibc
import LogisticsModel
import PostgresClient
import RouteGraph
import RoutePlanning

/// `tradewind doctor`: whether everything is here, and where each setting comes from.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check the installation and show where every setting comes from.",
    discussion: """
      Exit 0 when quotes can be made, 78 when something is missing.

      Examples:
        tradewind doctor
        TRADEWIND_NETWORK=demo tradewind doctor
      """)

  @OptionGroup var options: NetworkOptions

  func run() throws {
    var isWell = true
    func line(_ isGood: Bool, _ name: String, _ value: String) {
      Streams.out("\(isGood ? "ok  " : "BAD ") \(name): \(value)\n")
      if !isGood { isWell = false }
    }
    line(true, "tradewind", Version.text)
    let settings = try options.settings()
    Streams.out("settings (flag > environment > file > default)\n")
    var table = TextTable(["  ", "SETTING", "VALUE", "FROM"], [.left, .left, .left, .left])
    table.append(["  ", "network", settings.network.value, settings.network.origin.text])
    table.append([
      "  ", "quote_validity_minutes", "\(settings.quoteValidity.value)",
      settings.quoteValidity.origin.text,
    ])
    table.append([
      "  ", "service_level", settings.serviceLevel.value, settings.serviceLevel.origin.text,
    ])
    table.append([
      "  ", "max_legs", "\(settings.greatestLegs.value)", settings.greatestLegs.origin.text,
    ])
    let cache = Home.cache(settings.cache.value)
    table.append(["  ", "cache", cache, settings.cache.origin.text])
    table.append([
      "  ", "lazy_memory", settings.lazyMemory.value?.text ?? "0", settings.lazyMemory.origin.text,
    ])
    let address = try DatabaseAddress(settings)
    table.append(["  ", "database", try doctored(address), address.origin.text])
    table.append([
      "  ", "data", try Home.data(settings.data.value), settings.data.origin.text,
    ])
    Streams.out(table.text)
    let zones = SystemZones()
    line(
      zones.bytes(of: "Europe/Madrid") != nil, "time zones",
      zones.bytes(of: "Europe/Madrid") != nil
        ? zones.directory : "\(zones.directory) has no Europe/Madrid; install tzdata")
    let isCached =
      InputFiles.isDirectory(cache) ? access(cache, W_OK) == 0 : mkdir(cache, 0o755) == 0
    line(true, "cache folder", isCached ? cache : "\(cache) is not writable: every start reads CSV")
    do {
      let source = try options.source(settings)
      let loaded = try NetworkLoading.load(
        directory: source.directory, now: source.now, cache: source.cache)
      let errors = loaded.findings.filter { $0.severity == .error }
      if let planner = loaded.planner, errors.isEmpty {
        let bundle = planner.bundle
        line(
          true, "network",
          "\(bundle.manifest.label) in \(source.directory): \(bundle.nodes.count) nodes, "
            + "\(bundle.legs.count) legs, \(bundle.timetable.departureCount) departures")
      } else {
        line(false, "network", "\(errors.count) errors; run: tradewind network validate")
      }
    } catch {
      line(false, "network", "\(settings.network.value) cannot be loaded")
    }
    line(true, "database", database(address))
    if !isWell { throw ExitStatus.configuration }
  }

  /// Where the database is, without password; nothing is connected or started.
  private func doctored(_ address: DatabaseAddress) throws -> String {
    switch address.server {
    case .own: "private server"
    case .named(let conninfo):
      (try? ConnectionSettings(conninfo).address()) ?? "not understood by libpq"
    }
  }

  /// What can be said of it without a connection.
  ///
  /// Quotes need none, so nothing here is amiss.
  private func database(_ address: DatabaseAddress) -> String {
    guard case .own(let cluster, let folder) = address.server else {
      return "named by \(address.origin.text); run: tradewind db status"
    }
    let status = cluster.status()
    if let refusal = status.refusal { return "\(refusal)" }
    return "private server in \(folder): "
      + (status.state == .absent ? "made when it is needed" : status.state.rawValue)
  }
}

/// `tradewind version`.
struct VersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version", abstract: "Print the version.",
    discussion: """
      Examples:
        tradewind version
        tradewind --version
      """)

  func run() throws { Streams.out(Version.text + "\n") }
}

/// The version of this build; CHANGELOG.md tells what is in it.
enum Version {
  static let text = "tradewind 0.1.0"
}
