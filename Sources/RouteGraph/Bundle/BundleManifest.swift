public import LogisticsModel

/// What `bundle.json` says of the bundle as a whole.
public struct BundleManifest: Hashable, Sendable {
  /// Where a file comes from.
  public struct Source: Hashable, Sendable {
    /// The file, as a path in the sources folder.
    public let file: String
    /// What it is.
    public let title: String
    /// Under what terms.
    public let licence: String
    /// From whom, when, how.
    public let provenance: String

    /// Makes a source.
    public init(file: String, title: String, licence: String, provenance: String) {
      self.file = file
      self.title = title
      self.licence = licence
      self.provenance = provenance
    }
  }

  /// Name, such as `world`.
  public let name: String
  /// Version, such as `2026.11.1`.
  public let version: String
  /// ISO 4217 code freight is summed in unless a request names another.
  public let currency: String
  /// First day the data is meant for; nil: since ever.
  public let validFrom: CivilDate?
  /// Last day the data is meant for; nil: for ever.
  public let validTo: CivilDate?
  /// Where the data comes from.
  public let sources: [Source]

  /// Makes a manifest.
  public init(
    name: String, version: String, currency: String, validFrom: CivilDate? = nil,
    validTo: CivilDate? = nil, sources: [Source] = []
  ) {
    self.name = name
    self.version = version
    self.currency = currency
    self.validFrom = validFrom
    self.validTo = validTo
    self.sources = sources
  }

  /// `world@2026.11.1`, as quotes name the bundle.
  public var label: String { "\(name)@\(version)" }
}
