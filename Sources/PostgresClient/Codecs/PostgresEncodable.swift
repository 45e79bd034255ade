/// A value that can be sent to the server in its binary form.
public protocol PostgresEncodable: Sendable {
  /// The type the server is told.
  static var postgresType: PostgresType { get }

  /// Whether this is null; then nothing is encoded.
  var isNull: Bool { get }

  /// Appends the binary form (`typsend` of the type), without a length.
  func encode(into buffer: inout WireBuffer)
}

extension PostgresEncodable {
  /// No value is null unless its type says otherwise.
  @inlinable public var isNull: Bool { false }
}

/// A value that can be read from the binary form the server sends.
public protocol PostgresDecodable {
  /// Whether a column of that type can be read as this one, without loss.
  static func accepts(_ type: PostgresType) -> Bool

  /// Reads the binary form.
  ///
  /// - Throws: A fault if the bytes are not a value of the type.
  init(binary bytes: RawSpan, type: PostgresType) throws(CodecFault)

  /// What null is read as.
  ///
  /// - Throws: A fault where null has no reading.
  static func readNull() throws(CodecFault) -> Self
}

extension PostgresDecodable {
  /// Null is no value of most types.
  public static func readNull() throws(CodecFault) -> Self { throw .unexpectedNull }
}

/// A value of which the server has arrays.
public protocol PostgresArrayElement: PostgresEncodable, PostgresDecodable {
  /// The type of arrays of this one.
  static var postgresArrayType: PostgresType { get }
}

/// Null whose type the server decides.
public struct PostgresNull: PostgresEncodable, Hashable {
  /// Null.
  public init() {}
  /// Left to the server.
  public static var postgresType: PostgresType { .unspecified }
  /// Always.
  public var isNull: Bool { true }
  /// Nothing.
  public func encode(into buffer: inout WireBuffer) {}
}
