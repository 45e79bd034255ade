/// One value in the tree of assumptions.
public indirect enum AssumptionValue: Codable, Hashable, Sendable {
  /// A whole number.
  case integer(Int64)
  /// Text; also decimals, dates and clock times, so that nothing passes through binary fractions.
  case text(String)
  /// Yes or no.
  case truth(Bool)
  /// A list.
  case list([AssumptionValue])
  /// Named values.
  case table([String: AssumptionValue])

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Reads whatever stands there.
  public init(from decoder: any Decoder) throws {
    if let keyed = try? decoder.container(keyedBy: Name.self) {
      var table: [String: AssumptionValue] = [:]
      for key in keyed.allKeys {
        table[key.stringValue] = try keyed.decode(AssumptionValue.self, forKey: key)
      }
      self = .table(table)
      return
    }
    if var unkeyed = try? decoder.unkeyedContainer() {
      var list: [AssumptionValue] = []
      while !unkeyed.isAtEnd { list.append(try unkeyed.decode(AssumptionValue.self)) }
      self = .list(list)
      return
    }
    let single = try decoder.singleValueContainer()
    if let value = try? single.decode(Bool.self) {
      self = .truth(value)
    } else if let value = try? single.decode(Int64.self) {
      self = .integer(value)
    } else {
      self = .text(try single.decode(String.self))
    }
  }

  /// Writes the value as it was read.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .table(let table):
      var keyed = encoder.container(keyedBy: Name.self)
      for key in table.keys.sorted() {
        try keyed.encode(table[key], forKey: Name(stringValue: key))
      }
    case .list(let list):
      var unkeyed = encoder.unkeyedContainer()
      for value in list { try unkeyed.encode(value) }
    case .integer(let value):
      var single = encoder.singleValueContainer()
      try single.encode(value)
    case .text(let value):
      var single = encoder.singleValueContainer()
      try single.encode(value)
    case .truth(let value):
      var single = encoder.singleValueContainer()
      try single.encode(value)
    }
  }
}
