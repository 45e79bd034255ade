/// Something wrong, or worth knowing, in a file somebody gave us: coded, located, with what to do next.
///
/// Printed as `error TW-BND-017: legs.csv:42:7: unknown node CNYIW (maybe CNYIU)`.
public struct Finding: Hashable, Sendable, CustomStringConvertible {
  /// How bad it is.
  public enum Severity: String, Sendable {
    /// The data cannot be used.
    case error
    /// The data can be used; somebody should look.
    case warning
  }

  /// How bad it is.
  public let severity: Severity
  /// Stable code such as `TW-BND-017`; listed in the module's `...Codes.swift`.
  public let code: String
  /// File name as the user knows it.
  public let file: String
  /// Line, header = 1; 0 where no line applies.
  public let line: Int
  /// Column of the field counted from 1; 0 where no column applies.
  public let column: Int
  /// What, which value, why; and after it, where there is one, what to do.
  public let message: String

  /// Makes a finding.
  public init(
    _ severity: Severity = .error, code: String, file: String, line: Int = 0, column: Int = 0,
    message: String
  ) {
    self.severity = severity
    self.code = code
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  /// The line shown to people.
  public var description: String {
    var place = file
    if line > 0 { place += ":\(line)" }
    if column > 0 { place += ":\(column)" }
    return "\(severity.rawValue) \(code): \(place): \(message)"
  }
}
