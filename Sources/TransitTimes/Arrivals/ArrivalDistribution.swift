public import LogisticsModel

/// When a parcel is somewhere: finitely many minutes, each with its exact probability.
///
/// The reference implementation of the arrival law (the search keeps the same law in a packed arena): a
/// distribution is carried *through* departures, because a delay can miss the next sailing; quantiles of
/// single legs are never added. The recursion is the one of stochastic schedule-based assignment, in exact
/// integers instead of floating point.
public struct ArrivalDistribution<Mass: ProbabilityMass>: Sendable {
  /// One possible minute.
  public struct Atom: Sendable {
    /// The minute.
    public let minute: Int64
    /// Its probability.
    public let mass: Mass

    /// Makes an atom.
    public init(minute: Int64, mass: Mass) {
      self.minute = minute
      self.mass = mass
    }
  }

  /// How a leg is started from one arrival minute.
  public struct Start: Sendable {
    /// Minute of departure.
    public let minute: Int64
    /// Minutes under way before delay.
    public let duration: Int32
    /// The law of the delay.
    public let law: DelayLaw

    /// Makes a start.
    public init(minute: Int64, duration: Int32, law: DelayLaw) {
      self.minute = minute
      self.duration = duration
      self.law = law
    }
  }

  /// Atoms ascending by minute, all minutes different.
  public let atoms: [Atom]
  /// Uncertain legs so far; each used ten bits of the mass.
  public let uncertainLegs: Int

  /// A parcel that is certainly there at one minute.
  public init(certain minute: Int64) {
    atoms = [Atom(minute: minute, mass: .total)]
    uncertainLegs = 0
  }

  init(atoms: [Atom], uncertainLegs: Int) {
    self.atoms = atoms
    self.uncertainLegs = uncertainLegs
  }

  /// Why a leg cannot be appended.
  public enum Obstacle: Error, Sendable {
    /// From some possible minute there is no start, or only one past the horizon.
    case noBoarding(after: Int64)
    /// The mass type has no bits left; use the next wider one.
    case massExhausted
  }

  /// The distribution after one more leg.
  ///
  /// - Parameters:
  ///   - handling: minutes needed before boarding.
  ///   - horizon: last minute at which boarding is allowed.
  ///   - start: first start at or after a minute, or nil.
  ///   - arrival: minute of arrival from the start minute and the minutes under way.
  /// - Returns: the arrival law at the head of the leg.
  /// - Throws: an ``Obstacle`` where the leg cannot be appended.
  /// - Complexity: O(atoms x law atoms x log)
  public func travelled(
    handling: Int32, horizon: Int64, start: (Int64) -> Start?, arrival: (Int64, Int64) -> Int64
  ) throws(Obstacle) -> ArrivalDistribution {
    var sums: [Int64: Mass] = [:]
    var isUncertain = false
    for atom in atoms {
      guard let boarded = start(atom.minute + Int64(handling)), boarded.minute <= horizon else {
        throw .noBoarding(after: atom.minute)
      }
      for delay in boarded.law.atoms {
        let minute = arrival(boarded.minute, Int64(boarded.duration) + Int64(delay.delay))
        let isCertain = boarded.law.isCertain
        if !isCertain { isUncertain = true }
        let mass = isCertain ? atom.mass : atom.mass.scaled(byWeight: delay.weight)
        sums[minute] = sums[minute, default: .zero] + mass
      }
    }
    let used = uncertainLegs + (isUncertain ? 1 : 0)
    guard used <= Mass.greatestUncertainLegs else { throw .massExhausted }
    return ArrivalDistribution(
      atoms: sums.keys.sorted().map { Atom(minute: $0, mass: sums[$0] ?? .zero) },
      uncertainLegs: used)
  }

  /// The least minute t with P(arrival <= t) >= level/1024; level 0 gives the earliest possible minute.
  public func quantile(level: Int32) -> Int64 {
    let threshold = Mass.threshold(level: level)
    var sum = Mass.zero
    for atom in atoms {
      sum = sum + atom.mass
      if sum >= threshold { return atom.minute }
    }
    return latest
  }

  /// The earliest possible minute.
  public var earliest: Int64 { atoms.first?.minute ?? .min }
  /// The latest possible minute.
  public var latest: Int64 { atoms.last?.minute ?? .max }

  /// P(arrival <= minute) in parts of 1024, rounded down.
  public func level(at minute: Int64) -> Int32 {
    var sum = Mass.zero
    for atom in atoms where atom.minute <= minute { sum = sum + atom.mass }
    var least: Int32 = 0
    var most: Int32 = 1024
    while least < most {
      let middle = (least + most + 1) / 2
      if Mass.threshold(level: middle) <= sum { least = middle } else { most = middle - 1 }
    }
    return least
  }
}
