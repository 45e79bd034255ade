import Testing

@testable import JobQueue

@Suite struct LimitBlockTests {
  @Test("a block is asked for once, used, and used again when its jobs have ended")
  func atOnce() {
    var block = LimitBlock(isRate: false)
    let answer1 = block.wantsMore(at: .zero)
    #expect(answer1)
    let answer2 = block.wantsMore(at: .zero)
    #expect(!answer2, "one question at a time")
    block.given(3, at: .zero)
    let answer3 = block.wantsMore(at: .zero)
    #expect(!answer3)
    block.reserve(3)
    #expect(block.free == 0 && block.used == 3)
    block.release(1, hasRun: false)
    block.release(2, hasRun: true)
    #expect(block.free == 3 && block.used == 0)
    let answer4 = block.surrender()
    #expect(answer4 == 3 && block.free == 0)
  }

  @Test("what begins in a minute is spent once it has begun, and never given back")
  func rate() {
    var block = LimitBlock(isRate: true)
    _ = block.wantsMore(at: .zero)
    block.given(4, at: .zero)
    block.reserve(4)
    block.release(1, hasRun: false)
    block.release(3, hasRun: true)
    #expect(block.free == 1 && block.used == 0)
    let answer5 = block.surrender()
    #expect(answer5 == 0 && block.free == 1)
  }

  @Test("refusals make the next question wait, up to a second")
  func refusals() {
    var block = LimitBlock(isRate: false)
    var now = Duration.zero
    var pauses: [Duration] = []
    for _ in 0..<8 {
      let answer6 = block.wantsMore(at: now)
      #expect(answer6)
      block.given(0, at: now)
      let answer7 = block.wantsMore(at: now)
      #expect(!answer7)
      pauses.append(block.askAt - now)
      now = block.askAt
    }
    #expect(pauses == [40, 80, 160, 320, 640, 1000, 1000, 1000].map { .milliseconds($0) })
  }
}
