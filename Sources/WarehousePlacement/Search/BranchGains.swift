/// What deciding a site raised the bound by, so far: where many choices cost alike, most of the sites that are
/// neither in nor out do not matter, and a few do.
struct BranchGains: Sendable {
  /// Both cases of a site, looked at briefly.
  struct Probe: Sendable {
    let site: Int
    /// By how much the bound rose, in fine units; `greatest` where nothing is left of a case.
    let open: Int64
    let closed: Int64

    /// More than any gain that is not a proof.
    static let greatest: Int64 = 1 << 60

    /// Whether one case is empty.
    var settles: Bool { open == Self.greatest || closed == Self.greatest }

    /// Looks at both cases of a site in a state the ascent has taken over.
    init<R: Relaxation>(
      site: Int, _ outcome: SearchNode.Outcome, by ascent: inout Ascent<R>, limit: Int64
    ) {
      self.site = site
      var found: [Int64] = []
      for decision in [PlacementProblem.Standing.open, .closed] {
        var standing = outcome.standing
        ascent.choice.decide(site, decision, in: &standing)
        ascent.glance(from: outcome.multipliers, standing: standing, at: site)
        switch ascent.climb(limit: limit, effort: SearchEffort.probe, isRoot: false) {
        case .spent: found.append(max(0, ascent.bound - outcome.bound))
        case .closed, .unserved, .impossible: found.append(Self.greatest)
        }
      }
      open = found[0]
      closed = found[1]
    }
  }

  /// An undecided site.
  struct Candidate: Sendable {
    let site: Int
    /// How far from always or never it was chosen, 0...64.
    let doubt: Int64
  }

  private var openGain: [Int64]
  private var closedGain: [Int64]
  private var openLooks: [Int64]
  private var closedLooks: [Int64]

  init(sites: Int) {
    openGain = Array(repeating: 0, count: sites)
    closedGain = openGain
    openLooks = openGain
    closedLooks = openGain
  }

  /// Takes in a brief look; a case that proved empty counts as a great gain, but only for the node it was seen at.
  mutating func learn(_ probe: Probe) {
    learn(probe.site, isOpen: true, gain: probe.open)
    learn(probe.site, isOpen: false, gain: probe.closed)
  }

  /// Takes in what a case gained.
  mutating func learn(_ site: Int, isOpen: Bool, gain: Int64) {
    let gain = min(max(gain, 0), 1 << 50)
    if isOpen {
      openGain[site] += gain
      openLooks[site] += 1
    } else {
      closedGain[site] += gain
      closedLooks[site] += 1
    }
  }

  /// What splitting at a site promises: mostly the lesser of its two gains.
  private func score(_ candidate: Candidate) -> Int64 {
    let site = candidate.site
    let open = openGain[site] / max(openLooks[site], 1)
    let closed = closedGain[site] / max(closedLooks[site], 1)
    return (min(open, closed) * 8 + max(open, closed) + 1) / 64 * candidate.doubt
  }

  /// The site to split at; the first of those that promise as much.
  func best(of candidates: [Candidate]) -> Int? {
    var best: (site: Int, score: Int64)?
    for candidate in candidates {
      let score = score(candidate)
      if score > best?.score ?? -1 { best = (candidate.site, score) }
    }
    return best?.site
  }

  /// Sites worth a look: the best by what is known, and some nobody looked at that are undecided most.
  func promising(of candidates: [Candidate]) -> [Int] {
    var scored: [(site: Int, score: Int64)] = []
    for candidate in candidates where openLooks[candidate.site] > 0 {
      scored.append((candidate.site, score(candidate)))
    }
    scored.sort { $0.score != $1.score ? $0.score > $1.score : $0.site < $1.site }
    let best = scored.prefix(SearchEffort.probesAtNode).map { $0.site }
    let doubtful = best.filter {
      min(openLooks[$0], closedLooks[$0]) < Int64(SearchEffort.looksBelieved)
    }
    let unseen = candidates.lazy.filter { openLooks[$0.site] == 0 }
      .prefix(SearchEffort.probesAtNode)
    return doubtful + unseen.map { $0.site }
  }
}
