import CSVTables
import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs
import TestSupport
import Testing

/// A bundle written as text, loaded as the product loads it.
struct AuditWorld {
  let bundle: NetworkBundle
  let tariff: Tariff
  let planner: NetworkPlanner
  let auditor: PlanAuditor

  init(_ texts: [String: String], first: String = "2026-11-09") throws {
    var texts = texts
    texts["bundle.json"] =
      texts["bundle.json"] ?? #"{"name":"audit","version":"1","currency":"EUR"}"#
    let files = BundleFiles(texts: texts)
    let day = try #require(CivilDate(iso: first))
    let reading = NetworkBundle.read(
      files, zones: SystemZones().catalogue(), window: TimetableWindow(first: day))
    var findings: [Finding] = []
    func table(_ name: String) -> CSVTable? {
      texts[name].flatMap { CSVTable.parse(Array($0.utf8), file: name, findings: &findings) }
    }
    let tables = TariffTables { table($0) }
    tariff = Tariff.read(tables, currency: .eur, today: nil, findings: &findings)
    let errors = (reading.findings + findings).filter { $0.severity == .error }
    try #require(errors.map(\.description) == [])
    bundle = try #require(reading.bundle)
    planner = NetworkPlanner(bundle: bundle, tariff: tariff)
    auditor = PlanAuditor(bundle: bundle, tariff: tariff)
  }

  func leg(_ name: String) throws -> LegID { try #require(bundle.legID(named: name)) }

  func question(
    _ from: String, _ to: String, _ parcel: Parcel, ready: Int64, level: String = "0.95"
  ) throws -> NetworkPlanner.Question {
    NetworkPlanner.Question(
      origin: try #require(bundle.nodeID(named: from)),
      destination: try #require(bundle.nodeID(named: to)), parcel: parcel,
      ready: Instant(minutes: ready), level: try ServiceLevel(level), currency: .eur)
  }

  /// The small world whose answers stand in ``PlanAuditorTests``.
  static let hand: [String: String] = [
    "nodes.csv": """
    node,kind,name,country,tz
    O,origin,Origin,CN,Asia/Shanghai
    H,gateway,Hub,CN,Asia/Shanghai
    G,gateway,Gateway,ES,Europe/Madrid
    I,customs,Cleared,ES,Europe/Madrid
    Z,zone,Zone,ES,Europe/Madrid

    """,
    "legs.csv": """
    leg,from,to,mode,stage,service,goods,max_weight_g,handling_min,card,co2_mg_per_g,kind,schedule,calendar,\
    duration_min,law,price_basis,time_basis
    P,O,H,road,pickup,pick,general+battery,30000,0,pick,1,C,,shop,60,a,real,real
    F,H,G,air,linehaul,air,general+battery,30000,120,air,9,S,f,,800,z,real,real
    T,H,G,sea,linehaul,sea,general,30000,60,sea,2,S,t,,10000,s,real,real
    C,G,I,handling,import,clear,general+battery,30000,0,,0,W,,customs,180,c,included,real
    L,I,Z,road,last_mile,door,general+battery,20000,0,door,2,C,,always,60,z,real,real

    """,
    "departures.csv": """
    schedule,weekdays,departs
    f,0100100,20:00
    t,1000000,10:00

    """,
    "calendars.csv": """
    calendar,weekdays,opens,closes
    shop,1111100,08:00,18:00
    customs,1111100,09:00,17:00
    always,1111111,00:00,24:00

    """,
    "delay_laws.csv": """
    law,delay_min,weight
    z,0,1024
    a,0,819
    a,240,205
    s,0,512
    s,2880,512
    c,0,900
    c,300,124

    """,
    "rate_cards.csv":
      "card,variant,currency\npick,pick,CNY\nair,air,CNY\nsea,sea,CNY\ndoor,door,EUR\n",
    "rate_bands.csv": """
    variant,over_g,upto_g,base,from_g,step_g,per_step
    pick,0,,3,,,
    air,0,,10,0,1,0.05
    sea,0,,4,0,1,0.01
    door,0,,2,,,

    """,
    "fx.csv": "date,base,quote,rate\n2026-01-01,EUR,CNY,8\n",
    "restrictions.csv":
      "restriction,scope,key,goods,from\nno-battery-by-air,mode,air,battery,2026-12-01\n",
  ]
}
