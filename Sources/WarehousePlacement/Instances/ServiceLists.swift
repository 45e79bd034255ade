/// Who can serve whom, at what cost: for every client its sites, the cheapest first.
///
/// Flat columns: the sites of client `i` stand at `start[i]..<start[i + 1]`. A site that is not listed cannot
/// serve the client. Everything that looks for a client's best open site walks such a list and stops early.
public struct ServiceLists: Sendable, Hashable {
  /// Where each client's list begins; one more than there are clients.
  public private(set) var start: [Int] = [0]
  /// Sites, numbered from 0.
  public private(set) var site: [Int32] = []
  /// Cost of serving the client's whole demand from that site, in units of the instance.
  public private(set) var cost: [Int64] = []

  /// No clients yet.
  public init() {}

  /// Lists from every client's cost from every site, as ``append(dense:)`` takes them; long ones are sorted by all
  /// processors.
  init(dense rows: [[Int64]], spread: Spread) {
    let entries = rows.count * (rows.first?.count ?? 0)
    let pieces = entries < Self.fewEntries ? 1 : spread.width
    reserve(clients: rows.count, entries: entries)
    guard pieces > 1 else {
      for row in rows { append(dense: row[...]) }
      return
    }
    let parts = spread.map(pieces) { piece in
      var part = ServiceLists()
      let own = rows.count * piece / pieces..<rows.count * (piece + 1) / pieces
      part.reserve(clients: own.count, entries: entries / pieces + rows.count)
      for row in rows[own] { part.append(dense: row[...]) }
      return part
    }
    for part in parts { append(contentsOf: part) }
  }

  /// Fewer entries are sorted before another processor has begun.
  private static let fewEntries = 1 << 14

  /// Room for so many entries.
  public mutating func reserve(clients: Int, entries: Int) {
    start.reserveCapacity(clients + 1)
    site.reserveCapacity(entries)
    cost.reserveCapacity(entries)
  }

  /// How many clients there are.
  public var clientCount: Int { start.count - 1 }

  /// Adds the next client with its cost from every site that can serve it; ties keep the lower site first.
  ///
  /// - Complexity: O(k log k) for k sites.
  public mutating func append(_ row: [(site: Int32, cost: Int64)]) {
    for entry in row.sorted(by: { $0.cost != $1.cost ? $0.cost < $1.cost : $0.site < $1.site }) {
      add(entry.site, entry.cost)
    }
    close()
  }

  /// Adds the next client with its cost from every site, site 0 first; a negative cost means "cannot serve".
  public mutating func append(dense row: ArraySlice<Int64>) {
    // Site and cost in one word sort several times faster than pairs; costs that leave no room are rare.
    if row.count <= 1 << 16, row.allSatisfy({ $0 < 1 << 46 }) {
      var keys: [Int64] = []
      keys.reserveCapacity(row.count)
      for (site, cost) in row.enumerated() where cost >= 0 { keys.append(cost << 16 | Int64(site)) }
      keys.sort()
      for key in keys { add(Int32(truncatingIfNeeded: key & 0xFFFF), key >> 16) }
      close()
    } else {
      append(
        row.enumerated().compactMap { $1 < 0 ? nil : (site: Int32($0), cost: $1) })
    }
  }

  /// Adds an entry to the client that is being written; costs must not fall.
  public mutating func add(_ site: Int32, _ cost: Int64) {
    self.site.append(site)
    self.cost.append(cost)
  }

  /// Ends the client that is being written.
  public mutating func close() { start.append(site.count) }

  /// The positions of a client's entries.
  @inlinable public func entries(of client: Int) -> Range<Int> { start[client]..<start[client + 1] }

  /// The lists one after another, those of `other` behind these.
  public mutating func append(contentsOf other: ServiceLists) {
    let offset = site.count
    site += other.site
    cost += other.cost
    start += other.start.dropFirst().map { $0 + offset }
  }

  /// The cost of serving a client from a site, nil where that is impossible.
  ///
  /// - Complexity: O(length of the list).
  public func cost(of client: Int, from wanted: Int) -> Int64? {
    for entry in entries(of: client) where site[entry] == wanted { return cost[entry] }
    return nil
  }

  /// The lists without entries the filter refuses, costs as given by it.
  public func filtered(_ keep: (_ client: Int, _ site: Int, _ cost: Int64) -> Int64?)
    -> ServiceLists
  {
    var result = ServiceLists()
    result.reserve(clients: clientCount, entries: site.count)
    for client in 0..<clientCount {
      for entry in entries(of: client) {
        if let cost = keep(client, Int(site[entry]), cost[entry]) { result.add(site[entry], cost) }
      }
      result.close()
    }
    return result
  }
}
