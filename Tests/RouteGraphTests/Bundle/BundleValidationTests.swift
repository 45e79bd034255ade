import LogisticsModel
import TestSupport
import Testing

@testable import RouteGraph

@Suite struct BundleValidationTests {
  /// Many faults in one bundle: all are found in one run, each with file, line, column and code.
  @Test func allFaultsAtOnce() {
    let reading = SmallBundle.read([
      "bundle.json": """
      {"name":"small","version":"1","currency":"EUR","valid_from":"2027-01-01","valid_to":"2026-01-01"}
      """,
      "nodes.csv": """
      node,kind,name,country,lat,lon,tz,unlocode,colour
      YIWU,origin,Yiwu,CN,29.3068,120.0766,Asia/Shanghai,CNYIW,red
      HUB,hub,Shanghai hub,CN,91.2,121.4,Asia/Shanghai,,
      HUB,hub,Again,CN,31.2,121.4,Asia/Shanghai,,
      MAD,airport,Madrid airport,ES,40.47,-3.56,Europe/Madrid,,
      ESH,customs,Clearance,es,40.47,-3.56,Europe/Madrid,,
      Z-ES-28,zone,Madrid,ES,40.4,-3.7,Europe/Madrit,,
      Z-ES-29,zone,Far,ES,40.4,-3.7,Europe/Madrid,,
      LOST,hub,Lost,ES,,,../../etc/passwd,,
      """,
      "zones.csv": """
      country,prefix,node
      ES,28,Z-ES-28
      ES,28,Z-ES-29
      ES,2-9,Z-ES-29
      ES,30,Z-ES-30
      """,
      "cities.csv": "country,city,node\nES,Madrid,Z-ES-27",
      "legs.csv": """
      leg,from,to,mode,stage,service,goods,max_weight_g,handling_min,card,co2_mg_per_g,kind,schedule,calendar,duration_min,law,price_basis,time_basis
      truck,YIWU,CNYIW,road,pickup,pickup,general,30000,60,,10,S,evening,,240,punctual,included,assumed
      truck,YIWU,HUB,road,pickup,pickup,general+water,30000,60,,10,S,evening,,240,punctual,included,assumed
      a,YIWU,HUB,road,pickup,pickup,,30000,60,,10,S,evening,,240,punctual,included,assumed
      b,YIWU,HUB,road,pickup,pickup,general,0,60,,10,S,evning,,240,punktual,included,assumed
      c,YIWU,HUB,road,pickup,pickup,general,1000,-1,,10,S,evening,,0,punctual,included,assumed
      d,YIWU,HUB,road,pickup,pickup,general,1000,1,,10,S,,office,10,punctual,included,assumed
      e,HUB,HUB,road,pickup,pickup,general,1000,1,,10,C,,offic,10,punctual,assumed,assumed
      f,YIWU,HUB,road,pickup,pickup,general,1000,1,,10,S,fast,,300,punctual,included,assumed
      g,HUB,Z-ES-28,road,pickup,pickup,battery,1000,1,airr,10,S,never,,300,bad,assumed,assumed
      """,
      "rate_cards.csv": "card,variant\nair,air-1",
      "departures.csv": """
      schedule,weekdays,departs,duration_min,law,dates,valid_from,valid_to
      evening,1111100,17:00,,,CN,,
      evening,111110,17:00,,,CN,,
      evening,1111100,25:00,,,KN,,
      fast,1111111,08:00,300,,,,
      fast,1111111,09:00,100,,,,
      never,0000000,09:00,,,,,
      evening,0001000,09:00,,,CN,2026-10-01,2026-10-07
      evening,1111100,09:00,-5,,,2026-10-01,2026-09-01
      """,
      "calendars.csv": """
      calendar,weekdays,opens,closes,dates
      office,1111100,08:00,18:00,ES
      office,0000010,18:00,08:00,ES
      office,0000010,08:00,12:00,CN
      """,
      "calendar_dates.csv": """
      dates,date,kind,closes,name
      CN,2026-10-01,closed,,National Day
      CN,2026-10-01,open,,Twice
      ES,2026-02-30,closed,,Never
      ES,2026-12-24,half,,Nochebuena
      ES,2026-12-31,closed,14:00,Nochevieja
      """,
      "delay_laws.csv": """
      law,delay_min,weight
      punctual,0,1024
      bad,0,1000
      bad,60,23
      worse,-1,1024
      """,
      "tiers.csv": "tier,objective\neconomy,price\nstandard,balance",
      "acceptance.csv": nil,
    ])
    #expect(reading.bundle == nil)
    let printed = reading.findings.filter { $0.file != "acceptance.csv" }.map(\.description)
    #expect(printed == BundleValidationTests.golden)
  }

  @Test func missingFiles() {
    let reading = NetworkBundle.read(
      BundleFiles(texts: [:]), zones: SystemZones().catalogue(), window: SmallBundle.window)
    #expect(reading.bundle == nil)
    #expect(
      reading.findings.map { "\($0.code) \($0.file)" } == [
        "TW-BND-001 bundle.json", "TW-BND-001 delay_laws.csv", "TW-BND-001 legs.csv",
        "TW-BND-001 nodes.csv",
      ])
  }

  /// A file that cannot be read is blamed once; what it would have defined is not missing as well.
  @Test(arguments: [
    ("nodes.csv", "TW-CSV-004"), ("legs.csv", "TW-CSV-004"), ("departures.csv", "TW-CSV-004"),
    ("calendars.csv", "TW-CSV-004"), ("calendar_dates.csv", "TW-CSV-004"),
    ("delay_laws.csv", "TW-CSV-004"), ("zones.csv", "TW-CSV-004"),
  ])
  func oneBadFileIsOneFinding(_ name: String, _ code: String) {
    let text = (SmallBundle.texts[name] ?? "") + "\n\"never closed"
    #expect(SmallBundle.read([name: text]).findings.map(\.code) == [code])
    let header = "nothing\n"
    let codes = SmallBundle.read([name: header]).findings.map(\.code)
    #expect(Set(codes) == ["TW-CSV-010", "TW-CSV-011"])
    let tooLarge = BundleFiles(
      contents: SmallBundle.files([name: nil]).contents,
      faults: [Finding(code: "TW-CSV-001", file: name, message: "too large")])
    let reading = NetworkBundle.read(
      tooLarge, zones: SystemZones().catalogue(), window: SmallBundle.window)
    #expect(reading.findings.map(\.code) == ["TW-CSV-001"])
    #expect(reading.bundle == nil)
  }

  /// Earlier departure later by 700 minutes of a voyage's delay: stochastic first in, first out.
  @Test func overtakingIsStochastic() throws {
    let law = try DelayLaw(atoms: [.init(delay: 0, weight: 512), .init(delay: 100, weight: 512)])
    let late = try DelayLaw(atoms: [.init(delay: 0, weight: 511), .init(delay: 100, weight: 513)])
    let laws = [law, late, .none]
    func precedes(_ gap: Int64, _ first: Int32, _ second: Int32, _ a: Int32, _ b: Int32) -> Bool {
      Boarding(minute: 0, duration: first, law: LawID(a)).arrivesNoLater(
        than: Boarding(minute: gap, duration: second, law: LawID(b)), laws)
    }
    #expect(precedes(10, 50, 50, 0, 0))
    #expect(precedes(10, 50, 40, 0, 0))
    #expect(!precedes(10, 50, 39, 0, 0))
    // Same minutes, one weight of 1024 more on the late atom: just not first in, first out.
    #expect(!precedes(10, 50, 40, 1, 0))
    #expect(precedes(10, 50, 40, 0, 1))
    // Without delay the later one arrives at 60 + 50; the earlier may need until 150.
    #expect(!precedes(60, 50, 50, 0, 2))
    #expect(precedes(100, 50, 50, 0, 2))
  }

  @Test func outOfSeasonIsAWarning() throws {
    let reading = SmallBundle.read([
      "departures.csv": SmallBundle.text(
        "departures.csv", "sailings,0000010,06:00,,,,,",
        "sailings,0000010,06:00,,,,2027-06-01,2027-08-31")
    ])
    #expect(reading.bundle != nil)
    #expect(
      reading.findings.map(\.description) == [
        "warning TW-BND-020: legs.csv:4:14: leg sail cannot be boarded between 2026-11-09 and 2027-04-11"
      ])
  }

  @Test func unreachableZone() throws {
    // The van takes liquid only, which nothing before it takes.
    let reading = SmallBundle.read([
      "legs.csv": SmallBundle.text(
        "legs.csv", "parcel,,general+battery", "parcel,,liquid")
    ])
    #expect(
      reading.findings.map(\.description) == [
        "error TW-BND-021: nodes.csv:7:1: zone Z-ES-28 is unreachable: "
          + "no path from any origin takes any one goods class"
      ])
  }

  @Test(arguments: [
    ("{", ["a key in quotes is missing"]), ("[]", ["the manifest is no JSON object"]),
    ("{\"name\":\"x\",\"version\":\"1\"}", ["\"currency\" is missing"]),
    (
      "{\"name\":\"\",\"version\":1,\"currency\":\"EUR\",\"sources\":3}",
      ["\"name\" is empty", "\"version\" is no string", "\"sources\" is no list"]
    ),
    (
      "{\"name\":\"x\",\"version\":\"1\",\"currency\":\"euro\"}",
      ["currency \"euro\" is not three capital letters"]
    ),
  ])
  func manifests(_ text: String, _ messages: [String]) {
    let findings = SmallBundle.read(["bundle.json": text]).findings
    #expect(findings.map(\.message) == messages)
    #expect(findings.allSatisfy { $0.code == "TW-BND-003" })
  }
}
