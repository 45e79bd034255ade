import ArgumentParser
import CSVTables
import Foundation
import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning

/// `calibrate --apply`: a new version of a bundle with delay laws learned from runs of its legs.
struct LegLawOptions: ParsableArguments {
  @Option(help: "Write a new bundle with laws learned from runs of legs (leg,departed,arrived).")
  var apply: String?

  @Option(help: "With --apply: the network they are legs of.")
  var network = "world"

  @Option(help: "With --apply: version of the new bundle; default the old one and -learned.")
  var bundleVersion: String?

  func run(_ files: [String], now: Instant, isQuiet: Bool) throws {
    guard let apply else { return }
    let runs = try read(files)
    guard let first = runs.map(\.departed).min(), let last = runs.map(\.arrived).max() else {
      Streams.complain("error TW-HIS-015: no run of a leg in \(files.joined(separator: ", "))")
      throw ExitStatus.data
    }
    // The timetable is written out for the days of the runs.
    let days = Int(last.minutes(since: first) / 1440) + 30
    let source = try NetworkSource(name: network, now: first, cache: nil, days: days)
    let bundle = try source.planner().bundle
    var learned = LegRuns(bundle)
    for run in runs where run.arrived <= now { learned.add(run) }
    let future = runs.count { $0.arrived > now }
    let end = CivilDate(days: Int(last.minutes / 1440))
    let revisions = learned.revisions(through: end)
    let version = bundleVersion ?? bundle.manifest.version + "-learned"
    let old: BundleFiles
    do {
      old = try BundleFiles.read(directory: source.directory)
    } catch {
      Streams.complain("error TW-HIS-016: \(source.directory): cannot be read: \(error)")
      throw ExitStatus.missing
    }
    guard let new = old.revised(revisions, version: version, from: bundle.manifest.version) else {
      Streams.complain(
        "error TW-HIS-017: \(version) is no version, or the bundle cannot be rewritten")
      throw ExitStatus.data
    }
    try write(new, to: apply)
    if !isQuiet {
      Streams.complain(
        "held back: \(learned.unknown) runs of unknown legs, \(learned.impossible) impossible, "
          + "\(future) in the future")
    }
    Streams.out(
      "\(apply): version \(version), \(revisions.count) legs with laws from \(learned.count) runs\n"
    )
  }

  private func read(_ files: [String]) throws -> [LegRuns.Run] {
    var runs: [LegRuns.Run] = []
    var findings: [Finding] = []
    for path in files {
      let bytes = try InputFiles.readUnpacked(path)
      guard let table = CSVTable.parse(bytes, file: path, findings: &findings) else { continue }
      var reader = CSVColumns(
        table, required: ["leg", "departed", "arrived"], warnsAboutUnknown: false)
      if reader.isUsable {
        for row in 0..<table.rowCount {
          let expected = "a moment in UTC, 2026-11-20T17:30Z"
          let time = { (text: String) in try? Instant(rfc3339: text) }
          guard let leg = reader.requiredText(row, "leg"),
            let departed = reader.word(row, "departed", expected: expected, time),
            let arrived = reader.word(row, "arrived", expected: expected, time)
          else { continue }
          runs.append(LegRuns.Run(leg: leg, departed: departed, arrived: arrived))
        }
      }
      findings += reader.findings
    }
    for finding in findings { Streams.complain(finding.description) }
    if findings.contains(where: { $0.severity == .error }) { throw ExitStatus.data }
    return runs
  }

  private func write(_ files: BundleFiles, to folder: String) throws {
    let target = URL(fileURLWithPath: folder, isDirectory: true)
    do {
      try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
      for name in files.names {
        try Data(files.contents[name] ?? []).write(
          to: target.appendingPathComponent(name), options: .atomic)
      }
    } catch {
      Streams.complain("error TW-CLI-069: \(folder): cannot be written")
      throw ExitStatus.missing
    }
  }
}
