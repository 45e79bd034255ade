import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

/// The words of events, and what is said of those the network has nothing for.
@Suite struct DisruptionTests {
  @Test(
    "a word is read as it is meant, and written so that it is read again",
    arguments: [
      (.cancel, "air@2026-11-24", .cancel(leg: "air", .init("2026-11-24"))),
      (.cancel, "a@b@2026-11-24T23:00", .cancel(leg: "a@b", .init("2026-11-24", "23:00"))),
      (.full, "air@2026-11-24", .full(leg: "air", .init("2026-11-24"))),
      (
        .delay, "air@2026-11-24:+4h",
        .delay(leg: "air", .init("2026-11-24"), minutes: 240, movesCutOff: false)
      ),
      (
        .delay, "air@2026-11-24T23:00:+1d2h30m:moved",
        .delay(leg: "air", .init("2026-11-24", "23:00"), minutes: 1590, movesCutOff: true)
      ),
      (
        .close, "H-MAD@2026-11-28", .close(node: "H-MAD", from: "2026-11-28", through: "2026-11-28")
      ),
      (
        .close, "NLRTM@2026-11-28..2026-12-02",
        .close(node: "NLRTM", from: "2026-11-28", through: "2026-12-02")
      ),
      (.restrict, "air@battery", .restrict(subject: "air", goods: .battery, over: nil)),
      (
        .restrict, "H-MAD@liquid+over:1.5kg",
        .restrict(subject: "H-MAD", goods: .liquid, over: Grams(1500))
      ),
      (
        .add, "air@2026-11-25T06:30",
        .add(leg: "air", departs: .local("2026-11-25T06:30"), duration: nil)
      ),
      (
        .add, "air@2026-11-25T06:30Z/10h",
        .add(leg: "air", departs: .instant("2026-11-25T06:30Z"), duration: 600)
      ),
    ] as [(Disruption.Kind, String, Disruption)])
  func words(_ kind: Disruption.Kind, _ word: String, _ meant: Disruption) throws {
    let read = try Disruption(word: word, of: kind)
    #expect(read == meant)
    #expect(read.kind == kind)
    #expect(try Disruption(word: read.description, of: kind) == meant)
  }

  @Test(
    "a word of another form is refused with the form",
    arguments: [
      (.cancel, "air"), (.cancel, "@2026-11-24"), (.cancel, "air@"), (.cancel, "air@2026-02-30"),
      (.cancel, "air@2026-11-24T25:00"), (.full, "air@24.11.2026"), (.delay, "air@2026-11-24"),
      (.delay, "air@2026-11-24:4h"), (.delay, "air@2026-11-24:+"), (.delay, "air@2026-11-24:+0h"),
      (.delay, "air@2026-11-24:+4"), (.delay, "air@2026-11-24:+4h5"), (.delay, "air@:+4h"),
      (.delay, "air@2026-11-24:+61d"), (.delay, "air@2026-11-24:+99999999999999999999h"),
      (.delay, "air@2026-11-24:+-4h"), (.close, "H@2026-11-24.."), (.close, "H@..2026-11-24"),
      (.close, "H@2026-11-24..2026-11-23"), (.restrict, "H@"), (.restrict, "H@gold"),
      (.restrict, "H@battery+liquid"), (.restrict, "H@over:"), (.restrict, "H@over:10"),
      (.add, "air@2026-11-24"), (.add, "air@2026-11-24T10:00/"), (.add, "air@2026-11-24T10:00/0m"),
    ] as [(Disruption.Kind, String)])
  func malformed(_ kind: Disruption.Kind, _ word: String) {
    #expect {
      try Disruption(word: word, of: kind)
    } throws: { error in
      guard let fault = error as? DisruptionFault else { return false }
      return (fault.code == DisruptionFault.malformed || fault.code.hasPrefix("TW-REQ-"))
        && fault.message.contains("--\(kind.rawValue)") && !fault.advice.isEmpty
    }
  }

  @Test(
    "an event the network has nothing for is left out, with a code and what to do",
    arguments: [
      (.cancel, "aer@2026-11-24", "TW-DIS-002", "maybe air"),
      (.cancel, "nowhere@2026-11-24", "TW-DIS-002", "quote --json"),
      (.close, "H-MED@2026-11-24", "TW-DIS-003", "maybe H-MAD"),
      (.restrict, "NLRTN@battery", "TW-DIS-003", "maybe NLRTM"),
      // The sailing leaves on Thursdays.
      (.cancel, "sea@2026-11-27", "TW-DIS-004", "it does on 2026-11-26 and on 2026-12-03"),
      (.delay, "sea@2026-11-27:+4h", "TW-DIS-004", "it does on 2026-11-26 and on 2026-12-03"),
      (.full, "air@2026-11-24T22:00", "TW-DIS-004", "that day it does at 23:00"),
      (.cancel, "clear-lgg@2026-11-28", "TW-DIS-004", "it does on 2026-11-27 and on 2026-11-30"),
      (.cancel, "clear-lgg@2026-11-27T09:00", "TW-DIS-004", "leave out the clock time"),
      (.cancel, "air@2031-01-01", "TW-DIS-005", "--now"),
      (.close, "H-MAD@2025-01-01..2025-01-02", "TW-DIS-005", "--now"),
      (.add, "air@2031-01-01T10:00", "TW-DIS-005", "--now"),
      (.delay, "clear-lgg@2026-11-27:+1h", "TW-DIS-006", "--cancel clear-lgg@DATE"),
      (.full, "lm-28@2026-11-27", "TW-DIS-006", "--close"),
      (.add, "lm-28@2026-11-27T10:00", "TW-DIS-006", "--close"),
    ] as [(Disruption.Kind, String, String, String)])
  func faults(_ kind: Disruption.Kind, _ word: String, _ code: String, _ advice: String) throws {
    let bundle = try LoadedNetworks.demo.get().bundle
    let disruption = try Disruption(word: word, of: kind)
    let sound = Disruption.cancel(leg: "air", .init("2026-11-24"))
    let effect = DisruptionOverlay([disruption, sound]).applied(to: bundle)
    #expect(effect.faults.map(\.position) == [0])
    let fault = try #require(effect.faults.first?.fault)
    #expect(fault.code == code)
    #expect(fault.message.contains(word.prefix { $0 != "@" }), "\(fault)")
    #expect(fault.advice.contains(advice), "\(fault)")
    // The other event holds all the same.
    #expect(effect.concerned.map(\.count) == [0, 1])
    #expect(effect.changes.count == 1)
  }

  @Test("a UN/LOCODE that two nodes share names them, one that a single node has is that node")
  func codes() throws {
    let folder = LoadedNetworks.folder("demo")
    var texts = try BundleFiles.read(directory: folder).contents.mapValues {
      String(decoding: $0, as: UTF8.self)
    }
    texts["nodes.csv"] = texts["nodes.csv"]?.replacing(
      "Europe/Brussels,,\n", with: "Europe/Brussels,BELGG,\n")
    let bundle = try LoadedNetworks.planner(BundleFiles(texts: texts)).bundle
    let shared = DisruptionOverlay([
      .close(node: "BELGG", from: "2026-11-24", through: "2026-11-24")
    ]).applied(to: bundle)
    #expect(shared.faults.map(\.fault.code) == [DisruptionFault.ambiguousNode])
    #expect(shared.faults.first?.fault.advice.contains("A-LGG, C-LGG") ?? false)
    func effect(_ name: String) -> [LegChange] {
      DisruptionOverlay([.close(node: name, from: "2026-11-24", through: "2026-11-24")])
        .applied(to: bundle).changes
    }
    #expect(effect("NLRTM") == effect("P-RTM"))
    #expect(!effect("NLRTM").isEmpty)
  }

  @Test("an overlay is numbered, keeps each event once, and takes events back")
  func versions() {
    let cancel = Disruption.cancel(leg: "air", .init("2026-11-24"))
    let full = Disruption.full(leg: "air", .init("2026-11-25"))
    let first = DisruptionOverlay([cancel, full, cancel])
    #expect(DisruptionOverlay.none.version == 0)
    #expect(first.version == 1)
    #expect(first.disruptions == [full, cancel])
    let second = first.removing([full])
    #expect(second.version == 2)
    #expect(second.disruptions == [cancel])
    #expect(second.adding([cancel]).disruptions == [cancel])
  }
}
