import ArgumentParser
import PostgresClient

/// How a command ends that could not have its database.
enum DatabaseFailure {
  /// Runs a body; what went wrong with the database is told on standard error and becomes an exit status.
  static func told<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
      return try await body()
    } catch {
      guard let status = status(of: error) else { throw error }
      Streams.complain("\(error)")
      throw status
    }
  }

  /// The exit status for an error of the Postgres column; nil for anything else.
  static func status(of error: any Error) -> ExitCode? {
    switch error {
    case let error as ClusterError: clusterStatus(error)
    case is SQLFileError: ExitStatus.configuration
    case let error as MigrationError: migrationStatus(error)
    case let error as PostgresError: serverStatus(error)
    default: nil
    }
  }

  private static func clusterStatus(_ error: ClusterError) -> ExitCode {
    switch error.code {
    case .notInstalled, .cannotMake, .cannotStart: ExitStatus.unavailable
    case .busy, .slow: ExitStatus.tryAgain
    default: ExitStatus.configuration
    }
  }

  private static func migrationStatus(_ error: MigrationError) -> ExitCode {
    switch error.code {
    case .locked, .blocked: ExitStatus.tryAgain
    default: error.cause.map(serverStatus) ?? ExitStatus.failure
    }
  }

  private static func serverStatus(_ error: PostgresError) -> ExitCode {
    if error.code == .badConninfo || error.code == .unverifiedHost {
      return ExitStatus.configuration
    }
    // Who may log in, which database there is, and what a role may do is for whoever set the server up.
    if let state = error.sqlState, state.family == "28" || ["3D000", "42501"].contains(state) {
      return ExitStatus.configuration
    }
    return switch error.errorClass {
    case .retryTransaction, .diskFull, .tooManyConnections, .busy: ExitStatus.tryAgain
    case .reconnect, .unknownOutcome:
      error.sqlState == "57P03" ? ExitStatus.tryAgain : ExitStatus.unavailable
    case .cancelled, .duplicate, .other: ExitStatus.failure
    }
  }
}
