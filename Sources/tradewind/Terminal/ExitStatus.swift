import ArgumentParser

/// Process exit codes; the table stands in the README.
enum ExitStatus {
  /// An unexpected failure: our bug.
  static let failure = ExitCode(1)
  /// A valid question whose answer is "no".
  static let refused = ExitCode(3)
  /// A gate failed.
  static let gate = ExitCode(4)
  /// The command line is wrong.
  static let usage = ExitCode(64)
  /// The data is wrong.
  static let data = ExitCode(65)
  /// An input is missing.
  static let missing = ExitCode(66)
  /// The database is not to be had.
  static let unavailable = ExitCode(69)
  /// It may work a little later.
  static let tryAgain = ExitCode(75)
  /// The configuration is wrong.
  static let configuration = ExitCode(78)
}
