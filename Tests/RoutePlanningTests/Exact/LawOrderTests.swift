import LogisticsModel
import RouteGraph
import TestSupport
import Testing

@testable import RoutePlanning

/// The order of itineraries that tie, against enumeration on paper.
@Suite struct LawOrderTests {
  private static let off: [SearchOptions] = [
    SearchOptions(prunesByBounds: false, settlesTies: true),
    SearchOptions(seedsFront: false, settlesTies: true),
    SearchOptions(skipsOutrunLegs: false, settlesTies: true),
    SearchOptions(dropsDominated: false, settlesTies: true),
    SearchOptions(
      prunesByBounds: false, seedsFront: false, dropsDominated: false, settlesTies: true),
  ]

  @Test("of every vector the exact search gives the stated first, whatever is switched off")
  func first() throws {
    var parts: [TieRule.Part: Int] = [:]
    var members = 0
    for seed in UInt64(5001)...5070 {
      var random = RandomBundle(blocksOf: seed)
      let planner = try random.planner()
      let reference = BundleEnumerator(random.text, now: random.now)
      var settled = ExactPlanner<DatedTimetable>(options: SearchOptions(settlesTies: true))
      var unsettled = ExactPlanner<DatedTimetable>()
      var others = LawOrderTests.off.map { ExactPlanner<DatedTimetable>(options: $0) }
      for _ in 0..<6 {
        let question = try random.blockQuestion(
          on: planner, currency: .eur, days: 4, boundaries: [])
        let front = try planner.front(question, with: &settled)
        #expect(
          try planner.front(question, with: &unsettled).map(\.vector) == front.map(\.vector))
        for position in others.indices {
          let same = try planner.front(question, with: &others[position])
          #expect(same == front, "seed \(seed), option \(position), \(question)")
        }
        let nodes = planner.bundle.nodes
        let ways = reference.ways(
          from: nodes.name(of: question.origin), to: nodes.name(of: question.destination), question)
        for member in front {
          let tied = ways.filter { $0.vector == member.vector }
          guard let winner = TieRule.winner(tied, by: { _ in [] }) else {
            Issue.record("seed \(seed): \(member.vector) is nobody's")
            continue
          }
          #expect(
            member.legs.map(\.position) == winner.way.rows,
            "seed \(seed), \(winner.parts), \(question)")
          for part in winner.parts { parts[part, default: 0] += 1 }
          members += 1
        }
      }
    }
    #expect(members > 400)
    for part in [TieRule.Part.legs, .lawAtEnd, .lastLeg, .earlierLeg] {
      #expect(parts[part, default: 0] >= 5, "\(part): \(parts)")
    }
  }

  @Test("legs under other numbers change a choice only where a leg's place decided")
  func relabelled() throws {
    var (changed, kept) = (0, 0)
    for seed in UInt64(5101)...5150 {
      var random = RandomBundle(blocksOf: seed)
      let planner = try random.planner()
      let reference = BundleEnumerator(random.text, now: random.now)
      var shuffler = SeededGenerator(seed: seed)
      var text = random.text
      text.tables["legs.csv"]?.rows.shuffle(using: &shuffler)
      let other = try text.planner(now: random.now)
      var scratch = ExactPlanner<DatedTimetable>(options: SearchOptions(settlesTies: true))
      for _ in 0..<6 {
        let question = try random.blockQuestion(
          on: planner, currency: .eur, days: 4, boundaries: [])
        let before = try planner.front(question, with: &scratch)
        let after = try other.front(question, with: &scratch)
        #expect(before.map(\.vector) == after.map(\.vector), "seed \(seed)")
        let nodes = planner.bundle.nodes
        let ways = reference.ways(
          from: nodes.name(of: question.origin), to: nodes.name(of: question.destination), question)
        for (left, right) in zip(before, after) {
          let names = left.legs.map { planner.bundle.legs.name(of: $0) }
          let others = right.legs.map { other.bundle.legs.name(of: $0) }
          if names == others {
            kept += 1
            continue
          }
          changed += 1
          let parts = TieRule.winner(ways.filter { $0.vector == left.vector }, by: { _ in [] })?
            .parts
          #expect(
            !(parts ?? []).isDisjoint(with: [.lastLeg, .earlierLeg]),
            "seed \(seed): \(names), \(others)")
        }
      }
    }
    #expect(changed > 10 && kept > 200, "\(changed) changed, \(kept) kept")
  }
}
