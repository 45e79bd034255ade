import Testing

@testable import JobQueue

@Suite struct LeaseClockTests {
  @Test("beats go out every third of the term")
  func beats() {
    var clock = LeaseClock(term: .seconds(15), registered: .seconds(100))
    let answer1 = clock.isDue(at: .seconds(104))
    #expect(!answer1)
    let answer2 = clock.isDue(at: .seconds(105))
    #expect(answer2)
    let answer3 = clock.isDue(at: .seconds(105))
    #expect(!answer3)
    #expect(clock.nextBeat == .seconds(110))
  }

  @Test("trust ends two thirds of a term after the last answered beat was sent, not answered")
  func fence() {
    var clock = LeaseClock(term: .seconds(15), registered: .seconds(100))
    #expect(clock.fence == .seconds(110))
    _ = clock.isDue(at: .seconds(105))
    clock.answered(sent: .seconds(105))
    #expect(clock.fence == .seconds(115))
    // An answer to an older beat that comes late takes nothing back.
    clock.answered(sent: .seconds(101))
    #expect(clock.fence == .seconds(115))
  }

  @Test("a beat that failed is sent again soon, one that was given up is not counted")
  func failed() {
    var clock = LeaseClock(term: .seconds(15), registered: .zero)
    _ = clock.isDue(at: .seconds(5))
    clock.failed(sent: .seconds(5), at: .milliseconds(5100))
    #expect(clock.nextBeat == .milliseconds(6100))
    _ = clock.isDue(at: .seconds(7))
    clock.failed(sent: .seconds(5), at: .milliseconds(7100))
    #expect(clock.nextBeat == .seconds(12))
  }
}
