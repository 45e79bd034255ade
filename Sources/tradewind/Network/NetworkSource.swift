import ArgumentParser
import CSVTables
import Glibc
import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs

/// Loads a network by name or folder and joins it with its tariff.
struct NetworkSource {
  /// Folder of the bundle.
  let directory: String
  /// The clock: it selects the window of days the timetable is written out for.
  let now: Instant
  /// Folder for snapshots; nil: none is used.
  let cache: String?
  /// Days the timetable is written out for.
  let days: Int
  /// Whether warnings are kept back.
  var isQuiet = false
  /// Whether it is told where the network came from, and how long that took.
  var isVerbose = false

  /// A name under `config/networks`, or a folder.
  init(
    name: String, now: Instant, cache: String?, days: Int = TimetableWindow.usualDays
  ) throws {
    let shipped = Home.path("config/networks/" + name)
    if name.contains("/") || name == "." {
      directory = name
    } else {
      directory = InputFiles.isDirectory(shipped) ? shipped : name
    }
    self.now = now
    self.cache = cache
    self.days = days
    guard InputFiles.isDirectory(directory) else {
      Streams.complain(
        "error TW-CLI-070: no network \(name): neither a folder nor a name under "
          + "\(Home.path("config/networks")); maybe world or demo")
      throw ExitStatus.missing
    }
  }

  private static func concernsAnswers(_ finding: Finding) -> Bool {
    finding.code == BundleCode.bundleOutOfDate
      || finding.code.hasPrefix(SnapshotFault.codePrefix) && finding.code != weekIsOver
  }

  /// The code of a snapshot whose days are not those asked for: once a week, every week, hence no news.
  private static let weekIsOver = "TW-SNP-010"

  /// The planner, or exit 65 with every finding on standard error.
  func planner() throws -> NetworkPlanner {
    let loaded = try NetworkLoading.load(
      directory: directory, now: now, cache: cache, days: days)
    if isVerbose { loaded.narrate() }
    let errors = loaded.findings.filter { $0.severity == .error }
    guard let planner = loaded.planner, errors.isEmpty else {
      for finding in errors { Streams.complain(finding.description) }
      throw ExitStatus.data
    }
    // A snapshot that was refused and a bundle out of date concern every answer; the other warnings are
    // those of `network validate`.
    for finding in loaded.findings where !isQuiet && NetworkSource.concernsAnswers(finding) {
      Streams.complain(finding.description)
    }
    return planner
  }
}

/// Loads a bundle, by its snapshot or from its files, and the tariff of the same folder.
enum NetworkLoading {
  /// What came of it.
  struct Loaded {
    let planner: NetworkPlanner?
    let findings: [Finding]
    /// One sentence on where the network came from.
    let account: String
    /// Nanoseconds the network took, and the tariff.
    let elapsed: (network: Int64, tariff: Int64)

    /// Tells where network and tariff came from, and how long each took.
    func narrate() {
      Narration.note("\(account) in \(Narration.milliseconds(elapsed.network))")
      guard let planner else { return }
      Narration.note(
        "tariff of \(planner.tariff.cards.families.count) rate cards read in "
          + Narration.milliseconds(elapsed.tariff))
    }
  }

  /// Loads; every finding of network and tariff is kept, whatever the first one was.
  ///
  /// Without a `cache` folder no snapshot is used: the files are read and checked in full.
  static func load(
    directory: String, now: Instant, cache: String?, days: Int = TimetableWindow.usualDays
  ) throws -> Loaded {
    var findings: [Finding] = []
    var network: LoadedNetwork?
    let start = Clock.nanoseconds()
    do throws(NetworkLoadFault) {
      network = try NetworkLoader(days: days).load(directory, now: now, cacheDirectory: cache)
      findings = network?.findings ?? []
    } catch {
      switch error {
      case .unreadable(let fault):
        let why =
          switch fault {
          case .missing: "no such folder"
          case .refused(_, let number): String(cString: strerror(number))
          }
        Streams.complain("error TW-CLI-067: \(directory) cannot be read: \(why)")
        throw ExitStatus.missing
      case .invalid(let found): findings = found
      }
    }
    let loaded = Clock.nanoseconds()
    let day = CivilDate(days: Int(now.minutes / 1440))
    let tariff = tariff(
      directory, network?.bundle.manifest.currency ?? "EUR", today: cache == nil ? day : nil,
      &findings)
    return Loaded(
      planner: network.map {
        NetworkPlanner(bundle: $0.bundle, tariff: tariff, fingerprint: $0.fingerprint)
      },
      findings: findings, account: network?.account ?? "network not loaded",
      elapsed: (loaded - start, Clock.nanoseconds() - loaded))
  }

  private static func tariff(
    _ directory: String, _ code: String, today: CivilDate?, _ findings: inout [Finding]
  ) -> Tariff {
    func table(_ name: String) -> CSVTable? {
      do throws(FileBytes.Fault) {
        let bytes = try FileBytes.read(directory + "/" + name)
        return CSVTable.parse(bytes, file: name, findings: &findings)
      } catch {
        // A missing file counts as empty, as everywhere in a bundle.
        if case .missing = error { return nil }
        findings.append(InputFiles.finding(error))
        return nil
      }
    }
    let tables = TariffTables { table($0) }
    let currency = Currency(code: code)
    if currency == nil {
      findings.append(
        Finding(
          code: "TW-CLI-071", file: BundleFiles.manifestName,
          message: "currency \(code) is not in ISO 4217"))
    }
    return Tariff.read(tables, currency: currency ?? .eur, today: today, findings: &findings)
  }
}
