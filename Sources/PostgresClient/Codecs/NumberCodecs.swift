extension Bool: PostgresArrayElement {
  /// `bool`.
  public static var postgresType: PostgresType { .bool }
  /// `bool[]`.
  public static var postgresArrayType: PostgresType { .boolArray }
  /// Only `bool`.
  public static func accepts(_ type: PostgresType) -> Bool { type == .bool }
  /// One byte.
  public func encode(into buffer: inout WireBuffer) { buffer.append(byte: self ? 1 : 0) }
  /// One byte, 0 or another.
  public init(binary bytes: RawSpan, type: PostgresType) throws(CodecFault) {
    self = try bytes.wholeInteger(UInt8.self) != 0
  }
}

extension Int16: PostgresArrayElement {
  /// `int2`.
  public static var postgresType: PostgresType { .int2 }
  /// `int2[]`.
  public static var postgresArrayType: PostgresType { .int2Array }
  /// Only `int2`.
  public static func accepts(_ type: PostgresType) -> Bool { type == .int2 }
  /// Two bytes.
  public func encode(into buffer: inout WireBuffer) { buffer.append(self) }
  /// Two bytes.
  public init(binary bytes: RawSpan, type: PostgresType) throws(CodecFault) {
    self = try bytes.wholeInteger(Int16.self)
  }
}

extension Int32: PostgresArrayElement {
  /// `int4`.
  public static var postgresType: PostgresType { .int4 }
  /// `int4[]`.
  public static var postgresArrayType: PostgresType { .int4Array }
  /// `int4` and narrower.
  public static func accepts(_ type: PostgresType) -> Bool { type == .int4 || type == .int2 }
  /// Four bytes.
  public func encode(into buffer: inout WireBuffer) { buffer.append(self) }
  /// Two or four bytes.
  public init(binary bytes: RawSpan, type: PostgresType) throws(CodecFault) {
    self =
      type == .int2
      ? Int32(try bytes.wholeInteger(Int16.self)) : try bytes.wholeInteger(Int32.self)
  }
}

extension Int64: PostgresArrayElement {
  /// `int8`.
  public static var postgresType: PostgresType { .int8 }
  /// `int8[]`.
  public static var postgresArrayType: PostgresType { .int8Array }
  /// Any integer.
  public static func accepts(_ type: PostgresType) -> Bool {
    type == .int8 || type == .int4 || type == .int2
  }
  /// Eight bytes.
  public func encode(into buffer: inout WireBuffer) { buffer.append(self) }
  /// Two, four or eight bytes.
  public init(binary bytes: RawSpan, type: PostgresType) throws(CodecFault) {
    self =
      switch type {
      case .int2: Int64(try bytes.wholeInteger(Int16.self))
      case .int4: Int64(try bytes.wholeInteger(Int32.self))
      default: try bytes.wholeInteger(Int64.self)
      }
  }
}

extension Int: PostgresArrayElement {
  /// `int8`.
  public static var postgresType: PostgresType { .int8 }
  /// `int8[]`.
  public static var postgresArrayType: PostgresType { .int8Array }
  /// Any integer.
  public static func accepts(_ type: PostgresType) -> Bool { Int64.accepts(type) }
  /// Eight bytes.
  public func encode(into buffer: inout WireBuffer) { buffer.append(Int64(self)) }
  /// Two, four or eight bytes.
  public init(binary bytes: RawSpan, type: PostgresType) throws(CodecFault) {
    self = Int(try Int64(binary: bytes, type: type))
  }
}

/// Object ids and the counters of transactions.
extension UInt32: PostgresArrayElement {
  /// `oid`.
  public static var postgresType: PostgresType { .oid }
  /// `oid[]`.
  public static var postgresArrayType: PostgresType { PostgresType(rawValue: 1028) }
  /// Only `oid`.
  public static func accepts(_ type: PostgresType) -> Bool { type == .oid }
  /// Four bytes.
  public func encode(into buffer: inout WireBuffer) { buffer.append(self) }
  /// Four bytes.
  public init(binary bytes: RawSpan, type: PostgresType) throws(CodecFault) {
    self = try bytes.wholeInteger(UInt32.self)
  }
}

extension Float: PostgresArrayElement {
  /// `float4`.
  public static var postgresType: PostgresType { .float4 }
  /// `float4[]`.
  public static var postgresArrayType: PostgresType { .float4Array }
  /// Only `float4`.
  public static func accepts(_ type: PostgresType) -> Bool { type == .float4 }
  /// Four bytes of IEEE 754.
  public func encode(into buffer: inout WireBuffer) { buffer.append(bitPattern) }
  /// Four bytes of IEEE 754.
  public init(binary bytes: RawSpan, type: PostgresType) throws(CodecFault) {
    self.init(bitPattern: try bytes.wholeInteger(UInt32.self))
  }
}

extension Double: PostgresArrayElement {
  /// `float8`.
  public static var postgresType: PostgresType { .float8 }
  /// `float8[]`.
  public static var postgresArrayType: PostgresType { .float8Array }
  /// `float8` and `float4`.
  public static func accepts(_ type: PostgresType) -> Bool { type == .float8 || type == .float4 }
  /// Eight bytes of IEEE 754.
  public func encode(into buffer: inout WireBuffer) { buffer.append(bitPattern) }
  /// Four or eight bytes of IEEE 754.
  public init(binary bytes: RawSpan, type: PostgresType) throws(CodecFault) {
    if type == .float4 {
      self.init(Float(bitPattern: try bytes.wholeInteger(UInt32.self)))
    } else {
      self.init(bitPattern: try bytes.wholeInteger(UInt64.self))
    }
  }
}
