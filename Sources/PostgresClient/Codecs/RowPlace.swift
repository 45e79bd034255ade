/// Where a version of a row lies (`tid`, the column `ctid`): its page, and its number there.
///
/// Good for as long as nobody changes the row: whatever is done at a place names what is expected there, too.
public struct RowPlace: PostgresArrayElement, Hashable, Sendable {
  /// The page, counted from 0.
  public let page: UInt32
  /// The number on the page, counted from 1.
  public let number: UInt16

  /// That place.
  public init(page: UInt32, number: UInt16) {
    self.page = page
    self.number = number
  }

  /// `tid`.
  public static var postgresType: PostgresType { .tid }
  /// `tid[]`.
  public static var postgresArrayType: PostgresType { .tidArray }
  /// Only `tid`.
  public static func accepts(_ type: PostgresType) -> Bool { type == .tid }
  /// Six bytes.
  public func encode(into buffer: inout WireBuffer) {
    buffer.append(page)
    buffer.append(number)
  }
  /// Six bytes.
  public init(binary bytes: RawSpan, type: PostgresType) throws(CodecFault) {
    guard bytes.byteCount == 6 else { throw .badLength(expected: 6, found: bytes.byteCount) }
    page = try bytes.integer(at: 0, as: UInt32.self)
    number = try bytes.integer(at: 4, as: UInt16.self)
  }
}
