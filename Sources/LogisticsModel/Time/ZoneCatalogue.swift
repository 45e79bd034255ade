import Synchronization

/// Every zone asked for, parsed once and shared; safe to use from many threads.
///
/// Knows no file system: it is handed a closure that returns a zone file's bytes (nil: no such zone).
public final class ZoneCatalogue: Sendable {
  /// Finds the bytes of a zone file by IANA name.
  public typealias Loader = @Sendable (_ name: String) -> [UInt8]?

  private let loader: Loader
  private let known = Mutex<[String: Result<ZoneTable, ZoneFault>]>([:])

  /// Makes a catalogue over a source of zone files.
  public init(loader: @escaping Loader) { self.loader = loader }

  /// The table of a zone.
  public func zone(_ name: String) throws(ZoneFault) -> ZoneTable {
    if let found = known.withLock({ $0[name] }) { return try found.get() }
    let parsed: Result<ZoneTable, ZoneFault>
    if let bytes = loader(name) {
      do throws(ZoneFault) {
        parsed = .success(try ZoneTable(name: name, tzif: bytes))
      } catch {
        parsed = .failure(error)
      }
    } else {
      parsed = .failure(.unknown)
    }
    known.withLock { $0[name] = parsed }
    return try parsed.get()
  }
}
