import LogisticsModel
import Tariffs
import TestSupport
import Testing

@testable import RoutePlanning

/// Whoever can win for a compact parcel is on its list, and lists leave most others off.
@Suite struct ShortlistingTests {
  @Test("winners of every weight of a band are on its list; lists are short")
  func winnersAreListed() throws {
    var (asked, listed, held) = (0, 0, 0)
    for seed in UInt64(1)...60 {
      var world = try EngineWorld(seed: seed)
      var random = SeededGenerator(seed: seed)
      let tables = world.engine.tables
      let compact = CompactParcels(world.planner.tariff)
      var options = LookUpOptions()
      options.usesShortlists = false
      let thorough = QuoteReader(EngineBoard(world.engine), options)
      for _ in 0..<60 {
        var question = try world.question()
        question.parcel = Parcel(
          weight: Grams(random.integer(1...20_000)), goods: question.parcel.goods)
        let place = tables.place(of: question)
        let quote = thorough.quote(question)
        guard quote.outcome == .answered, let row = tables.row(at: place), row.hasLists else {
          continue
        }
        let sheet = FreightSheet(
          world.planner.tariff, world.planner.classes, on: world.planner.tenderDate(question),
          in: question.currency)
        #expect(compact.contains(sheet.prepare(question.parcel)))
        let list = row.list(
          ofCell: Shortlisting.cell(
            question.parcel.goods, band: WeightBands.band(of: question.parcel.weight.value)))
        func isListed(_ candidate: Int) -> Bool {
          list.word(candidate / 64) >> UInt64(candidate % 64) & 1 == 1
        }
        asked += 1
        held += row.count
        listed += (0..<row.count).count { isListed($0) }
        // Candidates promised too late may have kept others off: then the whole row is read.
        let level = try #require(StoredLevels.position(of: question.level))
        let base =
          world.engine.scope.start
          + EngineScope.minutesOfDay * Int64(place.segment % world.engine.scope.days)
        let isTooLate = (0..<row.count).contains {
          base + CandidateView(row, $0).promise(level) >= world.validEnd(question)
        }
        if isTooLate { continue }
        for option in [quote.economy, quote.standard, quote.premium] {
          let position = (0..<row.count).first { candidate in
            let view = CandidateView(row, candidate)
            return view.path == Int(option.path) && view.lastLeg == Int(option.lastLeg)
          }
          #expect(position.map(isListed) == true, "seed \(seed), \(question)")
        }
      }
    }
    #expect(asked > 1000, "\(asked)")
    #expect(listed * 10 < held * 9, "\(listed) of \(held) candidates are listed")
  }

  @Test("unusable values of an hour give no lists; every goods class has its cells")
  func noHourValue() throws {
    #expect(Shortlisting.cellCount == GoodsClass.allCases.count * WeightBands.count)
    let world = try EngineWorld(seed: 1)
    let frame = world.builder.frame
    let charges = CompactCharges(
      world.planner.tariff, world.planner.classes, on: frame.dates, in: .eur, greatestWeight: 1000)
    #expect(Shortlisting(frame.charges, charges, hourValues: [5, -1]) == nil)
    #expect(Shortlisting(frame.charges, charges, hourValues: []) == nil)
    #expect(Shortlisting(frame.charges, charges, hourValues: [5, 7]) != nil)
  }
}
