public import LogisticsModel

/// A network with where it came from.
public struct LoadedNetwork: Sendable {
  /// Where a network came from.
  public enum Origin: Sendable {
    /// Mapped from a fresh snapshot.
    case snapshot(path: String)
    /// Read from the bundle's files, since the snapshot could not be used; and why it was written anew or not.
    case files(because: SnapshotFault?, written: String?)
  }

  /// The network.
  public let bundle: NetworkBundle
  /// Where it came from.
  public let origin: Origin
  /// Warnings: of the bundle when it was read from its files, of the snapshot when it was refused.
  public fileprivate(set) var findings: [Finding]
  /// Sections other modules keep in the snapshot, by name.
  public let extras: [String: FrozenColumn<UInt8>]
  /// Of the bundle's files and the zone files used: whatever is derived from the network holds while it is the same.
  public let fingerprint: UInt64

  /// One sentence for people.
  public var account: String {
    switch origin {
    case .snapshot(let path): "network mapped from \(path)"
    case .files(let because, let written):
      "network read from its files"
        + (because.map { ": \($0.message)" } ?? "")
        + (written.map { "; snapshot written to \($0)" } ?? "")
    }
  }
}

/// Why no network could be loaded.
public enum NetworkLoadFault: Error, Sendable {
  /// The folder or a file in it cannot be read.
  case unreadable(FileFault)
  /// The bundle is faulty; all findings, errors and warnings.
  case invalid([Finding])
}

/// Loads a network the fast way, by its snapshot, or the safe way, from its files.
///
/// A snapshot is used only while the bundle's files, the system's zone files and the week are those it was
/// made from; anything else about it that is not as it should be is a reason to read the files again.
public struct NetworkLoader: Sendable {
  /// What other modules keep beside the network: sections made from the same files.
  ///
  /// Returns their sections by name, and findings; an error among them makes the load fail.
  public typealias Extras =
    @Sendable (BundleFiles, NetworkBundle) -> (
      sections: [String: [UInt8]], findings: [Finding]
    )

  /// Zone files used.
  public var zones: SystemZones
  /// Days the timetable is written out for.
  public var days: Int
  /// Names of the sections other modules need, and what makes them.
  public var extraNames: [String]
  /// Makes the sections other modules need.
  public var extras: Extras?

  /// Makes a loader.
  public init(
    zones: SystemZones = SystemZones(), days: Int = TimetableWindow.usualDays,
    extraNames: [String] = [], extras: Extras? = nil
  ) {
    self.zones = zones
    self.days = days
    self.extraNames = extraNames
    self.extras = extras
  }

  /// Loads the bundle of a folder.
  ///
  /// - Parameters:
  ///   - directory: The bundle's folder.
  ///   - now: The moment of asking; decides the days of the timetable.
  ///   - cacheDirectory: Where snapshots are kept; nil: neither read nor written.
  /// - Returns: The network, and where it came from.
  /// - Throws: What makes the bundle unusable; never a fault of the snapshot.
  public func load(
    _ directory: String, now: Instant, cacheDirectory: String?
  ) throws(NetworkLoadFault) -> LoadedNetwork {
    let files: BundleFiles
    do throws(FileFault) {
      files = try BundleFiles.read(directory: directory)
    } catch {
      throw .unreadable(error)
    }
    var network = try load(files, directory, now: now, cacheDirectory: cacheDirectory)
    network.findings += NetworkLoader.outOfDate(network.bundle.manifest, now: now)
    return network
  }

  /// A warning when the bundle is not meant for today (in UTC).
  static func outOfDate(_ manifest: BundleManifest, now: Instant) -> [Finding] {
    let today = LocalTime(minutes: now.minutes).date
    let message: String
    if let to = manifest.validTo, to < today {
      message = "the bundle's data end on \(to), before \(today): nothing can be promised from it"
    } else if let from = manifest.validFrom, today < from {
      message =
        "the bundle's data begin on \(from), after \(today): nothing ready before can be promised"
    } else {
      return []
    }
    return [
      Finding(
        .warning, code: BundleCode.bundleOutOfDate, file: BundleFiles.manifestName, message: message
      )
    ]
  }

  private func load(
    _ files: BundleFiles, _ directory: String, now: Instant, cacheDirectory: String?
  ) throws(NetworkLoadFault) -> LoadedNetwork {
    let window = TimetableWindow(around: now, days: days)
    let sources = SnapshotStamp.fingerprint(of: files)
    guard let cacheDirectory else {
      return try read(files, window: window, sources: sources, path: nil, because: nil)
    }
    let path = SnapshotStore.path(of: directory, in: cacheDirectory)
    do throws(SnapshotFault) {
      return try map(path, window: window, sources: sources)
    } catch {
      return try read(files, window: window, sources: sources, path: path, because: error)
    }
  }

  private func map(
    _ path: String, window: TimetableWindow, sources: UInt64
  ) throws(SnapshotFault) -> LoadedNetwork {
    let file = try SnapshotFile(path: path)
    let bundle = try NetworkSnapshot.decode(file)
    let stamp = SnapshotStamp(
      window: window, sources: sources,
      zones: SnapshotStamp.fingerprint(ofZones: bundle.zones.map(\.name), in: zones))
    try file.checkFresh(stamp)
    var extras: [String: FrozenColumn<UInt8>] = [:]
    for name in extraNames {
      guard let section = file.section("x." + name) else { throw .inconsistent(section: name) }
      extras[name] = section
    }
    return LoadedNetwork(
      bundle: bundle, origin: .snapshot(path: path), findings: [], extras: extras,
      fingerprint: stamp.fingerprint)
  }

  private func read(
    _ files: BundleFiles, window: TimetableWindow, sources: UInt64, path: String?,
    because fault: SnapshotFault?
  ) throws(NetworkLoadFault) -> LoadedNetwork {
    let reading = NetworkBundle.read(files, zones: zones.catalogue(), window: window)
    guard let bundle = reading.bundle else { throw .invalid(reading.findings) }
    let made = extras?(files, bundle) ?? (sections: [:], findings: [])
    var findings = NetworkBundle.ordered(reading.findings + made.findings)
    guard !findings.contains(where: { $0.severity == .error }) else { throw .invalid(findings) }
    let stamp = SnapshotStamp(
      window: window, sources: sources,
      zones: SnapshotStamp.fingerprint(ofZones: bundle.zones.map(\.name), in: zones))
    var written: String?
    if let path {
      if let fault, fault != .missing { findings.append(fault.finding(file: path)) }
      do throws(SnapshotFault) {
        try SnapshotStore.write(
          NetworkLoader.snapshot(of: bundle, stamp: stamp, extras: made.sections), to: path)
        written = path
      } catch {
        findings.append(error.finding(file: path))
      }
    }
    return LoadedNetwork(
      bundle: bundle, origin: .files(because: fault, written: written), findings: findings,
      extras: made.sections.mapValues { FrozenColumn($0) }, fingerprint: stamp.fingerprint)
  }

  /// The bytes of a network's snapshot.
  static func snapshot(
    of bundle: NetworkBundle, stamp: SnapshotStamp, extras: [String: [UInt8]] = [:]
  ) -> [UInt8] {
    var writer = SnapshotWriter()
    NetworkSnapshot.encode(bundle, into: &writer)
    for name in extras.keys.sorted() { writer.add("x." + name, extras[name] ?? []) }
    return writer.file(stamp: stamp)
  }
}
