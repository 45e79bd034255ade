import Foundation
import LogisticsModel
import TestSupport
import Testing

@testable import RouteGraph

@Suite struct NetworkLoaderTests {
  /// A folder of its own, removed at the end.
  final class Folder {
    let path: String

    init() throws {
      path = NSTemporaryDirectory() + "tradewind-\(UUID().uuidString)"
      try FileManager.default.createDirectory(
        atPath: path + "/bundle", withIntermediateDirectories: true)
      for (name, text) in SmallBundle.texts { try write(name, text) }
    }

    func write(_ name: String, _ text: String) throws {
      try text.write(toFile: "\(path)/bundle/\(name)", atomically: true, encoding: .utf8)
    }

    var snapshot: String {
      get throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: path + "/cache")
        #expect(names.count == 1)
        return "\(path)/cache/\(try #require(names.first))"
      }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  let now: Instant = "2026-11-20T09:00Z"

  private func load(_ folder: Folder, now: Instant? = nil, zones: SystemZones = SystemZones())
    throws
    -> LoadedNetwork
  {
    try NetworkLoader(zones: zones).load(
      folder.path + "/bundle", now: now ?? self.now, cacheDirectory: folder.path + "/cache")
  }

  private func because(_ network: LoadedNetwork) -> SnapshotFault? {
    if case .files(let fault, _) = network.origin { return fault }
    return nil
  }

  private func isMapped(_ network: LoadedNetwork) -> Bool {
    if case .snapshot = network.origin { return true }
    return false
  }

  @Test func buildsThenMaps() throws {
    let folder = try Folder()
    #expect(because(try load(folder)) == .missing)
    let second = try load(folder)
    #expect(isMapped(second))
    #expect(second.bundle.legs.count == 6)
    #expect(second.account.hasPrefix("network mapped from "))
  }

  @Test func rebuildsWhenSourcesChange() throws {
    let folder = try Folder()
    _ = try load(folder)
    // Any file counts, also one that only another module reads.
    try folder.write("fx.csv", "date,base,quote,rate\n")
    #expect(because(try load(folder)) == .sourcesChanged)
    #expect(isMapped(try load(folder)))
    try folder.write("cities.csv", "country,city,node\nES,Madrid,Z-ES-28\n")
    let third = try load(folder)
    #expect(because(third) == .sourcesChanged)
    #expect(third.findings.map(\.code) == ["TW-SNP-009"])
    #expect(isMapped(try load(folder)))
  }

  @Test func rebuildsWhenTheWeekMoves() throws {
    let folder = try Folder()
    _ = try load(folder)
    #expect(isMapped(try load(folder, now: "2026-11-22T23:59Z")))
    #expect(
      because(try load(folder, now: "2026-11-23T00:00Z"))
        == .windowMoved(from: "2026-11-09", to: "2026-11-16"))
  }

  @Test func rebuildsWhenZonesChange() throws {
    let folder = try Folder()
    _ = try load(folder)
    let other = folder.path + "/zones"
    for zone in ["Asia/Shanghai", "Europe/Madrid"] {
      let path = "\(other)/\(zone)"
      try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        atPath: "/usr/share/zoneinfo/" + (zone == "Europe/Madrid" ? "Europe/Lisbon" : zone),
        toPath: path)
    }
    #expect(because(try load(folder, zones: SystemZones(directory: other))) == .zonesChanged)
  }

  @Test func rebuildsWhenDamaged() throws {
    let folder = try Folder()
    _ = try load(folder)
    let path = try folder.snapshot
    let good = try Data(contentsOf: URL(fileURLWithPath: path))
    var flipped = good
    flipped[good.count - 100] ^= 4
    let cases: [(Data, String)] = [
      (good.prefix(1000), "TW-SNP-003"), (Data(), "TW-SNP-003"), (flipped, "TW-SNP-007"),
      (Data(repeating: 65, count: 5000), "TW-SNP-004"),
    ]
    for (data, code) in cases {
      // In place, as damage comes; loaders only ever replace the file.
      try data.write(to: URL(fileURLWithPath: path))
      let network = try load(folder)
      #expect(because(network)?.code == code)
      #expect(network.findings.map(\.code) == [code])
      #expect(isMapped(try load(folder)))
    }
  }

  @Test func oldBundlesAreNamed() throws {
    let folder = try Folder()
    // Valid from 2026-01-01 to 2027-12-31; said each time, whether read or mapped.
    for _ in 0..<2 {
      let network = try load(folder, now: "2028-01-01T00:00Z")
      #expect(network.findings.contains { $0.code == "TW-BND-041" })
    }
    let early = try load(folder, now: "2025-12-31T23:59Z")
    #expect(early.findings.contains { $0.code == "TW-BND-041" })
    #expect(
      try load(folder, now: "2027-12-31T23:59Z").findings.allSatisfy { $0.code != "TW-BND-041" })
  }

  @Test func worksWithoutCache() throws {
    let folder = try Folder()
    let loader = NetworkLoader()
    let bundle = folder.path + "/bundle"
    let network = try loader.load(bundle, now: now, cacheDirectory: nil)
    #expect(network.bundle.nodes.count == 6)
    // A cache that cannot be written is a warning.
    let refused = try loader.load(bundle, now: now, cacheDirectory: "/proc/nowhere")
    #expect(refused.findings.map(\.code) == ["TW-SNP-012"])
  }

  @Test func faultyBundlesAreRefused() throws {
    let folder = try Folder()
    try folder.write("zones.csv", "country,prefix,node\nES,28,NOPE\n")
    do {
      _ = try NetworkLoader().load(folder.path + "/bundle", now: now, cacheDirectory: nil)
      Issue.record("loaded")
    } catch {
      guard case .invalid(let findings) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(findings.map(\.code) == ["TW-BND-017"])
    }
    #expect(throws: NetworkLoadFault.self) {
      try NetworkLoader().load(folder.path + "/nothing", now: now, cacheDirectory: nil)
    }
  }

  @Test func otherModulesKeepSections() throws {
    let folder = try Folder()
    var loader = NetworkLoader(extraNames: ["tariffs"])
    loader.extras = { files, _ in (["tariffs": files.contents["cities.csv"] ?? []], []) }
    let path = folder.path
    let built = try loader.load(path + "/bundle", now: now, cacheDirectory: path + "/cache")
    let mapped = try loader.load(path + "/bundle", now: now, cacheDirectory: path + "/cache")
    #expect(isMapped(mapped))
    let section = try #require(mapped.extras["tariffs"])
    #expect(Array(section.pointer) == Array(try #require(built.extras["tariffs"]).pointer))
    // A snapshot without the section needed is built again.
    loader.extraNames = ["tariffs", "duties"]
    let again = try loader.load(path + "/bundle", now: now, cacheDirectory: path + "/cache")
    #expect(because(again) == .inconsistent(section: "duties"))
  }

  @Test func zoneNamesStayInTheirFolder() {
    let zones = SystemZones()
    #expect(zones.bytes(of: "Europe/Madrid") != nil)
    for name in [
      "../../../etc/passwd", "/etc/passwd", "Europe/../Europe/Madrid", "", "Europe//Madrid",
      "Europe", "Europe/Madrid/", "Europe/Madrid\u{0}x", String(repeating: "a", count: 65),
    ] {
      #expect(zones.bytes(of: name) == nil, "\(name)")
    }
  }
}
