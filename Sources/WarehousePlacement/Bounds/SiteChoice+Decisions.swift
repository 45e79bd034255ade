extension SiteChoice {
  /// What a place adds to a bound, and what it would add without its cheapest level.
  struct PlacePart {
    /// Nil where a place that must be open has no level left.
    let part: Int64?
    /// The cheapest level; nil where none is free, or one is open.
    let cheapest: Int?
    /// What it adds without that one; nil where that cannot be.
    let without: Int64?
  }

  /// The part of each place, for values less the prices of all conditions.
  func parts(_ reduced: [Int64], _ standing: [PlacementProblem.Standing]) -> [PlacePart] {
    guard let places else { return [] }
    return places.members.enumerated().map { place, members in
      if let open = members.first(where: { standing[$0] == .open }) {
        return PlacePart(part: reduced[open], cheapest: nil, without: nil)
      }
      let sorted = members.filter { standing[$0] == .free }.sorted {
        reduced[$0] != reduced[$1] ? reduced[$0] < reduced[$1] : $0 < $1
      }
      func part(_ index: Int) -> Int64? {
        let value = index < sorted.count ? reduced[sorted[index]] : nil
        return places.isWanted[place] ? value : min(0, value ?? 0)
      }
      return PlacePart(part: part(0), cheapest: sorted.first, without: part(1))
    }
  }

  /// Which sites the values decide beside those that are decided: opened or closed otherwise, the bound would
  /// exceed the goal.
  func decided(
    _ values: [Int64], _ standing: [PlacementProblem.Standing], bound: Int64, goal: Int64
  ) -> [PlacementProblem.Standing] {
    var next = standing
    for multipliers in multipliers {
      if let places {
        let reduced = values.indices.map { self.reduced(values[$0], site: $0, by: multipliers) }
        let parts = parts(reduced, standing)
        for site in standing.indices where standing[site] == .free && next[site] == .free {
          let place = parts[places.place[site]]
          guard let part = place.part else { continue }
          if bound + (reduced[site] - part) > goal {
            next[site] = .closed
          } else if place.cheapest == site, let without = place.without,
            bound + (without - part) > goal
          {
            decide(site, .open, in: &next)
          }
        }
      } else {
        for site in standing.indices where standing[site] == .free {
          let reduced = reduced(values[site], site: site, by: multipliers)
          if bound + abs(reduced) > goal { next[site] = reduced > 0 ? .closed : .open }
        }
      }
    }
    return next
  }
}
