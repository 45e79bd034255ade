/// A size at which a site may be opened: what that costs, what it can hand out, and what it must at least.
///
/// Opening costs that step with capacity are levels of one site, of which a plan opens one at most.
public struct SiteLevel: Sendable, Hashable {
  /// The site, from 0.
  public let site: Int
  /// Cost of opening the site at this level, in units of the instance.
  public let opening: Int64
  /// What it can hand out, in units of the instance's quantities.
  public let capacity: Int64
  /// What it must hand out if it is opened.
  public let least: Int64

  /// A level.
  public init(site: Int, opening: Int64, capacity: Int64, least: Int64) {
    self.site = site
    self.opening = opening
    self.capacity = capacity
    self.least = least
  }
}

/// Which sites of a problem are levels of one place.
///
/// Solvers know sites only; a place with three levels is three sites, of which one may be open.
public struct PlaceLevels: Sendable, Hashable {
  /// The place of each site.
  public let place: [Int]
  /// The sites of each place.
  public let members: [Range<Int>]
  /// Whether one of a place's sites must be open.
  public var isWanted: [Bool]

  /// Places with so many levels each.
  init(counts: [Int]) {
    var place: [Int] = []
    var members: [Range<Int>] = []
    for (index, count) in counts.enumerated() {
      members.append(place.count..<place.count + count)
      place += Array(repeating: index, count: count)
    }
    self.place = place
    self.members = members
    isWanted = Array(repeating: false, count: counts.count)
  }
}

extension SiteTable {
  /// The table with a site for each level, in the order of the sites and of their levels.
  ///
  /// A site without levels stays as it is. The second result is nil where there are no levels.
  func unrolled(_ levels: [SiteLevel]) -> (table: SiteTable, places: PlaceLevels?) {
    guard !levels.isEmpty else { return (self, nil) }
    var ofSite = [[SiteLevel]](repeating: [], count: siteCount)
    for level in levels { ofSite[level.site].append(level) }
    let total = demand.reduce(0, +)
    let own = least ?? Array(repeating: 0, count: siteCount)
    for site in 0..<siteCount where ofSite[site].isEmpty {
      ofSite[site] = [
        SiteLevel(
          site: site, opening: opening[site], capacity: capacity?[site] ?? total, least: own[site])
      ]
    }
    let places = PlaceLevels(counts: ofSite.map(\.count))
    let all = ofSite.joined()
    var lists = ServiceLists()
    var length: [Int64] = []
    for client in 0..<clientCount {
      for entry in service.entries(of: client) {
        for site in places.members[Int(service.site[entry])] {
          lists.add(Int32(site), service.cost[entry])
          if let days { length.append(days[entry]) }
        }
      }
      lists.close()
    }
    var result = SiteTable(
      opening: all.map(\.opening), capacity: all.map(\.capacity), demand: demand, service: lists,
      decimals: decimals, quantityDecimals: quantityDecimals, sitesWanted: sitesWanted)
    result.least = all.map(\.least)
    result.days = days.map { _ in length }
    result.leaving = leaving
    return (result, places)
  }
}

extension PlacementQuestion {
  /// The sites of the table a plan opens, with the level of those that have levels.
  public func opened(
    _ plan: PlacementPlan?, on table: SiteTable
  ) -> [(site: Int, level: SiteLevel?)] {
    let levels = levels(of: table)
    guard let plan else { return [] }
    guard let places = table.unrolled(levels).places else { return plan.open.map { ($0, nil) } }
    return plan.open.map { open in
      let site = places.place[open]
      let own = levels.filter { $0.site == site }
      let index = open - places.members[site].lowerBound
      return (site, own.isEmpty ? nil : own[index])
    }
  }
}

extension PlacementProblem {
  /// Decides a site; of a place whose level is opened, the other levels are closed.
  func decide(_ site: Int, _ decision: Standing, in standing: inout [Standing]) {
    standing[site] = decision
    guard decision == .open, let places else { return }
    for other in places.members[places.place[site]] where other != site {
      standing[other] = .closed
    }
  }

  /// The sites with one level of each place: that with most capacity.
  func oneLevelEach(_ sites: [Int]) -> [Int] {
    guard let places else { return sites }
    var best: [Int: Int] = [:]
    for site in sites {
      let place = places.place[site]
      if let other = best[place], capacity[other] >= capacity[site] { continue }
      best[place] = site
    }
    return best.values.sorted()
  }

  /// Whether a set of sites is one a plan may open, as far as standing, count and levels go.
  func mayOpen(_ sites: [Int]) -> Bool {
    guard let places else { return true }
    var taken = Set<Int>()
    for site in sites where !taken.insert(places.place[site]).inserted { return false }
    return places.isWanted.indices.allSatisfy { !places.isWanted[$0] || taken.contains($0) }
  }

  /// What a site must hand out if it is open.
  func least(_ site: Int) -> Int64 { least.isEmpty ? 0 : least[site] }
}
