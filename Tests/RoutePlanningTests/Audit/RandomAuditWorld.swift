import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

/// A random bundle of up to 18 legs of all three kinds, with random cards and laws.
enum RandomAuditWorld {
  static let nodes = ["A", "B", "C", "D", "E", "F"]

  static func texts(_ random: inout SeededGenerator) -> [String: String] {
    let zones = ["Asia/Shanghai", "Europe/Madrid", "America/New_York", "UTC"]
    var files: [String: String] = [:]
    files["nodes.csv"] =
      "node,kind,name,country,tz\n"
      + nodes.enumerated().map {
        "\($1),\(["origin", "origin", "hub", "hub", "zone", "zone"][$0]),\($1),ES,\(random.pick(zones))\n"
      }.joined()
    var laws = "law,delay_min,weight\nnone,0,1024\n"
    for law in 0..<3 {
      let first = random.integer(1...1000)
      laws += "l\(law),\(random.integer(0...60)),\(first)\n"
      laws += "l\(law),\(random.integer(60...3000)),\(1024 - first)\n"
    }
    files["delay_laws.csv"] = laws
    var calendars = "calendar,weekdays,opens,closes\nalways,1111111,00:00,24:00\n"
    for calendar in 0..<3 {
      let open = random.integer(5...11)
      let days = random.pick(["1111100", "1111110", "1010101", "0100010"])
      calendars += "c\(calendar),\(days),\(two(open)):00,\(two(open + random.integer(3...10))):30\n"
    }
    files["calendars.csv"] = calendars
    var departures = "schedule,weekdays,departs\n"
    for schedule in 0..<4 {
      for _ in 0..<random.integer(1...3) {
        let days = random.pick(["1000000", "0010010", "1111111", "0000011"])
        departures +=
          "s\(schedule),\(days),\(two(random.integer(0...23))):\(two(random.integer(0...59)))\n"
      }
    }
    files["departures.csv"] = departures
    var legs =
      "leg,from,to,mode,stage,service,goods,max_weight_g,handling_min,card,co2_mg_per_g,kind,schedule,"
      + "calendar,duration_min,law,price_basis,time_basis\n"
    for leg in 0..<random.integer(9...18) {
      let from = random.integer(0...4)
      let to = random.integer((from + 1)...5)
      let kind = random.pick([
        "S,s\(random.integer(0...3)),", "C,,c\(random.integer(0...2))",
        "W,,c\(random.integer(0...2))", "C,,always",
      ])
      let law = random.pick(["none", "l0", "l1", "l2"])
      let card = random.chance(percent: 80) ? "k\(random.integer(0...3))" : ""
      legs +=
        "g\(leg),\(nodes[Int(from)]),\(nodes[Int(to)]),\(random.pick(["air", "sea", "road"])),linehaul,x,"
        + "\(random.pick(["general", "general+battery"])),\(random.pick(["900", "30000"])),"
        + "\(random.integer(0...180)),\(card),\(random.integer(0...9)),\(kind),"
        + "\(random.integer(30...4000)),\(law),\(card.isEmpty ? "included" : "real"),real\n"
    }
    // Slow ways to both zones, so that every world can be loaded.
    for zone in ["E", "F"] {
      legs +=
        "slow\(zone),A,\(zone),road,linehaul,x,general,30000,0,k0,5,C,,always,9000,l0,real,real\n"
    }
    files["legs.csv"] = legs
    files["rate_cards.csv"] =
      "card,variant,currency\n"
      + (0..<4).map { "k\($0),k\($0),\(random.pick(["EUR", "CNY", "JPY"]))\n" }.joined()
    files["rate_bands.csv"] =
      "variant,over_g,upto_g,base,from_g,step_g,per_step\n"
      + (0..<4).map {
        "k\($0),0,2000,\(random.integer(0...99)).5,0,100,\(random.integer(0...9)).25\n"
      }.joined()
    files["surcharges.csv"] =
      "surcharge,kind,scope,key,unit,amount,currency\nf,fuel,mode,air,percent,7.25,\np,peak,node,C,kg,3,CNY\n"
    files["restrictions.csv"] =
      "restriction,scope,key,goods,max_weight_g\nr,node,D,battery,700\n"
    files["fx.csv"] = "date,base,quote,rate\n,EUR,CNY,8.213\n,EUR,JPY,178.44\n"
    return files
  }

  private static func two(_ number: Int64) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}

@Suite struct PlanAuditorPropertyTests {
  @Test(arguments: UInt64(1)...40)
  func everyMemberOfEveryFrontPassesAndEveryChangedFigureFails(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let world = try AuditWorld(RandomAuditWorld.texts(&random))
    var planner = ExactPlanner<DatedTimetable>()
    let start = PlanAuditorTests.minute("2026-11-16T00:00")
    for _ in 0..<12 {
      let parcel = Parcel(
        weight: Grams(random.integer(1...2200)), goods: random.pick([.general, .battery]))
      let question = try world.question(
        random.pick(["A", "B"]), random.pick(["E", "F"]), parcel,
        ready: start + random.integer(0...20_000), level: random.pick(["0.5", "0.8", "0.95", "1"]))
      for member in try world.planner.front(question, with: &planner) {
        let timing = try #require(world.planner.timing(member.legs, question))
        var claim = PlanClaim(member)
        claim.half = timing.half
        claim.ninety = timing.ninety
        #expect(
          world.auditor.audit(claim, of: question).map(\.description) == [], "seed \(seed)")
        let truth = member.vector
        claim.vector = PlanVector(
          price: truth.price, promise: truth.promise - 1, emission: truth.emission)
        #expect(
          world.auditor.audit(claim, of: question).map(\.code) == [Discrepancy.Code.promise])
      }
    }
  }

  @Test func theFrontsOfThePropertyAreNotEmpty() throws {
    var members = 0
    var uncertain = 0
    for seed in UInt64(1)...40 {
      var random = SeededGenerator(seed: seed)
      let world = try AuditWorld(RandomAuditWorld.texts(&random))
      var planner = ExactPlanner<DatedTimetable>()
      let question = try world.question(
        "A", "F", Parcel(weight: Grams(500)), ready: PlanAuditorTests.minute("2026-11-16T00:00"))
      for member in try world.planner.front(question, with: &planner) {
        members += 1
        if member.legs.contains(where: { !world.bundle.law(world.bundle.legs[$0].law).isCertain }) {
          uncertain += 1
        }
      }
    }
    #expect(members > 40)
    #expect(uncertain > 20)
  }
}
