/// Limits: which lane needs which, what is asked for and what goes back.
extension WorkerMachine {
  /// The limits of which every job of a lane takes one.
  func scopes(of lane: ClaimLane) -> [LimitScope] {
    let ofTenant = lane.tenant.flatMap { rules.ofTenants[$0] }
    return [lane.limit, ofTenant, rules.ofAll].compactMap { $0 }
  }

  /// Whether a lane is claimed from: that of a tenant only as long as the tenant has a limit.
  func isServed(_ lane: ClaimLane) -> Bool {
    lane.tenant.map { rules.ofTenants[$0] != nil } ?? true
  }

  /// Rules were read anew.
  mutating func ruled(_ rules: TenantRules, at now: Duration) {
    guard lease != nil, rules != self.rules else { return }
    take(rules)
    decide(at: now)
  }

  /// Lanes and blocks for what is limited now.
  ///
  /// Lanes stay where they are, since jobs in hand name them; whatever is held of a limit that is no more goes back.
  mutating func take(_ rules: TenantRules) {
    self.rules = rules
    let known = Set(lanes.map(\.lane))
    for tenant in rules.ofTenants.keys.sorted() {
      for var lane in lanes.map(\.lane) where lane.isFair && lane.tenant == nil {
        lane.tenant = tenant
        guard !known.contains(lane) else { continue }
        lanes.append(LaneState(lane, usesFloor: settings.usesFloor))
      }
    }
    for index in lanes.indices {
      lanes[index].mayHaveWork = true
      for scope in scopes(of: lanes[index].lane) where blocks[scope] == nil {
        blocks[scope] = LimitBlock(isRate: scope.isRate)
      }
    }
  }

  /// What was asked of a limit was given, or nothing of it.
  mutating func limitGiven(_ scope: LimitScope, _ count: Int, lease: Int64, at now: Duration) {
    guard lease == self.lease else { return }
    blocks[scope]?.given(count, at: now)
    decide(at: now)
  }

  /// Jobs that did not come, or that came and have ended, take nothing of these limits any more.
  mutating func release(_ count: Int, of scopes: [LimitScope], hasRun: Bool) {
    guard count > 0 else { return }
    for scope in scopes { blocks[scope]?.release(count, hasRun: hasRun) }
  }

  /// Asks for what a lane with work needs, and gives back what none could use.
  mutating func limits(_ lease: Int64, at now: Duration) {
    guard !blocks.isEmpty else { return }
    var wanted: Set<LimitScope> = []
    var busy: Set<LimitScope> = []
    for lane in lanes where isServed(lane.lane) {
      let scopes = scopes(of: lane.lane)
      if lane.underWay > 0 { busy.formUnion(scopes) }
      // Where one of its limits gives nothing, the others are not held for it: somebody else may have a use for them.
      guard lane.mayHaveWork, !scopes.contains(where: { blocks[$0]?.isRefused(at: now) == true })
      else { continue }
      wanted.formUnion(scopes)
    }
    for scope in blocks.keys.sorted() {
      if wanted.contains(scope) {
        if blocks[scope]?.wantsMore(at: now) == true {
          let count = Swift.min(settings.batch, settings.slots)
          actions.append(.takeLimit(scope, lease: lease, count: count))
        }
      } else if !busy.contains(scope), let spare = blocks[scope]?.surrender(), spare > 0 {
        actions.append(.returnLimit(scope, lease: lease, count: spare))
      }
    }
  }

  /// Everything that is held and not used goes back.
  mutating func surrenderAll(_ lease: Int64) {
    for scope in blocks.keys.sorted() {
      if let spare = blocks[scope]?.surrender(), spare > 0 {
        actions.append(.returnLimit(scope, lease: lease, count: spare))
      }
    }
  }

  /// When limits that refused may be asked again: the first lane whose limits all may; nil: none waits for that.
  var nextQuestion: Duration? {
    var next: Duration?
    for lane in lanes where lane.mayHaveWork && isServed(lane.lane) {
      let refusals = scopes(of: lane.lane).compactMap { scope -> Duration? in
        guard let block = blocks[scope], block.free == 0, !block.isAsking else { return nil }
        return block.askAt
      }
      if let all = refusals.max() { next = Swift.min(next ?? all, all) }
    }
    return next
  }
}
