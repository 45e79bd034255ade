import Fulfilment
import Glibc
import JobQueue
import LogisticsModel
import PostgresClient
import ShipmentStore

/// What the kinds of jobs work with: the network in force, the store of a tenant, the clock.
final class Workplace: Sendable {
  let network: NetworkInForce
  let settings: Settings
  let options: NetworkOptions
  /// Files that jobs may read and write; nil: none.
  let folder: JobFolder?
  /// Where the database is; nil where another process finds it by itself.
  private let database: String?
  private let pool: Pool
  private let queries: QueryTable<StoreQuery>

  init(
    _ network: NetworkInForce, _ settings: Settings, _ options: NetworkOptions, pool: Pool,
    queries: QueryTable<StoreQuery>, folder: JobFolder?, database: String?
  ) {
    self.database = database
    self.network = network
    self.settings = settings
    self.options = options
    self.pool = pool
    self.queries = queries
    self.folder = folder
  }

  /// The store of the tenant whose job it is.
  func store(of job: Job) -> ShipmentStore {
    ShipmentStore(pool, tenant: job.tenant, queries: queries)
  }

  /// What a process that does a job is told besides its arguments: the same network and database as the worker's own.
  func environment(for job: Job) -> [String: String] {
    var environment = [
      "TRADEWIND_TENANT": "\(job.tenant)", "TRADEWIND_NETWORK": settings.network.value,
    ]
    if let database { environment["TRADEWIND_DATABASE_URL"] = database }
    return environment
  }

  /// The clock: pinned, or the machine's rounded up to the minute.
  func now() throws -> Instant { try options.clock() }

  /// The same clock for ids, in milliseconds.
  func milliseconds() throws -> UInt64 {
    guard options.now == nil else { return UInt64(max(0, try now().minutes)) * 60_000 }
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
  }

  /// Does the work of one job; what cannot be done from its payload fails it for good, anything else is tried again.
  static func settling(_ body: () async throws -> Outcome) async throws -> Outcome {
    do {
      return try await body()
    } catch let fault as JobFault {
      return fault.outcome
    } catch let fault as RequestFault {
      return .failed(Setback(fault.code, fault.message))
    } catch let fault as StoreFault {
      return .failed(Setback(fault.code, fault.message))
    }
  }
}

/// A folder whose files jobs may name: nothing outside it can be read or written.
struct JobFolder: Sendable {
  private let path: String

  /// A folder that is there.
  init?(_ path: String) {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    self.path = String(cString: real)
    guard InputFiles.isDirectory(self.path) else { return nil }
  }

  /// The path of a file by its name in the folder.
  ///
  /// - Throws: ``JobFault`` for a name that leads out of it.
  func file(_ name: String) throws -> String {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !name.isEmpty, !name.hasPrefix("/"), parts.allSatisfy({ !["", ".", ".."].contains($0) })
    else {
      throw JobFault(code: "bad_file", message: "\"\(name.prefix(80))\" is no name in a folder")
    }
    let file = path + "/" + name
    // A link in the folder may lead out of it all the same.
    if let real = realpath(file, nil) {
      defer { free(real) }
      guard String(cString: real).hasPrefix(path + "/") else {
        throw JobFault(code: "bad_file", message: "\"\(name.prefix(80))\" leads out of the folder")
      }
    }
    return file
  }
}
