public import LogisticsModel
public import RouteGraph
public import RoutePlanning

/// Which versions of the data a quote was made from.
///
/// Each is the content fingerprint of files (64 bits, made to notice change, not to withstand forgery), so a folder that
/// was copied, touched or cloned is the same version, and one changed digit is another.
public struct QuoteVersions: Hashable, Sendable {
  /// The bundle's label, such as `world@2026.11.1`.
  public let bundle: String
  /// Fingerprint of all files of the bundle and of the time zones it uses.
  public let network: UInt64
  /// Fingerprint of the rules: duty, tax, fees, customs unions, channels, restrictions, acceptance, tiers.
  public let rules: UInt64
  /// Fingerprint of the calendars and their dates.
  public let calendars: UInt64

  /// Versions as stored.
  public init(bundle: String, network: UInt64, rules: UInt64, calendars: UInt64) {
    self.bundle = bundle
    self.network = network
    self.rules = rules
    self.calendars = calendars
  }

  /// The versions of a bundle in memory.
  ///
  /// - Parameters:
  ///   - network: what was loaded from the files.
  ///   - files: the files.
  public init(_ network: NetworkPlanner, files: BundleFiles) {
    func fingerprint(_ names: [String]) -> UInt64 {
      SnapshotStamp.fingerprint(
        of: BundleFiles(contents: files.contents.filter { names.contains($0.key) }))
    }
    self.init(
      bundle: network.bundle.manifest.label,
      network: network.fingerprint == 0
        ? SnapshotStamp.fingerprint(of: files) : network.fingerprint,
      rules: fingerprint([
        "acceptance.csv", "customs_unions.csv", "duty_rules.csv", "fees.csv", "import_channels.csv",
        "restrictions.csv", "tax_rules.csv", "tiers.csv",
      ]), calendars: fingerprint(["calendars.csv", "calendar_dates.csv"]))
  }
}

/// What a quote was made from, word for word: versions of the data, the clock, and the request.
///
/// Its ``basis`` is stored with the quote; the receipt a customer sees is the SHA-256 of it. Two quotes with one basis are
/// byte for byte the same, so a stored quote can be made again and compared.
public struct QuoteReceipt: Hashable, Sendable {
  /// The data.
  public let versions: QuoteVersions
  /// The clock, and how long the quote holds.
  public let asOf: Instant
  /// Minutes it holds at most.
  public let validity: Int64
  /// The request.
  public let request: QuoteRequest

  /// What a quote was made from.
  public init(versions: QuoteVersions, asOf: Instant, validity: Int64, request: QuoteRequest) {
    self.versions = versions
    self.asOf = asOf
    self.validity = validity
    self.request = request
  }

  /// Lines of `key=value`, the first naming the form.
  public var basis: String {
    let head = [
      QuoteReceipt.form, "bundle=\(versions.bundle)",
      "network=\(QuoteReceipt.hex(versions.network))",
      "rules=\(QuoteReceipt.hex(versions.rules))",
      "calendars=\(QuoteReceipt.hex(versions.calendars))", "as_of=\(asOf.rfc3339())",
      "validity_minutes=\(validity)",
    ]
    return (head + RequestWords.lines(of: request)).joined(separator: "\n") + "\n"
  }

  /// Reads a basis.
  ///
  /// - Throws: a ``RequestFault`` (`TW-REQ-114`) naming the line that is missing or unreadable.
  public init(basis: String) throws(RequestFault) {
    var values: [String: [String]] = [:]
    var lines = basis.split(separator: "\n")[...]
    guard lines.popFirst() == QuoteReceipt.form[...] else {
      throw QuoteReceipt.fault("its first line is not \(QuoteReceipt.form)")
    }
    for line in lines {
      guard let equals = line.firstIndex(of: "=") else {
        throw QuoteReceipt.fault("\"\(line.prefix(60))\" is no key=value")
      }
      values[String(line[..<equals]), default: []].append(
        String(line[line.index(after: equals)...]))
    }
    func one(_ key: String) throws(RequestFault) -> String {
      guard let value = values[key]?.first else { throw QuoteReceipt.fault("\(key) is missing") }
      return value
    }
    func fingerprint(_ key: String) throws(RequestFault) -> UInt64 {
      guard let value = UInt64(try one(key), radix: 16) else {
        throw QuoteReceipt.fault("\(key) is no fingerprint")
      }
      return value
    }
    guard let validity = Int64(try one("validity_minutes")) else {
      throw QuoteReceipt.fault("validity_minutes is no number")
    }
    self.init(
      versions: QuoteVersions(
        bundle: try one("bundle"), network: try fingerprint("network"),
        rules: try fingerprint("rules"), calendars: try fingerprint("calendars")),
      asOf: try RequestText.instant(one("as_of")), validity: validity,
      request: try RequestWords.request(values))
  }

  /// What has changed since, in the words of the basis; empty: nothing.
  public func changes(to now: QuoteVersions) -> [String] {
    var changed: [String] = []
    if versions.bundle != now.bundle { changed.append("bundle") }
    if versions.rules != now.rules { changed.append("rules") }
    if versions.calendars != now.calendars { changed.append("calendars") }
    // All files: what is left when the others are the same.
    if versions.network != now.network { changed.append("network") }
    return changed
  }

  private static let form = "tradewind-receipt-1"

  private static func hex(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  static func fault(_ reason: String) -> RequestFault {
    RequestFault(
      code: RequestFault.storedQuote, message: "the stored receipt cannot be read: \(reason)",
      advice: "it was written by another version of tradewind: quote it again")
  }
}
