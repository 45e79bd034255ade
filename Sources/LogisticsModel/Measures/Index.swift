/// A typed position in one of a network's tables, so that a node can never be used as a leg.
///
/// Indices are dense, start at 0, and mean nothing outside the network they were made for.
public protocol TableIndex: RawRepresentable, Hashable, Comparable, Sendable
where RawValue == Int32 {
  /// Wraps a position that is known to fit.
  init(_ position: Int32)
}

extension TableIndex {
  /// The position as an array subscript.
  @inlinable public var position: Int { Int(rawValue) }

  /// Orders by position in the table.
  @inlinable public static func < (left: Self, right: Self) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// Position of a node (a place in the graph).
public struct NodeID: TableIndex {
  /// Position in the node table.
  public let rawValue: Int32
  /// Wraps a position.
  @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }
  /// Wraps a position.
  @inlinable public init(_ position: Int32) { self.rawValue = position }
}

/// Position of a leg (a scheduled or continuous connection, node to node).
public struct LegID: TableIndex {
  /// Position in the leg table.
  public let rawValue: Int32
  /// Wraps a position.
  @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }
  /// Wraps a position.
  @inlinable public init(_ position: Int32) { self.rawValue = position }
}

/// Position of a delay law.
public struct LawID: TableIndex {
  /// Position in the law table.
  public let rawValue: Int32
  /// Wraps a position.
  @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }
  /// Wraps a position.
  @inlinable public init(_ position: Int32) { self.rawValue = position }
}

/// Position of a rate-card family.
public struct CardID: TableIndex {
  /// Position in the card table.
  public let rawValue: Int32
  /// Wraps a position.
  @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }
  /// Wraps a position.
  @inlinable public init(_ position: Int32) { self.rawValue = position }
}
