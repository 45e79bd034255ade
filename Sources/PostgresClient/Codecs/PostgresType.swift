/// A type of the server by its fixed object id (`pg_type.dat` of the PostgreSQL sources).
public struct PostgresType: RawRepresentable, Hashable, Sendable {
  /// The object id; 0 leaves the choice to the server.
  public let rawValue: UInt32

  /// A type by its object id.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  private init(_ rawValue: UInt32) { self.rawValue = rawValue }

  /// The server decides from the statement.
  public static let unspecified = PostgresType(0)
  /// `bool`.
  public static let bool = PostgresType(16)
  /// `bytea`.
  public static let bytea = PostgresType(17)
  /// `name`, the type of identifiers in the catalogues.
  public static let name = PostgresType(19)
  /// `int8`.
  public static let int8 = PostgresType(20)
  /// `int2`.
  public static let int2 = PostgresType(21)
  /// `int4`.
  public static let int4 = PostgresType(23)
  /// `text`.
  public static let text = PostgresType(25)
  /// `oid`.
  public static let oid = PostgresType(26)
  /// `tid`, where a row lies.
  public static let tid = PostgresType(27)
  /// `json`.
  public static let json = PostgresType(114)
  /// `float4`.
  public static let float4 = PostgresType(700)
  /// `float8`.
  public static let float8 = PostgresType(701)
  /// The type of a literal nobody has given one.
  public static let unknown = PostgresType(705)
  /// `char(n)`.
  public static let bpchar = PostgresType(1042)
  /// `varchar`.
  public static let varchar = PostgresType(1043)
  /// `date`.
  public static let date = PostgresType(1082)
  /// `timestamptz`.
  public static let timestamptz = PostgresType(1184)
  /// `interval`.
  public static let interval = PostgresType(1186)
  /// `numeric`.
  public static let numeric = PostgresType(1700)
  /// `void`, what a function returns that returns nothing.
  public static let void = PostgresType(2278)
  /// `uuid`.
  public static let uuid = PostgresType(2950)
  /// `jsonb`.
  public static let jsonb = PostgresType(3802)
  /// `xid8`, a transaction id that does not wrap around.
  public static let xid8 = PostgresType(5069)

  /// `json[]`.
  public static let jsonArray = PostgresType(199)
  /// `xid8[]`.
  public static let xid8Array = PostgresType(271)
  /// `bool[]`.
  public static let boolArray = PostgresType(1000)
  /// `bytea[]`.
  public static let byteaArray = PostgresType(1001)
  /// `name[]`.
  public static let nameArray = PostgresType(1003)
  /// `int2[]`.
  public static let int2Array = PostgresType(1005)
  /// `int4[]`.
  public static let int4Array = PostgresType(1007)
  /// `text[]`.
  public static let textArray = PostgresType(1009)
  /// `tid[]`.
  public static let tidArray = PostgresType(1010)
  /// `char(n)[]`.
  public static let bpcharArray = PostgresType(1014)
  /// `varchar[]`.
  public static let varcharArray = PostgresType(1015)
  /// `int8[]`.
  public static let int8Array = PostgresType(1016)
  /// `float4[]`.
  public static let float4Array = PostgresType(1021)
  /// `float8[]`.
  public static let float8Array = PostgresType(1022)
  /// `date[]`.
  public static let dateArray = PostgresType(1182)
  /// `timestamptz[]`.
  public static let timestamptzArray = PostgresType(1185)
  /// `interval[]`.
  public static let intervalArray = PostgresType(1187)
  /// `numeric[]`.
  public static let numericArray = PostgresType(1231)
  /// `uuid[]`.
  public static let uuidArray = PostgresType(2951)
  /// `jsonb[]`.
  public static let jsonbArray = PostgresType(3807)

  /// The type of the elements where this is one of the array types above.
  public var element: PostgresType? { Self.elements[self] }

  private static let elements: [PostgresType: PostgresType] = [
    jsonArray: json, xid8Array: xid8, boolArray: bool, byteaArray: bytea, nameArray: name,
    int2Array: int2, int4Array: int4, textArray: text, bpcharArray: bpchar, varcharArray: varchar,
    int8Array: int8, float4Array: float4, float8Array: float8, dateArray: date,
    timestamptzArray: timestamptz, intervalArray: interval, numericArray: numeric, uuidArray: uuid,
    jsonbArray: jsonb, tidArray: tid,
  ]
}
