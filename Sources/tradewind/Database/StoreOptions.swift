import ArgumentParser
import Fulfilment
import Glibc
import LogisticsModel
import PostgresClient
import ShipmentStore

/// Which store a command works with.
struct StoreOptions: ParsableArguments {
  @OptionGroup var source: DatabaseAddressOptions

  @Option(help: .hidden)
  var tenant: Int32?

  /// The role that reads and writes rows and can change no table: what a store needs, and all it gets.
  private static let serviceRole = "tradewind_service"

  /// Opens the store for a body, and closes its connections after it; as ``withPool(_:isQuiet:connections:_:)``.
  func withStore<Value>(
    _ settings: Settings, isQuiet: Bool, connections: Int = 2,
    _ body: (ShipmentStore) async throws -> Value
  ) async throws -> Value {
    try await withPool(
      settings, isQuiet: isQuiet, connections: connections, role: StoreOptions.serviceRole
    ) { pool, tenant in
      let queries = try QueryCatalogue.read(Home.path("sql/queries")).table(of: StoreQuery.self)
      return try await body(ShipmentStore(pool, tenant: tenant, queries: queries))
    }
  }

  /// Opens connections for a body, and closes them after it.
  ///
  /// A private server is brought up to date first; one that somebody named is theirs to migrate. What is wrong with the
  /// database, and what is refused with a code, is told on standard error and becomes an exit status.
  /// On a private server all is done in a role, where one is given.
  func withPool<Value>(
    _ settings: Settings, isQuiet: Bool, connections: Int = 2, role: String? = nil,
    _ body: (Pool, Int32) async throws -> Value
  ) async throws -> Value {
    try await StoreFailure.told {
      let address = try source.address(settings)
      var reached = try await StoreOptions.reached(address, isQuiet: isQuiet)
      // Of the private server this command is the owner; of one that somebody named the login says what it may.
      if case .own = address.server { reached.serverOptions["role"] = role }
      let pool = Pool(reached, PoolSettings(maximum: connections))
      let outcome: Result<Value, any Error>
      do {
        outcome = .success(try await body(pool, try number()))
      } catch {
        outcome = .failure(error)
      }
      await pool.drain(patience: .seconds(2))
      return try outcome.get()
    }
  }

  /// A server that answers; the private one is brought up to date.
  ///
  /// - Returns: where to connect, with plans made once.
  static func reached(
    _ address: DatabaseAddress, isQuiet: Bool
  ) async throws -> ConnectionSettings {
    var reached = try await address.settings(isQuiet: isQuiet)
    reached.plansOnce = true
    // A server out of reach is told at once; a pool would go on trying for whoever waits.
    let first = try await Connection.open(reached)
    defer { first.close() }
    if case .own = address.server {
      _ = try await Migrator(folder: Home.path("sql/migrations")).migrate(on: first)
    }
    return reached
  }

  /// Flag, `TRADEWIND_TENANT`, or 1.
  private func number() throws -> Int32 {
    if let tenant { return tenant }
    guard let text = getenv("TRADEWIND_TENANT").map({ String(cString: $0) }) else { return 1 }
    guard let number = Int32(text), number > 0 else {
      Streams.complain("error TW-CFG-003: TRADEWIND_TENANT=\(text) is not a positive whole number")
      throw ExitStatus.configuration
    }
    return number
  }
}

/// How a command ends that its store refused something, or that could not have its database.
enum StoreFailure {
  /// Runs a body; what went wrong is told on standard error and becomes an exit status.
  static func told<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
      return try await DatabaseFailure.told {
        do {
          return try await body()
        } catch let error as PostgresError where isUnmigrated(error) {
          Streams.complain(
            "error TW-CLI-090: the database lacks tables of this version\n"
              + "  run: tradewind db migrate --database ...")
          throw ExitStatus.configuration
        }
      }
    } catch let fault as ShipmentFault {
      Streams.complain(fault.description)
      throw fault.code == ShipmentFault.unknownShipment ? ExitStatus.missing : ExitStatus.usage
    } catch let fault as StoreFault {
      Streams.complain(fault.description)
      throw ExitStatus.data
    } catch let fault as RequestFault {
      Streams.complain(fault.description)
      throw ExitStatus.usage
    }
  }

  /// A schema, a table, a column or a function that is not there.
  private static func isUnmigrated(_ error: PostgresError) -> Bool {
    guard let state = error.sqlState else { return false }
    return ["3F000", "42P01", "42703", "42883"].contains(state)
  }
}
