/// Codes of what can be wrong with an instance, a question or a certificate.
public enum PlacementCodes {
  /// A word where a number belongs.
  public static let notANumber = "TW-PLC-001"
  /// More digits, or a greater sum, than is reckoned exactly.
  public static let overflow = "TW-PLC-002"
  /// The file ends before everything it announces is there.
  public static let tooShort = "TW-PLC-003"
  /// There is more than the file announces.
  public static let tooLong = "TW-PLC-004"
  /// A negative cost, demand, capacity or length.
  public static let negative = "TW-PLC-005"
  /// A whole number is needed.
  public static let notWhole = "TW-PLC-006"
  /// A count or an index outside its range.
  public static let outOfRange = "TW-PLC-007"
  /// A part of the file that the format asks for, or one that is not read.
  public static let structure = "TW-PLC-008"
  /// The file leaves open what the question needs.
  public static let parameter = "TW-PLC-009"
  /// The text is no certificate, or not one of this instance.
  public static let certificate = "TW-PLC-010"
}
