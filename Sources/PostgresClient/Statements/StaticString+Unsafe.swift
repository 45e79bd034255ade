import Glibc

/// Literals compared without making strings of them. Bound relied on: a literal tells where its bytes are and how many; one of a
/// single character may be no more than that character, and then is not looked at in memory.
extension StaticString {
  /// Whether the other literal has the same bytes; at once where it is the same literal.
  func hasSameBytes(as other: StaticString) -> Bool {
    guard hasPointerRepresentation, other.hasPointerRepresentation else {
      return description == other.description
    }
    return utf8CodeUnitCount == other.utf8CodeUnitCount
      && (utf8Start == other.utf8Start
        || memcmp(utf8Start, other.utf8Start, utf8CodeUnitCount) == 0)
  }

  /// `Statement.sample` of its bytes.
  var sample: UInt64 {
    guard hasPointerRepresentation else { return Statement.sample(Array(description.utf8)) }
    return Statement.sample(
      UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount))
  }
}
