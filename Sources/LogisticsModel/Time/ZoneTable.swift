/// What a wall clock shows in one IANA zone: the sorted list of its changes of offset.
///
/// Built once from the system's TZif bytes (see ``ZoneTable/init(name:tzif:)``); after that an offset is one
/// binary search, with no call into the system and no lock. The rule after the last listed change is written
/// out up to the year 2100, so that nothing is computed later; beyond, the last offset stays.
///
/// Offsets are whole minutes, which every zone has used since 1972. Older offsets with seconds are rounded
/// down, changes up.
public struct ZoneTable: Hashable, Sendable {
  /// IANA name, such as `Europe/Madrid`.
  public let name: String
  /// Instants (in minutes) from which a new offset holds, ascending.
  public let changes: [Int64]
  /// Minutes east of UTC: before the first change, then from each change on; one more than ``changes``.
  public let offsets: [Int32]

  /// UTC itself.
  public static let utc = ZoneTable(name: "UTC", fixedOffset: 0)

  /// A zone whose clock never changes.
  public init(name: String, fixedOffset: Int32) {
    self.name = name
    changes = []
    offsets = [fixedOffset]
  }

  /// Adopts a ready list; nil unless changes ascend and there is exactly one more offset, each within
  /// 26 hours of UTC.
  public init?(name: String, changes: [Int64], offsets: [Int32]) {
    guard offsets.count == changes.count + 1,
      zip(changes, changes.dropFirst()).allSatisfy({ $0 < $1 }),
      offsets.allSatisfy({ (-1560...1560).contains($0) })
    else { return nil }
    self.name = name
    self.changes = changes
    self.offsets = offsets
  }

  /// Number of changes at or before the minute: the position of its offset.
  ///
  /// - Complexity: O(log changes)
  @inlinable func segment(at minute: Int64) -> Int {
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle] <= minute { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Minutes east of UTC at an instant.
  ///
  /// - Complexity: O(log changes)
  public func offset(at instant: Instant) -> Int32 { offsets[segment(at: instant.minutes)] }

  /// What the wall clock shows at an instant.
  public func local(_ instant: Instant) -> LocalTime {
    LocalTime(minutes: instant.minutes + Int64(offset(at: instant)))
  }

  /// The date on the wall at an instant.
  public func date(_ instant: Instant) -> CivilDate { local(instant).date }

  /// The instants at which the wall clock shows `local`.
  public func instants(of local: LocalTime) -> LocalResolution {
    let widest: Int64 = 1560
    var earliest: Int64?
    var latest: Int64 = 0
    for position in segment(at: local.minutes - widest)...segment(at: local.minutes + widest) {
      let minute = local.minutes - Int64(offsets[position])
      let begins = position == 0 || changes[position - 1] <= minute
      let lasts = position == changes.count || minute < changes[position]
      if begins && lasts {
        earliest = earliest ?? minute
        latest = minute
      }
    }
    guard let earliest else { return gap(local, widest: widest) }
    return earliest == latest
      ? .unique(Instant(minutes: earliest))
      : .fold(earlier: Instant(minutes: earliest), later: Instant(minutes: latest))
  }

  private func gap(_ local: LocalTime, widest: Int64) -> LocalResolution {
    // The change that jumps over `local`: the first one after which the wall shows a later time.
    let near = segment(at: local.minutes - widest)...segment(at: local.minutes + widest)
    for position in near where position > 0 {
      let change = changes[position - 1]
      let before = change + Int64(offsets[position - 1])
      let after = change + Int64(offsets[position])
      if before <= local.minutes, local.minutes < after {
        return .gap(
          firstAfter: Instant(minutes: change), shown: LocalTime(minutes: before),
          then: LocalTime(minutes: after))
      }
    }
    // Not reachable: a time that is neither shown nor jumped over does not exist.
    return .unique(Instant(minutes: local.minutes - Int64(offsets[near.lowerBound])))
  }

  /// Whether the offset changes anywhere in [from, to).
  public func changes(from: Instant, to: Instant) -> Bool {
    let position = segment(at: from.minutes)
    return position < changes.count && changes[position] < to.minutes
  }
}

/// The instants a wall-clock time stands for.
public enum LocalResolution: Hashable, Sendable {
  /// The usual case.
  case unique(Instant)
  /// The clock jumps over this time: `firstAfter` is the first instant after the jump, when the wall clock,
  /// which would have shown `shown`, shows `then`.
  case gap(firstAfter: Instant, shown: LocalTime, then: LocalTime)
  /// The clock shows this time twice.
  case fold(earlier: Instant, later: Instant)

  /// The only, the earlier, or after a jump the first instant: when a departure or an opening happens.
  public var earliest: Instant {
    switch self {
    case .unique(let instant): instant
    case .gap(let firstAfter, _, _): firstAfter
    case .fold(let earlier, _): earlier
    }
  }

  /// The only, the later, or after a jump the first instant: when a closing happens.
  public var latest: Instant {
    switch self {
    case .unique(let instant): instant
    case .gap(let firstAfter, _, _): firstAfter
    case .fold(_, let later): later
    }
  }
}
