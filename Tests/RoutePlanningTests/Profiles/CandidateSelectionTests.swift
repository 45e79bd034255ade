import Testing

@testable import RoutePlanning

/// Which ways to a destination are kept, by hand.
@Suite struct CandidateSelectionTests {
  /// Class n costs n in cell 0; in cell 1 class 9 costs nothing.
  private struct Prices: ChargeScope {
    var cellCount: Int { 2 }
    func cells(takenBy leg: Int) -> UInt64 { 0b11 }
    func chargeClass(of leg: Int) -> Int32 { Int32(leg) }
    func emission(of leg: Int) -> Int64 { 0 }
    func cells(where cheap: [Int32], areNoDearerThan dear: [Int32]) -> UInt64 {
      let plain: UInt64 = cheap.reduce(0, +) <= dear.reduce(0, +) ? 0b01 : 0
      let odd: UInt64 =
        cheap.filter { $0 != 9 }.reduce(0, +) <= dear.filter { $0 != 9 }.reduce(0, +) ? 0b10 : 0
      return plain | odd
    }
  }

  /// A way: its place in the tie order, what it costs, its promise at all levels unless told.
  private struct Way {
    var place: Int32
    var price: Int32
    var promise: Int32
    var emission: Int64 = 0
    var legs: Int32 = 2
    var boarding: Int32 = 0
    var lastLeg: Int32 = 0
    var late: SIMD4<Int32> = .zero
  }

  private func row(
    _ ways: [Way], excess: [Int64] = [0], width: Int = 1, safe: Int32 = 100
  ) -> [Candidate] {
    var signatures = ChargeSignatures(Prices())
    let all = ways.map { way in
      Candidate(
        label: way.place, lastLeg: way.lastLeg, signature: signatures.adding(way.price, to: 0),
        promises: SIMD4(repeating: way.promise) &+ way.late, emission: way.emission, legs: way.legs,
        needed: 0xFF, lastBoarding: way.boarding, firstAtom: 0, atomCount: 0)
    }
    var selection = CandidateSelection<Prices>(goodsCount: 2, destinationCount: 1)
    return selection.candidates(
      of: all, to: 0, excess: excess, width: width, safeBoarding: safe, signatures: &signatures
    ) { $0.label < $1.label }
  }

  private func kept(_ row: [Candidate]) -> [Int32] { row.map(\.label) }

  @Test("dropped only by what is no dearer and no later; either alone does not do")
  func dominance() {
    #expect(
      kept(row([Way(place: 0, price: 2, promise: 50), Way(place: 1, price: 3, promise: 60)])) == [0]
    )
    #expect(
      kept(row([Way(place: 1, price: 3, promise: 60), Way(place: 0, price: 2, promise: 50)])) == [0]
    )
    #expect(
      kept(row([Way(place: 0, price: 2, promise: 60), Way(place: 1, price: 3, promise: 50)])) == [
        0, 1,
      ])
    // Earlier and cheaper wins whatever it emits and however many legs it has.
    #expect(
      kept(
        row([
          Way(place: 0, price: 2, promise: 50, emission: 99, legs: 9),
          Way(place: 1, price: 3, promise: 60),
        ]))
        == [0])
  }

  @Test("emission counts only at equal minutes, then legs, then the order")
  func ties() {
    let first = Way(place: 0, price: 2, promise: 50, emission: 7)
    #expect(kept(row([first, Way(place: 1, price: 2, promise: 50, emission: 6)])) == [1])
    #expect(kept(row([first, Way(place: 1, price: 3, promise: 50, emission: 6)])) == [0, 1])
    #expect(kept(row([first, Way(place: 1, price: 2, promise: 50, emission: 7, legs: 1)])) == [1])
    #expect(kept(row([first, Way(place: 1, price: 2, promise: 50, emission: 7)])) == [0])
    // What the last legs add at some destination of the class may turn it round: both stay.
    #expect(
      kept(
        row(
          [first, Way(place: 1, price: 2, promise: 50, emission: 6, lastLeg: 1)],
          excess: [0, 5, 5, 0], width: 2)) == [0, 1])
    #expect(
      kept(
        row(
          [first, Way(place: 1, price: 2, promise: 50, emission: 6, lastLeg: 1)],
          excess: [0, 1, 0, 0], width: 2)) == [1])
  }

  @Test("each level and each cell by itself")
  func levels() {
    // Later at the last level only: needed there.
    let slow = Way(place: 0, price: 2, promise: 50, late: SIMD4(0, 0, 0, 30))
    let found = row([slow, Way(place: 1, price: 3, promise: 60)])
    #expect(kept(found) == [0, 1])
    #expect(found[1].needed == 0b1100_0000)
    // Dearer in cell 0, no dearer in cell 1.
    let odd = row([Way(place: 0, price: 9, promise: 50), Way(place: 1, price: 3, promise: 60)])
    #expect(kept(odd) == [0, 1])
    #expect(odd[1].needed == 0b0101_0101)
  }

  @Test("what is boarded too late for some replaces only what is so too, and opens the row")
  func lateBoarding() {
    let late = Way(place: 0, price: 2, promise: 50, boarding: 101)
    let both = row([late, Way(place: 1, price: 3, promise: 60)])
    #expect(kept(both) == [0, 1])
    let later = row([late, Way(place: 1, price: 3, promise: 60, boarding: 105)])
    #expect(kept(later) == [0])
    let earlier = row([late, Way(place: 1, price: 3, promise: 60, boarding: 100)])
    #expect(kept(earlier) == [0, 1])
    let safe = row([Way(place: 0, price: 2, promise: 50, boarding: 100)])
    #expect(kept(safe) == [0])
  }

  @Test("fewest legs stand first, then the order")
  func order() {
    let row = row([
      Way(place: 5, price: 1, promise: 90, legs: 3), Way(place: 2, price: 2, promise: 80, legs: 3),
      Way(place: 9, price: 3, promise: 70, legs: 1),
    ])
    #expect(kept(row) == [9, 2, 5])
  }

  @Test("beside candidates that stand only new ones are judged, and find their places among them")
  func besideStanding() {
    var signatures = ChargeSignatures(Prices())
    func way(_ label: Int32, _ price: Int32, _ promise: Int32, legs: Int32 = 2) -> Candidate {
      Candidate(
        label: label, lastLeg: 0, signature: signatures.adding(price, to: 0),
        promises: SIMD4(repeating: promise), emission: 0, legs: legs, needed: 0xFF,
        lastBoarding: 0, firstAtom: 0, atomCount: 0)
    }
    var selection = CandidateSelection<Prices>(goodsCount: 2, destinationCount: 1)
    func row(_ new: [Candidate], _ standing: [Candidate]) -> [Int32] {
      selection.candidates(
        of: new, beside: standing, to: 0, excess: [0], width: 1, safeBoarding: 100,
        signatures: &signatures
      ) { $0.label < $1.label }.map(\.label)
    }
    let cheap = way(4, 2, 60)
    let quick = way(8, 5, 40)
    let needless = way(9, 6, 70)
    #expect(row([], [cheap, quick, needless]) == [4, 8, 9])
    // Those that stand are not compared with one another; a new one is with all.
    #expect(row([way(1, 4, 50)], [cheap, quick, needless]) == [1, 4, 8])
    #expect(row([way(6, 4, 50)], [cheap, quick]) == [4, 6, 8])
    #expect(row([way(9, 4, 50)], [cheap, quick]) == [4, 8, 9])
    #expect(row([way(9, 4, 50, legs: 1)], [cheap, quick]) == [9, 4, 8])
    #expect(row([way(6, 3, 65)], [cheap, quick]) == [4, 8])
    #expect(row([way(6, 1, 30), way(7, 1, 30)], [cheap, quick]) == [6])
  }
}
