/// The law of one leg's delay: probability `weight`/1024 of each of finitely many extra minutes.
///
/// Atoms are kept ascending by delay, equal delays merged. Integer weights make every promise exact:
/// no rounding, hence no dependence on the order of summation.
public struct DelayLaw: Hashable, Sendable {
  /// One possible delay.
  public struct Atom: Hashable, Sendable {
    /// Extra minutes, never negative.
    public let delay: Int32
    /// Weight out of ``DelayLaw/scale``, at least 1.
    public let weight: Int32

    /// Makes an atom; ``DelayLaw/init(atoms:)`` checks it.
    public init(delay: Int32, weight: Int32) {
      self.delay = delay
      self.weight = weight
    }
  }

  /// Why a list of atoms is no law.
  public enum Fault: Error, Hashable, Sendable {
    /// A weight is not positive.
    case weightNotPositive(Int32)
    /// A delay is negative.
    case delayNegative(Int32)
    /// The weights do not add up to ``DelayLaw/scale``.
    case weightsSum(to: Int64)
  }

  /// What the weights of a law add up to.
  public static let scale: Int32 = 1024

  /// The atoms, ascending by delay, all delays different.
  public let atoms: [Atom]

  /// The law that never delays.
  public static let none = DelayLaw(ascending: [Atom(delay: 0, weight: scale)])

  /// Checks and orders `atoms`; equal delays add.
  public init(atoms: [Atom]) throws(Fault) {
    var sum: Int64 = 0
    for atom in atoms {
      guard atom.weight > 0 else { throw .weightNotPositive(atom.weight) }
      guard atom.delay >= 0 else { throw .delayNegative(atom.delay) }
      sum += Int64(atom.weight)
    }
    guard sum == Int64(DelayLaw.scale) else { throw .weightsSum(to: sum) }
    var merged: [Atom] = []
    for atom in atoms.sorted(by: { $0.delay < $1.delay }) {
      if let last = merged.last, last.delay == atom.delay {
        merged[merged.count - 1] = Atom(delay: atom.delay, weight: last.weight + atom.weight)
      } else {
        merged.append(atom)
      }
    }
    self.init(ascending: merged)
  }

  private init(ascending atoms: [Atom]) { self.atoms = atoms }

  /// Whether the delay is certain; such a law costs no bits of probability mass.
  public var isCertain: Bool { atoms.count == 1 }

  /// The least possible delay in minutes.
  public var leastDelay: Int32 { atoms.first?.delay ?? 0 }

  /// The greatest possible delay in minutes.
  public var greatestDelay: Int32 { atoms.last?.delay ?? 0 }

  /// The least delay d with P(delay <= d) >= level/1024.
  ///
  /// - Complexity: O(atoms)
  public func quantile(level: Int32) -> Int32 {
    var sum: Int32 = 0
    for atom in atoms {
      sum += atom.weight
      if sum >= level { return atom.delay }
    }
    return greatestDelay
  }
}
