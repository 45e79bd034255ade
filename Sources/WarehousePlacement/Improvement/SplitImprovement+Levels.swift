/// Sets of sites where places have several levels.
extension SplitImprovement {
  /// Sites with capacity enough, one level of each place: greater levels and more places are taken as needed.
  func levelled(_ sites: [Int]) -> [Int] {
    guard let places = problem.places else { return sites }
    let usable = problem.standing.indices.filter { problem.standing[$0] != .closed }
    let forced = usable.filter { problem.standing[$0] == .open }
    let given = problem.oneLevelEach(sites.filter { problem.standing[$0] != .closed })
    var level = [Int?](repeating: nil, count: places.members.count)
    for site in given { level[places.place[site]] = site }
    for site in forced { level[places.place[site]] = site }
    let byCost = usable.sorted {
      let left = problem.opening[$0].multipliedFullWidth(by: max(problem.capacity[$1], 1))
      let right = problem.opening[$1].multipliedFullWidth(by: max(problem.capacity[$0], 1))
      if left.high != right.high { return left.high < right.high }
      return left.low != right.low ? left.low < right.low : $0 < $1
    }
    for site in byCost where places.isWanted[places.place[site]] && level[places.place[site]] == nil
    {
      level[places.place[site]] = site
    }
    var room = level.compactMap { $0 }.reduce(Int64(0)) { $0 + problem.capacity[$1] }
    for site in byCost where room < scaled.demand {
      let before = level[places.place[site]].map { problem.capacity[$0] } ?? 0
      if forced.contains(where: { places.place[$0] == places.place[site] }) { continue }
      guard problem.capacity[site] > before else { continue }
      room += problem.capacity[site] - before
      level[places.place[site]] = site
    }
    return level.compactMap { $0 }
  }

  /// The same set with one place at another of its levels, each in turn.
  func otherLevels(_ open: [Int]) -> [[Int]] {
    guard let places = problem.places else { return [] }
    var result: [[Int]] = []
    for site in open where problem.standing[site] == .free {
      for other in places.members[places.place[site]]
      where other != site && problem.standing[other] == .free {
        result.append(open.map { $0 == site ? other : $0 })
      }
    }
    return result
  }
}
