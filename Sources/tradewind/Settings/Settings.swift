import ArgumentParser
import CSVTables
import Glibc
import LogisticsModel
import TOMLKit

/// What the process is told besides its verb: flag, then environment, then file, then default.
///
/// Each value remembers where it came from; `doctor` prints that.
struct Settings: Sendable {
  /// Where a value came from.
  enum Origin: Equatable, Sendable {
    case builtIn
    case file(String)
    case environment(String)
    case flag(String)

    var text: String {
      switch self {
      case .builtIn: "default"
      case .file(let path): path
      case .environment(let name): name
      case .flag(let name): name
      }
    }
  }

  /// A value and where it came from.
  struct Value<Wrapped: Sendable>: Sendable {
    var value: Wrapped
    var origin: Origin
  }

  /// Network quoted from: a name under `config/networks`, or a folder.
  var network = Value(value: "world", origin: .builtIn)
  /// Minutes a quote holds.
  var quoteValidity = Value(value: 60, origin: .builtIn)
  /// Service level of promises.
  var serviceLevel = Value(value: "0.95", origin: .builtIn)
  /// Most legs of an itinerary.
  var greatestLegs = Value(value: 10, origin: .builtIn)
  /// Folder for snapshots; empty: the user's cache.
  var cache = Value(value: "", origin: .builtIn)
  /// Memory for blocks that are built when they are missed; nil: none is.
  var lazyMemory = Value<MemorySize?>(value: MemorySize(bytes: 256 << 20), origin: .builtIn)

  /// Connection string of the database; empty with the origin `builtIn`: the private server.
  var database = Value(value: "", origin: .builtIn)
  /// Folder for the private server; empty: the user's data.
  var data = Value(value: "", origin: .builtIn)

  /// Reads file and environment; flags are laid over by the commands.
  ///
  /// - Throws: exit 78 with a coded line for an unreadable file or a value of the wrong type.
  static func load(file explicit: String?) throws -> Settings {
    var settings = Settings()
    let path = explicit ?? Home.path("config/tradewind.toml")
    var bytes: [UInt8]?
    do throws(FileBytes.Fault) {
      bytes = try FileBytes.read(path, bound: 1 << 20)
    } catch {
      // The shipped file may be absent; one that was named may not.
      if explicit != nil {
        Streams.complain(InputFiles.finding(error).description)
        throw ExitStatus.configuration
      }
    }
    if let bytes { try settings.lay(bytes, path) }
    try settings.layEnvironment()
    return settings
  }

  private mutating func lay(_ bytes: [UInt8], _ path: String) throws {
    var lazyText: String?
    do {
      let table = try TOMLTable(string: String(decoding: bytes, as: UTF8.self))
      if let value = table["network"]?.string { network = Value(value: value, origin: .file(path)) }
      if let value = table["quote_validity_minutes"]?.int {
        quoteValidity = Value(value: value, origin: .file(path))
      }
      if let value = table["service_level"]?.string {
        serviceLevel = Value(value: value, origin: .file(path))
      }
      if let value = table["max_legs"]?.int {
        greatestLegs = Value(value: value, origin: .file(path))
      }
      if let value = table["cache"]?.string { cache = Value(value: value, origin: .file(path)) }
      if let value = table["database"]?.string, !value.isEmpty {
        database = Value(value: value, origin: .file(path))
      }
      if let value = table["data"]?.string { data = Value(value: value, origin: .file(path)) }
      lazyText = table["lazy_memory"]?.string
      let known = [
        "network", "quote_validity_minutes", "service_level", "max_legs", "cache", "lazy_memory",
        "database", "data",
      ]
      for key in table.keys where !known.contains(key) {
        Streams.complain("warning TW-CFG-002: \(path): unknown setting \(key) is ignored")
      }
    } catch {
      Streams.complain("error TW-CFG-001: \(path): not TOML: \(error)")
      throw ExitStatus.configuration
    }
    if let lazyText {
      lazyMemory = Value(
        value: try Settings.memory(lazyText, of: "lazy_memory"), origin: .file(path))
    }
  }

  /// A size of memory; nil for `0`.
  private static func memory(_ text: String, of name: String) throws -> MemorySize? {
    if text == "0" { return nil }
    if let size = MemorySize(text: text) { return size }
    Streams.complain(
      "error TW-CFG-004: \(name)=\(text) is no size of memory; write 256MiB, or 0 for none")
    throw ExitStatus.configuration
  }

  private mutating func layEnvironment() throws {
    func text(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    func number(_ name: String) throws -> Int? {
      guard let value = text(name) else { return nil }
      guard let number = Int(value), number > 0 else {
        Streams.complain("error TW-CFG-003: \(name)=\(value) is not a positive whole number")
        throw ExitStatus.configuration
      }
      return number
    }
    if let value = text("TRADEWIND_NETWORK") {
      network = Value(value: value, origin: .environment("TRADEWIND_NETWORK"))
    }
    if let value = text("TRADEWIND_SERVICE_LEVEL") {
      serviceLevel = Value(value: value, origin: .environment("TRADEWIND_SERVICE_LEVEL"))
    }
    if let value = text("TRADEWIND_CACHE") {
      cache = Value(value: value, origin: .environment("TRADEWIND_CACHE"))
    }
    if let value = text("TRADEWIND_DATA") {
      data = Value(value: value, origin: .environment("TRADEWIND_DATA"))
    }
    if let value = text("TRADEWIND_DATABASE_URL"), !value.isEmpty {
      database = Value(value: value, origin: .environment("TRADEWIND_DATABASE_URL"))
    } else if let name = DatabaseAddress.libpqVariables.first(where: { text($0) != nil }) {
      // libpq reads them itself, all of them.
      database = Value(value: "", origin: .environment(name))
    }
    if let value = text("TRADEWIND_LAZY_MEMORY") {
      lazyMemory = Value(
        value: try Settings.memory(value, of: "TRADEWIND_LAZY_MEMORY"),
        origin: .environment("TRADEWIND_LAZY_MEMORY"))
    }
    if let value = try number("TRADEWIND_QUOTE_VALIDITY_MINUTES") {
      quoteValidity = Value(value: value, origin: .environment("TRADEWIND_QUOTE_VALIDITY_MINUTES"))
    }
    if let value = try number("TRADEWIND_MAX_LEGS") {
      greatestLegs = Value(value: value, origin: .environment("TRADEWIND_MAX_LEGS"))
    }
  }
}
