public import LogisticsModel

/// The service levels that blocks hold promises for.
///
/// Others are answered by the exact search: a level between two of these has no promise that could be told from
/// theirs.
public enum StoredLevels {
  /// 80, 90, 95 and 99 per cent, in parts of 1024.
  public static let q1024: [Int32] = [819, 922, 973, 1014]

  /// Position of a level; nil where none is held.
  @inlinable public static func position(of level: ServiceLevel) -> Int? {
    switch level.q1024 {
    case 819: 0
    case 922: 1
    case 973: 2
    case 1014: 3
    default: nil
    }
  }
}
