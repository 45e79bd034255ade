import ArgumentParser
import PostgresClient

/// Flags that all `db` commands share.
struct DatabaseOptions: ParsableArguments {
  @Option(help: "Settings file; default config/tradewind.toml.")
  var config: String?

  @Flag(help: "Nothing on standard error but errors.")
  var quiet = false

  @Flag(help: "Print JSON.")
  var json = false

  func settings() throws -> Settings { try Settings.load(file: config) }

  /// The private server, whatever else is named; says so where something is.
  func ownCluster() throws -> (cluster: LocalCluster, folder: String) {
    var settings = try settings()
    if settings.database.origin != .builtIn, !quiet {
      Streams.complain(
        "warning TW-CLI-080: \(settings.database.origin.text) names a server, and other commands use "
          + "that one; this is about the private one")
    }
    settings.database = .init(value: "", origin: .builtIn)
    guard case .own(let cluster, let folder) = try DatabaseAddress(settings).server else {
      preconditionFailure("nothing names a server, and yet one is named")
    }
    return (cluster, folder)
  }
}

/// The flag of those that work with any server.
struct DatabaseAddressOptions: ParsableArguments {
  @Option(help: "PostgreSQL connection string; default: the environment's, else a private server.")
  var database: String?

  /// Flags laid over file and environment.
  func address(_ settings: Settings) throws -> DatabaseAddress {
    var settings = settings
    if let database { settings.database = .init(value: database, origin: .flag("--database")) }
    return try DatabaseAddress(settings)
  }
}
