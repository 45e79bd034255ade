/// Which block: a segment, that is an origin and a day, and a destination class; numbers of one ``EngineFrame``.
struct BlockKey: Hashable, Sendable {
  /// Position of the segment: origin x days + day.
  var segment: Int
  /// Destination class.
  var destination: Int
}
