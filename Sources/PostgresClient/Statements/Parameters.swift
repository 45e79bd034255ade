/// Values for the parameters of a statement, in their binary form.
///
/// They are never printed: descriptions and mirrors tell how many there are and of which types.
public struct Parameters: Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// Where a value lies in the buffer; null has length -1.
  struct Slot: Sendable {
    let type: PostgresType
    let start: Int
    let length: Int
  }

  private(set) var slots: [Slot] = []
  private(set) var buffer = WireBuffer()

  /// No values.
  public static let none = Parameters()

  /// How many there are.
  ///
  /// A statement takes 65,535 at most.
  public var count: Int { slots.count }

  /// No values yet.
  public init() {}

  /// Values in the order `$1`, `$2`, ….
  public init<each Value: PostgresEncodable>(_ value: repeat each Value) {
    for one in repeat each value { append(one) }
  }

  /// Appends the next value.
  public mutating func append<Value: PostgresEncodable>(_ value: Value) {
    let start = buffer.count
    guard !value.isNull else {
      slots.append(Slot(type: Value.postgresType, start: start, length: -1))
      return
    }
    value.encode(into: &buffer)
    slots.append(Slot(type: Value.postgresType, start: start, length: buffer.count - start))
  }

  /// Bytes of all values together.
  var byteCount: Int { buffer.count }

  /// Counts and types, no values.
  public var description: String {
    "\(count) parameters (type oids \(slots.map { String($0.type.rawValue) }.joined(separator: ", ")))"
  }

  /// Counts and types, no values.
  public var debugDescription: String { description }

  /// Counts only, so that dumping an enclosing value prints none of these.
  public var customMirror: Mirror { Mirror(self, children: ["count": count]) }
}
