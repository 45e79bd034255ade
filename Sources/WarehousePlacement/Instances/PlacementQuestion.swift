/// A question about a table: what kind, how many sites, which are decided beforehand.
public struct PlacementQuestion: Sendable {
  /// What is asked.
  public var kind: PlacementKind
  /// Open sites wanted (`median`), or at most (all other kinds); nil leaves the number free.
  public var sites: Int?
  /// The capacity of every site, in place of what the table says.
  public var capacity: Int64?
  /// Sites that must be open, from 1 as in the file.
  public var forcedOpen: [Int]
  /// Sites that must stay closed, from 1 as in the file.
  public var forcedClosed: [Int]
  /// As far as a site covers, in units of the table's costs; for `covering` and `maximum-coverage`.
  public var reach: Int64?
  /// What opening sites may cost in all, in units of the table's costs.
  public var budget: Int64?
  /// Millionths of all demand that must be served within ``reach``.
  public var share: Int64?
  /// What every open site must hand out, in whole units of demand.
  public var least: Int64?
  /// Levels at which sites may be opened, in place of the table's.
  public var levels: [SiteLevel] = []

  /// Makes a question.
  public init(
    kind: PlacementKind, sites: Int? = nil, capacity: Int64? = nil, forcedOpen: [Int] = [],
    forcedClosed: [Int] = [], reach: Int64? = nil, budget: Int64? = nil, share: Int64? = nil,
    least: Int64? = nil
  ) {
    self.kind = kind
    self.sites = sites
    self.capacity = capacity
    self.forcedOpen = forcedOpen
    self.forcedClosed = forcedClosed
    self.reach = reach
    self.budget = budget
    self.share = share
    self.least = least
  }

  /// What in a question does not fit the table, in words; nil where everything does.
  public func fault(in table: SiteTable) -> String? {
    let all = 1...table.siteCount
    if let sites, !all.contains(sites) { return "p \(sites) is not within \(all)" }
    for site in forcedOpen + forcedClosed where !all.contains(site) {
      return "there is no site \(site); sites are \(all)"
    }
    if let both = Set(forcedOpen).intersection(forcedClosed).min() {
      return "site \(both) is to be both open and closed"
    }
    switch kind {
    case .median, .center, .maximumCoverage:
      if (sites ?? table.sitesWanted) == nil { return "the number of sites is missing: give --p N" }
    case .capacitated, .singleSource:
      let hasLevels = !levels.isEmpty || !table.levels.isEmpty
      if table.capacity == nil, capacity == nil, !hasLevels, least == nil, table.least == nil {
        return "the file has no capacities: give --capacity N, or --kind uncapacitated"
      }
    case .uncapacitated, .covering: break
    }
    if kind == .covering || kind == .maximumCoverage, reach == nil {
      return "how far a site covers is missing: give --reach D"
    }
    let isLimited = [.capacitated, .singleSource].contains(kind)
    if !isLimited, least != nil || table.least != nil {
      return "what a site must hand out goes with kind capacitated or single-source"
    }
    if !isLimited, !levels.isEmpty || !table.levels.isEmpty {
      return "levels go with kind capacitated or single-source"
    }
    if let least, least < 0 || least >= PlacementProblem.greatestTotal {
      return "least \(least) is not within 0...\(PlacementProblem.greatestTotal - 1)"
    }
    for level in levels where !(0..<table.siteCount).contains(level.site) {
      return "there is no site \(level.site + 1); sites are \(all)"
    }
    if !levels.isEmpty {
      var sized = table
      sized.levels = levels
      if !sized.isWithinReach { return "the sum of all levels exceeds what is reckoned exactly" }
    }
    let isCovering = [.covering, .maximumCoverage, .center].contains(kind)
    if share != nil, reach == nil { return "a share is served within a reach: give --reach D" }
    if share != nil || budget != nil, isCovering {
      return "a share or a budget does not go with kind \(kind.rawValue)"
    }
    if share != nil, budget != nil { return "one of share and budget at a time" }
    if budget != nil, kind == .median { return "opening costs nothing where kind is median" }
    if table.stock != nil, kind != .uncapacitated {
      return "goods that are kept or not go with kind uncapacitated only"
    }
    if let capacity, capacity < 0 || capacity >= PlacementProblem.greatestTotal {
      return "capacity \(capacity) is not within 0...\(PlacementProblem.greatestTotal - 1)"
    }
    return nil
  }

  /// The condition on whole plans a question has beside its problem; nil where it has none.
  public func condition(on table: SiteTable, _ problem: PlacementProblem) -> SideCondition? {
    if let share, let reach {
      return .share(share, within: reach, of: asked(of: table).unrolled(levels(of: table)).table)
    }
    guard let budget else { return nil }
    var scaled = budget
    for _ in table.decimals..<max(table.decimals, problem.decimals) { scaled *= 10 }
    return .budget(scaled, of: problem)
  }

  /// The problem a question poses; not for `center`, which poses several.
  public func problem(on table: SiteTable) -> PlacementProblem {
    let (unrolled, places) = asked(of: table).unrolled(levels(of: table))
    var table = unrolled
    let wanted = sites ?? (kind == .median ? table.sitesWanted : nil)
    let atMost = wanted.map { 0...$0 }
    var problem: PlacementProblem
    switch kind {
    case .median:
      table.opening = Array(repeating: 0, count: table.siteCount)
      problem = PlacementProblem(table, sharing: .unlimited, count: wanted.map { $0...$0 })
    case .uncapacitated, .center:
      problem = PlacementProblem(table, sharing: .unlimited, count: atMost)
    case .capacitated:
      problem = PlacementProblem(table, sharing: .split, count: atMost)
    case .singleSource:
      problem = PlacementProblem(table, sharing: .single, count: atMost)
    case .covering:
      problem = PlacementProblem(table, sharing: .unlimited, count: atMost)
      problem.cover(within: reach ?? 0)
      // Where opening is free, sites are counted.
      if table.opening.allSatisfy({ $0 == 0 }) {
        problem.opening = Array(repeating: 1, count: table.siteCount)
        problem.decimals = 0
      }
    case .maximumCoverage:
      table.opening = Array(repeating: 0, count: table.siteCount)
      let most = wanted ?? table.sitesWanted ?? table.siteCount
      problem = PlacementProblem(table, sharing: .unlimited, count: 0...most)
      problem.cover(within: reach ?? 0)
      problem.leaving = table.demand.map { $0 }
      problem.decimals = table.quantityDecimals
    }
    problem.places = places
    for site in forcedOpen { problem.force(site - 1, .open) }
    for site in forcedClosed { problem.force(site - 1, .closed) }
    return problem
  }

  /// The levels that count: those asked for, or the table's.
  func levels(of table: SiteTable) -> [SiteLevel] {
    let own = levels.isEmpty ? table.levels : levels
    guard let least else { return own }
    let scaled = table.quantity(least)
    return own.map {
      SiteLevel(site: $0.site, opening: $0.opening, capacity: $0.capacity, least: scaled)
    }
  }

  /// The table with the capacity and the least quantity asked for.
  private func asked(of table: SiteTable) -> SiteTable {
    var table = table
    if let capacity {
      table.capacity = Array(repeating: table.quantity(capacity), count: table.siteCount)
    }
    if let least {
      table.least = Array(repeating: table.quantity(least), count: table.siteCount)
    }
    return table
  }
}

extension SiteTable {
  /// Whole units of demand in units of the table.
  func quantity(_ whole: Int64) -> Int64 {
    var scaled = whole
    for _ in 0..<quantityDecimals { scaled = Int64(clamping: Int128(scaled) * 10) }
    return min(scaled, PlacementProblem.greatestTotal)
  }
}

extension PlacementProblem {
  /// Decides a place beforehand: open at one of its levels, or closed at all.
  mutating func force(_ place: Int, _ decision: Standing) {
    guard let members = places?.members[place] else {
      standing[place] = decision
      return
    }
    if decision == .open { places?.isWanted[place] = true }
    for site in members where decision == .closed || members.count == 1 {
      standing[site] = decision
    }
  }

  /// Serving costs nothing within a reach and is impossible beyond it.
  mutating func cover(within reach: Int64) {
    service = service.filtered { _, _, cost in cost <= reach ? 0 : nil }
  }
}
