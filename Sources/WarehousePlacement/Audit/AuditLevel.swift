/// A level of a site as the auditor reads it: what opening it costs, what it can and must hand out.
struct AuditLevel {
  /// From 0.
  let site: Int
  let opening: Int64
  let capacity: Int64
  let least: Int64

  /// From site, opening cost, capacity and least quantity.
  init(_ numbers: [Int64]) {
    site = Int(numbers[0]) - 1
    opening = numbers[1]
    capacity = numbers[2]
    least = numbers[3]
  }
}

extension AuditInstance {
  /// Puts a column in the place of each site for each of its levels; gives the columns of each site.
  mutating func unroll(_ levels: [AuditLevel]) throws(AuditFault) -> [[Int]] {
    var columns: [[Int]] = []
    var all: [AuditLevel] = []
    let total = demand.reduce(0, +)
    for level in levels
    where level.site < 0 || level.site >= siteCount || level.opening < 0 || level.capacity < 0
      || level.least < 0
    {
      throw AuditFault("a level of site \(level.site + 1) is not sound")
    }
    for site in 0..<siteCount {
      var own = levels.filter { $0.site == site }
      if own.isEmpty {
        own.append(
          AuditLevel([
            Int64(site + 1), opening[site], capacity?[site] ?? total,
            least.isEmpty ? 0 : least[site],
          ]))
      }
      columns.append(Array(all.count..<all.count + own.count))
      all += own
    }
    opening = all.map(\.opening)
    capacity = all.map(\.capacity)
    least = all.map(\.least)
    cost = cost.map { row in all.map { row[$0.site] } }
    if !keeping.isEmpty { keeping = all.map { keeping[$0.site] } }
    days = days.map { rows in rows.map { row in all.map { row[$0.site] } } }
    siteCount = all.count
    return columns
  }
}
