import ArgumentParser
import JobQueue
import PostgresClient

/// Flags that all `queue` commands share.
struct QueueOptions: ParsableArguments {
  @OptionGroup var store: StoreOptions

  @Option(help: "Settings file; default config/tradewind.toml.")
  var config: String?

  @Flag(help: "Nothing on standard error but errors.")
  var quiet = false

  @Flag(help: "Print JSON.")
  var json = false

  /// What a command works with.
  struct Reach {
    let desk: JobDesk
    let sender: JobSender
    let tenant: Int32
  }

  /// Reaches the database for a body; what is refused, or wrong with the database, becomes an exit status.
  func reach<Value>(_ body: (Reach) async throws -> Value) async throws -> Value {
    try await store.withPool(try Settings.load(file: config), isQuiet: quiet) { pool, tenant in
      let queries = try QueryCatalogue.read(Home.path("sql/queries")).table(of: JobQuery.self)
      let reach = Reach(
        desk: JobDesk(pool, queries), sender: JobSender(pool, queries), tenant: tenant)
      do {
        return try await body(reach)
      } catch let fault as QueueFault {
        Streams.complain(fault.description)
        throw fault.code == "TW-JOB-002" ? ExitStatus.missing : ExitStatus.usage
      }
    }
  }

  /// An id of a job.
  static func id(_ text: String) throws -> UniqueID {
    guard let id = UniqueID(text) else {
      throw ValidationError("\"\(text.prefix(60))\" is no id of a job")
    }
    return id
  }
}
