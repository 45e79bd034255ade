/// Why a value of the server is not what was asked for.
///
/// It names types and lengths, never the value.
public enum CodecFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// Null, where the type asked for has none.
  case unexpectedNull
  /// Another type than those that can be read as the one asked for.
  case wrongType(found: PostgresType)
  /// The bytes end early or late.
  case badLength(expected: Int, found: Int)
  /// The value does not fit, such as `infinity` where only dates are expected.
  case outOfRange
  /// Text that is not UTF-8.
  case invalidText
  /// A form that is not supported, such as an array of two dimensions.
  case unsupported(String)

  /// What is wrong, for people.
  public var description: String {
    switch self {
    case .unexpectedNull: "null, where a value was asked for (ask for an Optional)"
    case .wrongType(let found): "of type oid \(found.rawValue), which cannot be read so"
    case .badLength(let expected, let found): "\(found) bytes long, \(expected) expected"
    case .outOfRange: "out of range"
    case .invalidText: "not UTF-8"
    case .unsupported(let what): "not supported: \(what)"
    }
  }
}
