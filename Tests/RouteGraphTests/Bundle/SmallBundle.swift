import LogisticsModel
import TestSupport

@testable import RouteGraph

/// A sound bundle of five nodes and six legs, small enough to see through.
///
///     YIWU --truck--> HUB --fly--> MAD --clear--> ESH --van--> Z-ES-28
///                      \--sail--> VLC --move----/
enum SmallBundle {
  static let texts: [String: String] = [
    "bundle.json": """
    {"name":"small","version":"1","currency":"EUR","valid_from":"2026-01-01","valid_to":"2027-12-31",
     "sources":[{"file":"none","title":"Made up","licence":"CC0-1.0","provenance":"for tests"}]}
    """,
    "nodes.csv": """
    node,kind,name,country,lat,lon,tz,unlocode
    YIWU,origin,Yiwu,CN,29.3068,120.0766,Asia/Shanghai,CNYIU
    HUB,hub,Shanghai hub,CN,31.2,121.4,Asia/Shanghai,CNSHA
    MAD,gateway,Madrid airport,ES,40.47,-3.56,Europe/Madrid,ESMAD
    VLC,gateway,Valencia port,ES,,,Europe/Madrid,
    ESH,customs,Madrid clearance,ES,40.47,-3.56,Europe/Madrid,ESMAD
    Z-ES-28,zone,"Madrid, province",ES,40.4,-3.7,Europe/Madrid,
    """,
    "zones.csv": """
    country,prefix,node
    ES,28,Z-ES-28
    """,
    "cities.csv": """
    country,city,admin1,node
    ES,Madrid,MD,Z-ES-28
    CN,Yiwu,ZJ,YIWU
    """,
    "successors.csv": """
    code,successor,note
    CNYIW,CNYIU,never assigned
    """,
    "legs.csv": """
    leg,from,to,mode,stage,service,carrier,goods,max_weight_g,handling_min,card,co2_mg_per_g,kind,schedule,calendar,duration_min,law,price_basis,time_basis
    truck,YIWU,HUB,road,pickup,pickup,,general+battery,30000,60,,10,S,evening,,240,punctual,included,assumed
    fly,HUB,MAD,air,linehaul,air-belly,,general,30000,180,air,500,S,flights,,800,flight,assumed,assumed
    sail,HUB,VLC,sea,linehaul,sea-lcl,,general+battery,30000,2880,sea,20,S,sailings,,40000,voyage,assumed,assumed
    move,VLC,ESH,road,import,sea-lcl,,general+battery,30000,0,,5,C,,always,300,punctual,included,assumed
    clear,MAD,ESH,handling,import,customs,,general+battery,30000,0,,0,W,,office,180,punctual,included,assumed
    van,ESH,Z-ES-28,road,last_mile,parcel,,general+battery,30000,30,van,30,C,,office,480,punctual,published,assumed
    """,
    "departures.csv": """
    schedule,weekdays,departs,duration_min,law,dates,valid_from,valid_to
    evening,1111100,17:00,,,CN,,
    flights,1010100,23:30,,,,,
    flights,0000001,09:00,780,,,,
    sailings,0000010,06:00,,,,,
    """,
    "calendars.csv": """
    calendar,weekdays,opens,closes,dates
    always,1111111,00:00,24:00,
    office,1111100,08:00,18:00,ES
    """,
    "calendar_dates.csv": """
    dates,date,kind,closes,name
    CN,2026-10-01,closed,,National Day
    CN,2026-10-10,open,,Make-up day
    ES,2026-12-08,closed,,Inmaculada
    ES,2026-12-24,half,14:00,Nochebuena
    """,
    "delay_laws.csv": """
    law,delay_min,weight,basis,source
    punctual,0,1024,assumed,
    flight,0,900,assumed,
    flight,120,124,assumed,
    voyage,0,512,assumed,
    voyage,1440,512,assumed,
    """,
    "tiers.csv": """
    tier,objective,value_of_hour,currency
    economy,price,,
    standard,balance,0.30,EUR
    premium,time,,
    """,
    "acceptance.csv": """
    tier,goods,accepted
    economy,general,1
    economy,battery,1
    economy,liquid,0
    economy,textile,1
    standard,general,1
    standard,battery,1
    standard,liquid,0
    standard,textile,1
    premium,general,1
    premium,battery,0
    premium,liquid,0
    premium,textile,1
    """,
  ]

  static let window = TimetableWindow(around: "2026-11-20T09:00Z")

  /// The bundle with some files replaced (nil: left out).
  static func files(_ changes: [String: String?] = [:]) -> BundleFiles {
    var texts = Self.texts
    for (name, text) in changes { texts[name] = text }
    return BundleFiles(texts: texts)
  }

  static func read(_ changes: [String: String?] = [:]) -> NetworkBundle.Reading {
    NetworkBundle.read(files(changes), zones: SystemZones().catalogue(), window: window)
  }

  /// The text of a file with one piece replaced.
  static func text(_ name: String, _ old: String, _ new: String) -> String {
    (texts[name] ?? "").replacing(old, with: new)
  }
}
