import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

/// The words of the quote that the demo network's README works out by hand.
@Suite struct QuoteWordsTests {
  private static func quote(
    goods: String = "battery", ready: String = "2026-11-20T17:30"
  ) throws -> (Quote, QuoteWords, NetworkPlanner) {
    let network = try LoadedNetworks.demo.get()
    var desk = QuoteDesk(network)
    let quote = try desk.quote(
      try DemoNetwork.request("480g", dims: "20x15x8cm", goods: goods, ready: ready),
      now: LoadedNetworks.now)
    return (quote, QuoteWords(quote, network), network)
  }

  @Test("a minute is told in the zone of the place it belongs to")
  func zones() throws {
    let (quote, words, network) = try QuoteWordsTests.quote()
    let promise = try #require(quote.options.first).vector.promise
    // Saturday 28 November 15:00 in Madrid is 22:00 in Yiwu.
    #expect(words.destination(promise) == "2026-11-28T15:00:00+01:00")
    #expect(words.origin(promise) == "2026-11-28T22:00:00+08:00")
    #expect(words.date(promise) == "2026-11-28")
    #expect(words.spoken(promise, at: quote.question.destination) == "Sat 28 Nov 15:00")
    let brussels = try #require(network.bundle.nodeID(named: "A-LGG"))
    #expect(words.local(promise, at: brussels) == "2026-11-28T15:00:00+01:00")
    // Half an hour before midnight in Madrid it is the next day in Yiwu, and still this day at the destination.
    let late: Instant = "2026-11-28T22:30Z"
    #expect(words.date(late.minutes) == "2026-11-28")
    #expect(words.origin(late.minutes).hasPrefix("2026-11-29T06:30"))
  }

  @Test("a wait is explained by what ends it")
  func whys() throws {
    let (quote, words, _) = try QuoteWordsTests.quote()
    let option = try #require(quote.options.first)
    let whys = option.waterfall.pieces.map {
      words.why($0, on: option.timing.steps[$0.step].leg)
    }
    // 17:00 has passed by half an hour; the next collection is Monday's.
    #expect(whys.first == "next departure Mon 23 Nov 17:00")
    #expect(whys.contains("hand-over before boarding"))
    #expect(whys.contains("next departure Tue 24 Nov 23:00"))
    #expect(whys.contains("closed until Wed 25 Nov 08:00"))
    #expect(whys.contains("planned"))
    // The second try of the consignee's door, one in eight, runs over the night.
    #expect(
      Array(whys.suffix(2))
        == ["closed hours and days in between", "delay the service level allows for"])
  }

  @Test("what holds the promise back: the pickup's cut-off when missed, nothing of it when made")
  func binding() throws {
    let (late, words, _) = try QuoteWordsTests.quote()
    #expect(words.binding(try #require(late.options.first)).first == "pickup_cutoff")
    let (made, others, _) = try QuoteWordsTests.quote(ready: "2026-11-20T17:00")
    #expect(!others.binding(try #require(made.options.first)).contains("pickup_cutoff"))
  }

  @Test("milligrams are told as whole grams, half up; levels to the nearest thousandth")
  func figures() throws {
    #expect([0, 499, 500, 1499, 1500].map { QuoteWords.grams($0) } == [0, 0, 1, 1, 2])
    for (text, fraction) in [("0.95", 0.95), ("0.9", 0.9), ("0.5", 0.5), ("1", 1), ("0", 0)] {
      #expect(QuoteWords.fraction(try RequestText.level(text)) == fraction, "\(text)")
    }
  }
}
