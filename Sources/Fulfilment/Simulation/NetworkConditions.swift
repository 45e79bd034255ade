/// How a simulated network differs from its bundle as time goes by, in thousandths of the usual minutes under way.
public struct NetworkConditions: Sendable {
  /// A spell in which everything takes longer, or less long.
  public struct Shock: Hashable, Sendable {
    /// First day, counted from the first day of the simulation.
    public let first: Int
    /// Days it lasts.
    public let days: Int
    /// Minutes under way in thousandths of the usual ones.
    public let slowness: Int

    /// Makes a shock.
    public init(first: Int, days: Int, slowness: Int) {
      self.first = first
      self.days = days
      self.slowness = slowness
    }
  }

  /// Spells; where several meet, their slownesses multiply.
  public var shocks: [Shock] = []
  /// Thousandths by which minutes grow over a year.
  public var drift = 0
  /// Thousandths by which minutes swell and shrink over a year.
  public var season = 0
  /// Parcels lost on their way, of a thousand.
  public var lost = 0

  /// A network as its bundle says.
  public init() {}

  /// Thousandths of the usual minutes on a day of the simulation.
  public func slowness(on day: Int) -> Int64 {
    var slowness = 1000 + Int64(drift * day / 365)
    // A triangle over the year stands for the season: no floating point in a history.
    let phase = day % 364
    let height = phase < 182 ? phase - 91 : 273 - phase
    slowness += Int64(season * height / 91)
    for shock in shocks where day >= shock.first && day < shock.first + shock.days {
      slowness = slowness * Int64(shock.slowness) / 1000
    }
    return max(slowness, 100)
  }
}
