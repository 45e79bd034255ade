import Glibc

/// What whole orders say of the law made of their legs: a life table over ``AgeMarks``.
///
/// A law that is right about each leg still misses what it says of the whole: whole days round up, legs are not quite
/// independent, ages are told in bins. So every order is followed from mark to mark: those that arrive before the next
/// one are counted against those that reach it, parcels under way as far as they have come. What is seen of all
/// kinds of orders at a mark is pulled towards what the law of a kind says there, and decides its dates.
///
/// The marks rest on usual durations alone, which parcels under way do not enter. So one that is overdue adds to those
/// at risk between marks, in this table and in that of its leg, and to nothing else: it can lengthen a promise
/// and never shorten one.
struct LevelCalibration: Sendable {
  /// Orders that reached the mark before each, and of these those that arrived before the mark; behind them the same of
  /// orders whose legs are followed.
  private(set) var lately: FadingWeek
  /// Orders that a law's own word weighs between the marks.
  private let weights: [Double]
  /// The same of orders whose plan ties the legs together: waiting for a departure takes up what handling varies by, and a
  /// law that adds the two is too wide.
  private let plannedWeights: [Double]
  /// The same of orders whose legs are followed: they are known over more weeks, and their plans as well.
  private let followedWeights: [Double]
  private let margin: Double

  init(settings: LearningSettings) {
    weights = AgeMarks.nominal.map { settings.calibrationWeight * $0 }
    plannedWeights = AgeMarks.nominal.map { settings.plannedWeight * $0 }
    followedWeights = AgeMarks.nominal.map { settings.followedWeight * $0 }
    margin = settings.margin
    func both(_ all: Double, _ followed: Double) -> [Double] {
      Array(repeating: all, count: AgeMarks.count)
        + Array(repeating: followed, count: AgeMarks.count)
    }
    lately = FadingWeek(
      kept: both(exp(-1 / settings.levelMemory), exp(-1 / settings.followedMemory)),
      echo: settings.echo, least: both(settings.echoWeight, .infinity))
  }

  mutating func restore(_ lately: FadingWeek) { self.lately = lately }

  /// An order arrived that had outlived so many of the marks the day before.
  ///
  /// - Parameters:
  ///   - outlived: how many.
  ///   - isFollowed: whether its legs are followed.
  ///   - worth: what the order counts for.
  mutating func arrive(outlived: Int, isFollowed: Bool = false, worth: Double = 1) {
    guard outlived < AgeMarks.count else { return }
    let index = LevelCalibration.first(isFollowed) + outlived
    lately.today.exposure[index] += worth
    lately.today.events[index] += worth
  }

  /// An order has not arrived by the end of a mark's day.
  ///
  /// - Parameters:
  ///   - mark: position of the mark.
  ///   - isFollowed: whether its legs are followed.
  ///   - weight: share of the order that may yet arrive, and what it counts for: less than one where it may be lost.
  mutating func outlive(_ mark: Int, isFollowed: Bool = false, weight: Double) {
    lately.today.exposure[LevelCalibration.first(isFollowed) + mark] += weight
  }

  private static func first(_ isFollowed: Bool) -> Int { isFollowed ? AgeMarks.count : 0 }

  mutating func close() { lately.close() }

  /// The share of orders that takes longer than each mark.
  ///
  /// - Parameters:
  ///   - marks: ages of a kind.
  ///   - law: what the law of its legs says.
  ///   - group: whose orders.
  /// - Returns: shares by mark, never rising.
  /// - Complexity: O(marks)
  func survivals(
    at marks: [Double], law: [Double], of group: OrderTraits.Group
  ) -> [Double] {
    let isFollowed = group == .followed
    let weights = isFollowed ? followedWeights : group == .planned ? plannedWeights : weights
    let first = LevelCalibration.first(isFollowed)
    // The law stretched away from the usual median: it is known from a sample, and the network goes on changing.
    let pivot = marks[AgeMarks.median]
    var surviving = 1.0
    var before = 1.0
    return marks.indices.map { mark in
      let age = marks[mark]
      let said = PromiseTables.survival(
        law, to: age > pivot ? pivot + (age - pivot) / margin : age)
      let ending = before > 0 ? 1 - said / before : 1
      before = said
      surviving *=
        1 - (lately.present.events[first + mark] + weights[mark] * ending)
        / (lately.present.exposure[first + mark] + weights[mark])
      return surviving
    }
  }

  /// Ages by ``PromiseCurve/levels``, never falling: straight between marks in the logarithm of the share that takes
  /// longer, which is a steady rate of arrival.
  static func ages(at marks: [Double], _ survivals: [Double]) -> [Double] {
    var mark = 0
    return PromiseCurve.levels.map { level in
      let wanted = Double(1000 - level) / 1000
      while mark < marks.count, survivals[mark] > wanted { mark += 1 }
      guard mark < marks.count else { return Double(PromiseTables.greatestAge) }
      let above = mark == 0 ? 1 : survivals[mark - 1]
      let from = mark == 0 ? 0 : marks[mark - 1]
      guard survivals[mark] > 0, above > survivals[mark] else { return marks[mark] }
      return from + (marks[mark] - from) * log(above / wanted) / log(above / survivals[mark])
    }
  }
}
