extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
  /// That of the value.
  public static var postgresType: PostgresType { Wrapped.postgresType }

  /// Whether there is no value, or the value itself is null.
  public var isNull: Bool { self?.isNull ?? true }

  /// The form of the value.
  public func encode(into buffer: inout WireBuffer) { self?.encode(into: &buffer) }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
  /// Whatever the value accepts.
  public static func accepts(_ type: PostgresType) -> Bool { Wrapped.accepts(type) }

  /// Reads the value.
  public init(binary bytes: RawSpan, type: PostgresType) throws(CodecFault) {
    self = .some(try Wrapped(binary: bytes, type: type))
  }

  /// No value.
  public static func readNull() throws(CodecFault) -> Wrapped? { nil }
}

extension Optional: PostgresArrayElement where Wrapped: PostgresArrayElement {
  /// That of the value: arrays may hold nulls.
  public static var postgresArrayType: PostgresType { Wrapped.postgresArrayType }
}
