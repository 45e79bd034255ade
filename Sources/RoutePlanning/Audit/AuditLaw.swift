/// The law of an arrival, straight from its definition: how much of the whole reaches each minute.
///
/// A dictionary of exact numerators over 1024^legs. Every leg multiplies by 1024, certain ones too; nothing is
/// shifted, merged or pruned.
struct AuditLaw {
  private var masses: [Int64: AuditMass]
  private var whole: AuditMass

  /// There at this minute for certain.
  init(certain minute: Int64) {
    masses = [minute: .one]
    whole = .one
  }

  /// Every minute with positive probability, ascending.
  var minutes: [Int64] { masses.keys.sorted() }

  /// The law one leg later: `outcomes` gives, for an arrival minute, the arrival minutes at the other end with
  /// their weights out of 1024.
  func after<Obstacle: Error>(
    _ outcomes: (Int64) throws(Obstacle) -> [(minute: Int64, weight: Int32)]
  ) throws(Obstacle) -> AuditLaw {
    var next = self
    next.masses = [:]
    next.whole = whole * 1024
    for minute in minutes {
      let mass = masses[minute] ?? .zero
      for outcome in try outcomes(minute) {
        let share = mass * UInt32(outcome.weight)
        next.masses[outcome.minute] = (next.masses[outcome.minute] ?? .zero) + share
      }
    }
    return next
  }

  /// The least minute t with P(arrival <= t) >= level / 1024; for level 0 the earliest possible minute.
  func quantile(level: Int32) -> Int64? {
    let wanted = whole * UInt32(level)
    var reached = AuditMass.zero
    for minute in minutes {
      reached = reached + (masses[minute] ?? .zero)
      if reached * 1024 >= wanted { return minute }
    }
    return nil
  }

  /// Whether all of it is somewhere: a check of the auditor on itself.
  var isComplete: Bool { masses.values.reduce(.zero, +) == whole }
}
