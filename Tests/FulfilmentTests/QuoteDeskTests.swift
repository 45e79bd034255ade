import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs
import TestSupport
import Testing

/// Promises a quote makes about itself, on random requests to the shipped world network.
@Suite struct QuoteDeskTests {
  static func request(
    _ from: String, _ to: String, _ weight: String, goods: String = "general", ready: String? = nil
  ) throws -> QuoteRequest {
    var request = QuoteRequest(
      from: try RequestText.place(from), to: try RequestText.place(to),
      parcel: try RequestText.parcel(weight: weight, dims: nil, goods: goods, value: nil))
    if let ready { request.ready = try RequestText.ready(ready) }
    return request
  }

  /// Quotes of seeded random questions, made through node names as a user would.
  static func randomQuotes(_ count: Int, seed: UInt64) throws -> [(Quote, QuoteDesk)] {
    let network = try LoadedNetworks.world.get()
    var generator = RequestGenerator(network, seed: seed, now: LoadedNetworks.now)
    var desk = QuoteDesk(network)
    return try (0..<count).map { _ in
      let question = generator.next()
      var request = QuoteRequest(
        from: try RequestText.place(network.bundle.nodes.name(of: question.origin)),
        to: try RequestText.place(network.bundle.nodes.name(of: question.destination)),
        parcel: question.parcel, ready: .instant(question.ready), level: question.level)
      request.greatestLegs = question.greatestLegs
      return (try desk.quote(request, now: LoadedNetworks.now), desk)
    }
  }

  @Test("the waterfall sums to promise minus ready and the charges to the freight")
  func partsSumToWholes() throws {
    var options = 0
    for (quote, _) in try QuoteDeskTests.randomQuotes(120, seed: 11) {
      for option in quote.options {
        options += 1
        #expect(option.waterfall.total == option.vector.promise - quote.question.ready.minutes)
        let charged = option.legs.reduce(Int64(0)) { $0 + $1.charge.minorUnits }
        #expect(charged == option.vector.price)
        #expect(option.timing.promise == option.vector.promise)
        #expect(option.legs.map(\.leg) == option.timing.steps.map(\.leg))
      }
    }
    #expect(options >= 120)
  }

  @Test("the last ready minute keeps the date and the next one is told truly")
  func latestReadyIsSharp() throws {
    for (quote, desk) in try QuoteDeskTests.randomQuotes(60, seed: 12) {
      let zone = desk.network.bundle.zone(of: quote.question.destination)
      for option in quote.options {
        var at = quote.question
        at.ready = option.latestReady
        let kept = desk.network.timing(option.legs.map(\.leg), at)
        #expect(kept.map { zone.date(Instant(minutes: $0.promise)) } == option.deliverBy)
        at.ready = option.latestReady.advanced(byMinutes: 1)
        let missed = desk.network.timing(option.legs.map(\.leg), at)
        #expect(missed.map { zone.date(Instant(minutes: $0.promise)) } == option.nextIfMissed)
        if let next = option.nextIfMissed { #expect(next > option.deliverBy) }
      }
    }
  }

  @Test("a parcel that is there already keeps its date until midnight")
  func nothingToDo() throws {
    var desk = QuoteDesk(try LoadedNetworks.world.get())
    let quote = try desk.quote(
      try QuoteDeskTests.request("CNYIU", "CNYIU", "1kg", ready: "2026-11-20T17:30"),
      now: LoadedNetworks.now)
    let option = try #require(quote.options.first)
    // Ready 17:30 on the 20th in Shanghai; 23:59 is the last minute of that date.
    #expect(option.latestReady.rfc3339() == "2026-11-20T15:59:00Z")
    #expect(option.nextIfMissed?.description == "2026-11-21")
  }

  @Test("a wait over holidays names them, not the cut-off")
  func holidaysBind() throws {
    let network = try LoadedNetworks.world.get()
    var desk = QuoteDesk(network)
    // 31 December 17:30 misses the last collection; New Year's Day is a Friday on which none runs.
    let quote = try desk.quote(
      try QuoteDeskTests.request("CNYIU", "ES:28013", "0.48kg", ready: "2026-12-31T17:30"),
      now: LoadedNetworks.now)
    let words = QuoteWords(quote, network)
    let binding = words.binding(try #require(quote.options.first))
    #expect(binding.first?.hasSuffix(":2027-01-01..2027-01-01") == true)
    #expect(!binding.contains("pickup_cutoff"))
  }

  @Test("a promise is never before the earliest possible date, the median never after the ninety")
  func estimatesAreOrdered() throws {
    for (quote, _) in try QuoteDeskTests.randomQuotes(60, seed: 13) {
      for option in quote.options {
        guard let last = option.timing.arrivals.last else { continue }
        #expect(last.earliest <= last.half)
        #expect(last.half <= last.ninety)
        #expect(last.atLevel <= last.latest)
        #expect(option.latestReady >= quote.question.ready)
      }
    }
  }

  @Test("tiers win by their objective over the whole front")
  func tiersWin() throws {
    for (quote, _) in try QuoteDeskTests.randomQuotes(60, seed: 14) {
      for option in quote.options {
        if option.tiers.contains(.economy) {
          #expect(quote.front.allSatisfy { $0.vector.price >= option.vector.price })
        }
        if option.tiers.contains(.premium) {
          #expect(quote.front.allSatisfy { $0.vector.promise >= option.vector.promise })
        }
      }
      let named = quote.options.flatMap(\.tiers)
      let refused = quote.refusals.compactMap(\.tier)
      #expect(Set(named).isDisjoint(with: refused))
      #expect(quote.options.isEmpty || named.count + refused.count == Tier.allCases.count)
    }
  }

  @Test("every fix of every refusal, applied, makes the request feasible")
  func fixesWork() throws {
    var desk = QuoteDesk(try LoadedNetworks.world.get())
    let heavy = try QuoteDeskTests.request("CNYIU", "ES:28013", "5000kg")
    let quote = try desk.quote(heavy, now: LoadedNetworks.now)
    let refusal = try #require(quote.refusals.first)
    #expect(quote.options.isEmpty)
    #expect(refusal.tier == nil)
    let weight = try #require(refusal.fixes.first { $0.change == "weight" })
    var lighter = heavy
    lighter.parcel = try RequestText.parcel(
      weight: weight.to, dims: nil, goods: "general", value: nil)
    #expect(!(try desk.quote(lighter, now: LoadedNetworks.now).options.isEmpty))
    // One gram more is refused again: the fix is the boundary, not a guess below it.
    lighter.parcel = try RequestText.parcel(
      weight: "\((Int(weight.to.dropLast()) ?? 0) + 1)g", dims: nil, goods: "general", value: nil)
    #expect(try desk.quote(lighter, now: LoadedNetworks.now).options.isEmpty)
  }

  @Test("a parcel too long is told how long it may be, to the millimetre")
  func sizeFix() throws {
    var desk = QuoteDesk(try LoadedNetworks.world.get())
    func quote(_ dims: String) throws -> Quote {
      var request = try QuoteDeskTests.request("CNYIU", "ES:28013", "1kg")
      request.parcel = try RequestText.parcel(
        weight: "1kg", dims: dims, goods: "general", value: nil)
      return try desk.quote(request, now: LoadedNetworks.now)
    }
    let refusal = try #require(try quote("300x20x20cm").refusals.first)
    let fix = try #require(refusal.fixes.first { $0.change == "dims" })
    #expect(fix.to == "1750x200x200mm")
    #expect(!(try quote(fix.to).options.isEmpty))
    #expect(try quote("1751x200x200mm").options.isEmpty)
  }

  @Test("a currency without a rate is answered with the bundle's own")
  func currencyFix() throws {
    var desk = QuoteDesk(try LoadedNetworks.world.get())
    var request = try QuoteDeskTests.request("CNYIU", "ES:28013", "1kg")
    request.currency = try RequestText.currency("KWD")
    let refusal = try #require(try desk.quote(request, now: LoadedNetworks.now).refusals.first)
    #expect(refusal.code == "no_rate")
    #expect(refusal.fixes.contains { $0.change == "currency" && $0.to == "EUR" })
  }

  @Test("the reason of a refusal stands on the way asked for, the zone proposed is a near one")
  func refusalsStayOnTheWay() throws {
    var desk = QuoteDesk(try LoadedNetworks.world.get())
    // Bulk lines take 21 kg and more; cards of other countries have nothing to do with it.
    let light = try desk.quote(
      try QuoteDeskTests.request("N-trunk-SHA", "Z-US-900", "1kg"), now: LoadedNetworks.now)
    #expect(light.refusals.first?.code == "weight_not_priced")
    #expect(light.refusals.first?.rule.hasPrefix("trunk-us") == true)
    // CNSHA is an origin: no leg ends there. The zone of Shanghai is the nearest that can be reached.
    let origin = try desk.quote(
      try QuoteDeskTests.request("CNYIU", "CNSHA", "1kg"), now: LoadedNetworks.now)
    #expect(origin.refusals.first?.fixes.map(\.to) == ["Z-CN-20"])
  }

  @Test("the unit a weight is given in changes nothing but the echo of the request")
  func unitsChangeNothing() throws {
    var desk = QuoteDesk(try LoadedNetworks.world.get())
    let kilograms = try desk.quote(
      try QuoteDeskTests.request("CNYIU", "ES:28013", "0.48kg"), now: LoadedNetworks.now)
    let grams = try desk.quote(
      try QuoteDeskTests.request("CNYIU", "ES:28013", "480g"), now: LoadedNetworks.now)
    #expect(kilograms.id == grams.id)
    #expect(kilograms.front == grams.front)
  }

  @Test("a local ready time that does not exist or comes twice is refused with both readings")
  func ambiguousLocalTimes() throws {
    let network = try LoadedNetworks.world.get()
    let node = try #require(
      network.bundle.nodes.ids.first { network.bundle.nodes[$0].zone == "Europe/Madrid" })
    let name = network.bundle.nodes.name(of: node)
    // Spain: clocks go forward over 02:00-03:00 on 28 March 2027 and back over it on 25 October 2026.
    for (ready, text) in [
      ("2027-03-28T02:30", "does not exist"), ("2026-10-25T02:30", "comes twice"),
    ] {
      let request = try QuoteDeskTests.request(name, "ES:28013", "1kg", ready: ready)
      #expect {
        _ = try QuoteDesk(network).question(request, now: LoadedNetworks.now)
      } throws: { error in
        guard let fault = error as? RequestFault else { return false }
        return fault.code == RequestFault.ambiguousTime && fault.message.contains(text)
      }
    }
  }

  @Test("what only several changes together can mend is told as one fix, and it works")
  func jointFixesWork() throws {
    var desk = QuoteDesk(try LoadedNetworks.world.get())
    // No rate leads to KWD, and no leg takes 5 t: each change alone still leaves the other fault.
    var request = try QuoteDeskTests.request("CNYIU", "ES:28013", "5000kg")
    request.currency = try RequestText.currency("KWD")
    let refusal = try #require(try desk.quote(request, now: LoadedNetworks.now).refusals.first)
    #expect(refusal.fixes.map(\.change) == ["currency+weight"])
    // 70 kg is what the bulk lines take; a gram more is refused in EUR too.
    #expect(refusal.fixes.map(\.to) == ["EUR+70000g"])
    request.currency = .eur
    #expect(try desk.quote(request, now: LoadedNetworks.now).options.isEmpty)
    request.parcel = try RequestText.parcel(
      weight: "70001g", dims: nil, goods: "general", value: nil)
    #expect(try desk.quote(request, now: LoadedNetworks.now).options.isEmpty)
    request.parcel = try RequestText.parcel(
      weight: "70000g", dims: nil, goods: "general", value: nil)
    #expect(!(try desk.quote(request, now: LoadedNetworks.now).options.isEmpty))
  }

  @Test("a place nothing leads to is answered with the nearest one that can be reached")
  func nearestReachable() throws {
    var desk = QuoteDesk(try LoadedNetworks.world.get())
    // Hong Kong is an origin of the world network only.
    var request = try QuoteDeskTests.request("CNYIU", "HK:Kowloon", "1kg")
    let refusal = try #require(try desk.quote(request, now: LoadedNetworks.now).refusals.first)
    let place = try #require(refusal.fixes.first { $0.change == "to" })
    request.to = try RequestText.place(place.to)
    #expect(!(try desk.quote(request, now: LoadedNetworks.now).options.isEmpty))
  }
}
