import PostgresClient
import Testing

@testable import JobQueue

@Suite struct FloorCursorTests {
  private func floor(_ at: Int64, _ id: UInt64) -> FloorCursor.Floor {
    FloorCursor.Floor(at: Timestamp(microseconds: at), id: UniqueID(high: 0, low: id))
  }

  @Test("claims go on behind the last of each level")
  func follows() {
    var cursor = FloorCursor()
    let answer1 = cursor.reach(at: .zero, afterShort: false)
    #expect(answer1 == .all)
    cursor.answered(.all, from: .zero, to: .milliseconds(2))
    cursor.note([(4, floor(10, 3)), (4, floor(10, 7)), (4, floor(9, 9)), (0, floor(5, 1))])
    #expect(cursor.bounds(.floor)[4] == floor(10, 7))
    #expect(cursor.bounds(.floor)[0] == floor(5, 1))
    #expect(cursor.bounds(.floor)[1] == FloorCursor.Floor())
    #expect(cursor.bounds(.all).allSatisfy { $0 == FloorCursor.Floor() })
  }

  @Test("what is found below lowers the floor, so that its neighbours are found too")
  func lowers() {
    var cursor = FloorCursor()
    cursor.note([(4, floor(10, 7))])
    cursor.note([(4, floor(2, 1))])
    #expect(cursor.bounds(.floor)[4] == floor(2, 1))
  }

  @Test("it looks back a little every half second, and at once after a claim that came back short")
  func recent() {
    var cursor = FloorCursor()
    _ = cursor.reach(at: .zero, afterShort: false)
    cursor.answered(.all, from: .zero, to: .seconds(1))
    let answer2 = cursor.reach(at: .milliseconds(1100), afterShort: false)
    #expect(answer2 == .recent)
    let answer3 = cursor.reach(at: .milliseconds(1200), afterShort: false)
    #expect(answer3 == .floor)
    let answer4 = cursor.reach(at: .milliseconds(1300), afterShort: true)
    #expect(answer4 == .recent)
    let answer5 = cursor.reach(at: .milliseconds(1700), afterShort: false)
    #expect(answer5 == .floor)
    let answer6 = cursor.reach(at: .milliseconds(1850), afterShort: false)
    #expect(answer6 == .recent)
  }

  @Test(
    "all the way at most a twentieth of the time, and after five seconds or when that allows it")
  func budget() {
    var cursor = FloorCursor()
    // It took half a second: not again for ten.
    _ = cursor.reach(at: .zero, afterShort: false)
    cursor.answered(.all, from: .zero, to: .milliseconds(500))
    let answer7 = cursor.reach(at: .seconds(6), afterShort: true)
    #expect(answer7 != .all)
    let answer8 = cursor.reach(at: .milliseconds(10_500), afterShort: false)
    #expect(answer8 == .all)
    // It took a millisecond: after a short claim again twenty milliseconds later, else after five seconds.
    cursor.answered(.all, from: .seconds(11), to: .milliseconds(11_001))
    let answer9 = cursor.reach(at: .milliseconds(11_010), afterShort: true)
    #expect(answer9 == .recent)
    let answer10 = cursor.reach(at: .milliseconds(11_022), afterShort: true)
    #expect(answer10 == .all)
    cursor.answered(.all, from: .milliseconds(11_022), to: .milliseconds(11_023))
    let answer11 = cursor.reach(at: .seconds(15), afterShort: false)
    #expect(answer11 == .recent)
    let answer12 = cursor.reach(at: .milliseconds(16_030), afterShort: false)
    #expect(answer12 == .all)
  }
}
