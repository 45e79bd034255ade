import Glibc

/// A position on the globe in decimal degrees.
struct Position: Hashable, Sendable {
  let latitude: Double
  let longitude: Double

  /// Great-circle distance to `other` in whole kilometres.
  ///
  /// Haversine with the mean radius 6371.0088 km, the formula the air link table was computed with. Rounding to whole kilometres hides the last bits of the platform's
  /// mathematics library, so that a rebuild elsewhere gives the same bytes.
  func kilometres(to other: Position) -> Int {
    let radians = Double.pi / 180
    let first = latitude * radians
    let second = other.latitude * radians
    let halfLatitude = sin((second - first) / 2)
    let halfLongitude = sin((other.longitude - longitude) * radians / 2)
    let chord =
      halfLatitude * halfLatitude + cos(first) * cos(second) * halfLongitude * halfLongitude
    return Int((2 * 6371.0088 * asin(min(1, chord.squareRoot()))).rounded())
  }
}

/// Minutes to cover `kilometres` at `speed` km/h after `fixed` minutes, rounded up to `grid` minutes.
func travelMinutes(kilometres: Int, speed: Int, fixed: Int, grid: Int) -> Int {
  guard speed > 0, grid > 0 else { return max(fixed, 1) }
  let minutes = fixed + (kilometres * 60 + speed - 1) / speed
  return max(grid, (minutes + grid - 1) / grid * grid)
}
