import LogisticsModel

/// OR-Library's warehouse format: `m n`, then capacity and opening cost of each site, then for each client its
/// demand and what serving all of it from each site costs.
///
/// Larger files write the word `capacity` for a capacity the reader is to choose; then the table has none.
enum WarehouseTable {
  static func read(
    _ bytes: [UInt8], file: String, spread: Spread
  ) throws(InstanceRefused) -> SiteTable {
    var cursor = NumberCursor(bytes, file: file)
    let named = cursor.text.words.filter { $0.text == "capacity" }
    if named.count != cursor.text.words.count { cursor.refuseWords() }
    let (sites, clients) = cursor.size()
    let open = !named.isEmpty
    guard
      let head = cursor.amounts("\(sites) sites", sites * (open ? 1 : 2)),
      let body = cursor.amounts("\(clients) clients", clients * (sites + 1))
    else { throw InstanceRefused(findings: cursor.findings) }
    if open, named.count != sites || named.enumerated().contains(where: { $1.before != 2 + $0 }) {
      cursor.complain(
        number: 2, code: PlacementCodes.structure,
        "the word \"capacity\" must stand before the opening cost of every site or of none")
    }
    cursor.finish()
    let opening = open ? Array(head) : head.filter { ($0 - head.lowerBound) % 2 == 1 }
    let capacity = open ? [] : head.filter { ($0 - head.lowerBound) % 2 == 0 }
    let demand = (0..<clients).map { body.lowerBound + $0 * (sites + 1) }
    return try cursor.table(
      opening: opening, capacity: open ? nil : capacity, demand: demand,
      costs: demand.map { $0 + 1..<$0 + 1 + sites }, spread: spread)
  }
}

/// Holmberg's and Yang's format: `m n`, capacities, opening costs, demands, then m costs for each client.
enum SingleSourceTable {
  static func read(
    _ bytes: [UInt8], file: String, spread: Spread
  ) throws(InstanceRefused) -> SiteTable {
    var cursor = NumberCursor(bytes, file: file)
    cursor.refuseWords()
    let (sites, clients) = cursor.size()
    guard
      let capacity = cursor.amounts("\(sites) capacities", sites),
      let opening = cursor.amounts("\(sites) opening costs", sites),
      let demand = cursor.amounts("\(clients) demands", clients),
      let body = cursor.amounts("\(clients) clients", clients * sites)
    else { throw InstanceRefused(findings: cursor.findings) }
    cursor.finish()
    return try cursor.table(
      opening: Array(opening), capacity: Array(capacity), demand: Array(demand),
      costs: (0..<clients).map {
        body.lowerBound + $0 * sites..<body.lowerBound + ($0 + 1) * sites
      }, spread: spread)
  }
}

/// Facility location without capacities, in the two shapes such files have.
enum FacilityTable {
  static func read(
    _ bytes: [UInt8], file: String, spread: Spread
  ) throws(InstanceRefused) -> SiteTable {
    var cursor = NumberCursor(bytes, file: file)
    if cursor.text.words.first?.text == "FILE:" { return try bySite(&cursor, spread) }
    cursor.refuseWords()
    let (sites, clients) = cursor.size()
    guard
      let head = cursor.amounts("\(sites) sites", sites * 2),
      let body = cursor.amounts("\(clients) clients", clients * (sites + 1))
    else { throw InstanceRefused(findings: cursor.findings) }
    cursor.finish()
    return try cursor.table(
      opening: head.filter { ($0 - head.lowerBound) % 2 == 1 }, capacity: nil, demand: nil,
      costs: (0..<clients).map {
        let first = body.lowerBound + $0 * (sites + 1) + 1
        return first..<first + sites
      }, spread: spread)
  }

  /// `FILE: name`, `m n 0`, then a line for each site: its number, its opening cost, n costs.
  private static func bySite(
    _ cursor: inout NumberCursor, _ spread: Spread
  ) throws(InstanceRefused) -> SiteTable {
    // The name may itself be a number.
    if cursor.text.words.count < 2 { cursor.skip() }
    let (sites, clients) = cursor.size()
    _ = cursor.whole("the nought behind the size", in: 0...0)
    guard let body = cursor.amounts("\(sites) sites", sites * (clients + 2)) else {
      throw InstanceRefused(findings: cursor.findings)
    }
    cursor.finish()
    let rows = (0..<sites).map { body.lowerBound + $0 * (clients + 2) }
    for (index, row) in rows.enumerated()
    where cursor.text.places[row] != 0 || cursor.text.digits[row] != Int64(index + 1) {
      cursor.complain(
        number: row, code: PlacementCodes.outOfRange,
        "site \(cursor.text.written(row)) stands where site \(index + 1) should")
    }
    return try cursor.table(
      opening: rows.map { $0 + 1 }, capacity: nil, demand: nil,
      costs: [], transposed: rows.map { $0 + 2..<$0 + 2 + clients }, spread: spread)
  }
}

extension NumberCursor {
  /// Sites and clients of a table.
  fileprivate mutating func size() -> (Int, Int) {
    let sites = Int(whole("the number of sites", in: 1...100_000))
    let clients = Int(whole("the number of clients", in: 1...1_000_000))
    return (sites, clients)
  }

  /// A table from the positions of its numbers.
  ///
  /// - Throws: what was found wrong so far, or with the sums.
  fileprivate mutating func table(
    opening: [Int], capacity: [Int]?, demand: [Int]?, costs: [Range<Int>],
    transposed: [Range<Int>] = [], spread: Spread
  ) throws(InstanceRefused) -> SiteTable {
    guard isSound else { throw InstanceRefused(findings: findings) }
    let single: (Int) -> Range<Int> = { $0..<$0 + 1 }
    let decimals = self.decimals(costs + transposed + opening.map(single))
    let quantities = ((capacity ?? []) + (demand ?? [])).map(single)
    let quantityDecimals = self.decimals(quantities)
    let clients = transposed.first?.count ?? costs.count
    let rows: [[Int64]]
    if transposed.isEmpty {
      rows = costs.map { values($0, decimals: decimals) }
    } else {
      let columns = transposed.map { values($0, decimals: decimals) }
      rows = (0..<clients).map { client in columns.map { $0[client] } }
    }
    let lists = ServiceLists(dense: rows, spread: spread)
    let table = SiteTable(
      opening: opening.flatMap { values(single($0), decimals: decimals) },
      capacity: capacity?.flatMap { values(single($0), decimals: quantityDecimals) },
      demand: demand?.flatMap { values(single($0), decimals: quantityDecimals) }
        ?? Array(repeating: 1, count: clients),
      service: lists, decimals: decimals, quantityDecimals: quantityDecimals)
    guard isSound else { throw InstanceRefused(findings: findings) }
    if !table.isWithinReach {
      complain(
        number: 0, code: PlacementCodes.overflow,
        "with \(decimals) decimals the sum of all costs or quantities exceeds what is reckoned exactly"
      )
      throw InstanceRefused(findings: findings)
    }
    return table
  }
}
