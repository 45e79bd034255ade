import Testing

@testable import NetworkBuilding

@Suite struct GreatCircleTests {
  /// A degree of the equator is 2 x pi x 6371.0088 / 360 = 111.195 km.
  @Test func oneDegreeOfTheEquator() {
    let start = Position(latitude: 0, longitude: 0)
    #expect(start.kilometres(to: Position(latitude: 0, longitude: 1)) == 111)
    #expect(start.kilometres(to: Position(latitude: 0, longitude: 90)) == 10_008)
    #expect(start.kilometres(to: start) == 0)
  }

  /// 100 km at 55 km/h is 109.09 minutes, up to 110; with 60 fixed 170, up to the half hour 180.
  @Test func travelRoundsUp() {
    #expect(travelMinutes(kilometres: 100, speed: 55, fixed: 60, grid: 30) == 180)
    #expect(travelMinutes(kilometres: 0, speed: 55, fixed: 0, grid: 30) == 30)
  }
}
