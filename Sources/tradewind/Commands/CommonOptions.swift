import ArgumentParser
import Fulfilment
import Glibc
import LogisticsModel
import RouteGraph
import RoutePlanning

/// Flags every command that reads a network shares.
struct NetworkOptions: ParsableArguments {
  @Option(help: "Network: a name under config/networks (world, demo) or a folder.")
  var network: String?

  @Option(help: "Pin the clock, RFC 3339 with offset: 2026-11-20T09:00:00+08:00.")
  var now: String?

  @Option(help: "Settings file; default config/tradewind.toml.")
  var config: String?

  @Flag(help: "Nothing on standard error but errors.")
  var quiet = false

  @Flag(help: "Say on standard error where network and time went.")
  var verbose = false

  func validate() throws {
    if quiet, verbose { throw ValidationError("--quiet and --verbose exclude each other") }
  }

  /// File and environment with this command's flags laid over.
  func settings() throws -> Settings {
    var settings = try Settings.load(file: config)
    if let network { settings.network = .init(value: network, origin: .flag("--network")) }
    return settings
  }

  /// The pinned clock, or the system's, rounded up to the minute.
  func clock() throws -> Instant {
    guard let now else {
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      return Instant(minutes: (Int64(time.tv_sec) + 59) / 60)
    }
    return try checked { () throws(RequestFault) in try RequestText.instant(now) }
  }

  /// Loads the network these flags name.
  ///
  /// The timetable is written out around the clock; a ready time outside that window is planned all the same,
  /// from a timetable written out around it (without a snapshot, hence slower). So is a date to plan
  /// backwards from.
  func source(
    _ settings: Settings, ready: QuoteRequest.ReadyTime? = nil, through date: CivilDate? = nil
  ) throws -> NetworkSource {
    let now = try clock()
    let first = ready?.approximateMinutes ?? now.minutes
    let last = max(first, date.map { Int64($0.days + 1) * 1440 } ?? first)
    // A day either side: a local time is known to its zone's offset only.
    let end = last + 1440 + SearchRequest.usualHorizon
    let name = settings.network.value
    let usual = TimetableWindow(around: now)
    var source: NetworkSource
    if first - 1440 >= usual.start, end < usual.end {
      source = try NetworkSource(name: name, now: now, cache: Home.cache(settings.cache.value))
    } else {
      let start = TimetableWindow(around: Instant(minutes: first)).first
      let days = max(TimetableWindow.usualDays, Int(end / 1440) + 1 - Int(start.days))
      source = try NetworkSource(name: name, now: Instant(minutes: first), cache: nil, days: days)
    }
    source.isQuiet = quiet
    source.isVerbose = verbose
    if verbose {
      Narration.note(
        "network \(source.directory), named by \(settings.network.origin.text); timetable of "
          + "\(source.days) days around \(source.now.rfc3339())")
    }
    return source
  }
}

/// What a parcel is, as flags.
struct ParcelOptions: ParsableArguments {
  @Option(help: "Size with unit: 20x15x8cm (also mm, in).")
  var dims: String?

  @Option(help: "Goods class: general, battery, liquid, textile.")
  var goods = "general"

  @Option(help: "Declared value with currency: 40EUR. Some rate cards need it.")
  var value: String?

  func parcel(weight: String) throws -> Parcel {
    try checked { () throws(RequestFault) in
      try RequestText.parcel(weight: weight, dims: dims, goods: goods, value: value)
    }
  }
}

extension QuoteRequest.ReadyTime {
  /// Minutes since the epoch, to within a zone's offset.
  fileprivate var approximateMinutes: Int64 {
    switch self {
    case .instant(let instant): instant.minutes
    case .local(let local): local.minutes
    }
  }
}
