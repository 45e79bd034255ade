extension String: PostgresArrayElement {
  /// `text`.
  public static var postgresType: PostgresType { .text }
  /// `text[]`.
  public static var postgresArrayType: PostgresType { .textArray }
  /// Every type whose binary form is its text.
  public static func accepts(_ type: PostgresType) -> Bool {
    switch type {
    case .text, .varchar, .bpchar, .name, .unknown, .json: true
    default: false
    }
  }
  /// UTF-8, which every connection of this client speaks.
  ///
  /// The server refuses text with a NUL in it (22021).
  public func encode(into buffer: inout WireBuffer) { buffer.append(self) }
  /// UTF-8.
  public init(binary bytes: RawSpan, type: PostgresType) throws(CodecFault) {
    self = try bytes.text()
  }
}

/// The bytes of a `bytea`.
///
/// A type of its own: an array of `UInt8` would be an array to the server.
public struct Bytes: PostgresArrayElement, Hashable, Sendable, ExpressibleByArrayLiteral {
  /// The bytes.
  public let array: [UInt8]

  /// Those bytes.
  public init(_ array: [UInt8]) { self.array = array }
  /// Those bytes.
  public init(arrayLiteral elements: UInt8...) { array = elements }

  /// `bytea`.
  public static var postgresType: PostgresType { .bytea }
  /// `bytea[]`.
  public static var postgresArrayType: PostgresType { .byteaArray }
  /// Only `bytea`.
  public static func accepts(_ type: PostgresType) -> Bool { type == .bytea }
  /// As they are.
  public func encode(into buffer: inout WireBuffer) { buffer.append(array) }
  /// As they are.
  public init(binary bytes: RawSpan, type: PostgresType) throws(CodecFault) {
    array = bytes.array()
  }
}

/// A document for columns of type `jsonb`, as text: this client carries it and does not read it.
public struct JSONB: PostgresArrayElement, Hashable, Sendable {
  /// The document.
  public let text: String

  /// A document; the server checks it.
  public init(_ text: String) { self.text = text }

  /// `jsonb`.
  public static var postgresType: PostgresType { .jsonb }
  /// `jsonb[]`.
  public static var postgresArrayType: PostgresType { .jsonbArray }
  /// `jsonb` and `json`.
  public static func accepts(_ type: PostgresType) -> Bool { type == .jsonb || type == .json }
  /// Version 1 of the form, which is the text behind a byte.
  public func encode(into buffer: inout WireBuffer) {
    buffer.append(byte: 1)
    buffer.append(text)
  }
  /// Version 1 of the form, or plain text from a `json` column.
  public init(binary bytes: RawSpan, type: PostgresType) throws(CodecFault) {
    guard type == .jsonb else {
      text = try bytes.text()
      return
    }
    let version = try bytes.integer(at: 0, as: UInt8.self)
    guard version == 1 else { throw .unsupported("jsonb of version \(version)") }
    text = try bytes.text(from: 1)
  }
}

/// A document for columns of type `json`, which keep it as it was written.
public struct JSON: PostgresArrayElement, Hashable, Sendable {
  /// The document.
  public let text: String

  /// A document; the server checks it.
  public init(_ text: String) { self.text = text }

  /// `json`.
  public static var postgresType: PostgresType { .json }
  /// `json[]`.
  public static var postgresArrayType: PostgresType { .jsonArray }
  /// `json` and `jsonb`.
  public static func accepts(_ type: PostgresType) -> Bool { JSONB.accepts(type) }
  /// The text.
  public func encode(into buffer: inout WireBuffer) { buffer.append(text) }
  /// The text, whichever of the two types holds it.
  public init(binary bytes: RawSpan, type: PostgresType) throws(CodecFault) {
    text = try JSONB(binary: bytes, type: type).text
  }
}
