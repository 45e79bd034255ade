import PostgresClient

/// What the database says.
struct StoredJobs {
  struct Done {
    let id: UniqueID
    let state: Int16
    let attempt: Int16
    let lease: Int64?
    let kind: String
    let isAfterLoss: Bool
  }

  var done: [Done] = []
  var effects: [UniqueID: [Int16]] = [:]
  /// Jobs that wait or run.
  var left: Set<UniqueID> = []
  var counters: Int64 = 0
  var lostLeases = 0

  static func read(_ connection: Connection) async throws -> StoredJobs {
    var stored = StoredJobs()
    let rows = try connection.rows(
      """
      SELECT d.id, d.state, d.attempt, d.lease, k.name, coalesce(d.finished_at > l.lost_at, false)
      FROM tradewind.job_done AS d JOIN tradewind.job_kind AS k ON k.kind = d.kind
      LEFT JOIN tradewind.job_lease_lost AS l ON l.lease = d.lease
      """)
    for try await row in rows {
      let (id, state, attempt, lease, kind, isAfterLoss) = try row.decode(
        UniqueID.self, Int16.self, Int16.self, Int64?.self, String.self, Bool.self)
      stored.done.append(
        Done(
          id: id, state: state, attempt: attempt, lease: lease, kind: kind, isAfterLoss: isAfterLoss
        ))
    }
    for try await row in try connection.rows("SELECT job_id, attempt FROM queue_check.effect") {
      let (id, attempt) = try row.decode(UniqueID.self, Int16.self)
      stored.effects[id, default: []].append(attempt)
    }
    stored.left = Set(
      try await connection.query("SELECT id FROM tradewind.job").decode(UniqueID.self))
    stored.counters = try await connection.query(
      "SELECT sum(value)::int8 FROM queue_check.counter")[0].decode(Int64.self)
    stored.lostLeases = Int(
      try await connection.query("SELECT count(*) FROM tradewind.job_lease_lost")[0].decode(
        Int64.self))
    return stored
  }
}

/// What is wrong, if anything: every count but the totals has to be nought.
struct Verdict {
  let findings: [(name: String, count: Int)]
  let totals: [(name: String, count: Int)]

  var isGood: Bool { findings.allSatisfy { $0.count == 0 } }

  init(_ noted: NotedJobs, _ stored: StoredJobs) {
    var doneOf: [UniqueID: [StoredJobs.Done]] = [:]
    for done in stored.done { doneOf[done.id, default: []].append(done) }
    let hasEffect: Set<String> = ["effect", "contend", "flaky", "poison", "deaf"]

    // Acknowledged, and neither finished nor waiting.
    let lost = noted.acknowledged.count { doneOf[$0] == nil && !stored.left.contains($0) }
    let unfinished = noted.acknowledged.count { stored.left.contains($0) }
    let doubledEffects = stored.effects.count { $0.value.count > 1 }
    let doubledEnds = doneOf.count { $0.value.count > 1 }
    let finishedAndLeft = doneOf.keys.count { stored.left.contains($0) }
    var doneWithoutEffect = 0
    var effectOfAnotherAttempt = 0
    var unbegun = 0
    var staleLease = 0
    var deadOfOthers = 0
    for (id, ends) in doneOf {
      for end in ends where end.state == 1 {
        if hasEffect.contains(end.kind) {
          switch stored.effects[id] {
          case .none: doneWithoutEffect += 1
          case .some(let attempts):
            if !attempts.contains(end.attempt) { effectOfAnotherAttempt += 1 }
          }
          // The process outside the database saw that very attempt begin under that very lease.
          let isNoted = noted.begun[id]?.contains {
            $0.attempt == end.attempt && $0.lease == end.lease
          }
          if isNoted != true { unbegun += 1 }
        }
        if end.isAfterLoss { staleLease += 1 }
      }
      if ends.contains(where: { $0.state != 1 && $0.kind != "poison" }) { deadOfOthers += 1 }
    }
    let effectWithoutEnd = stored.effects.keys.count { id in
      doneOf[id]?.contains { $0.state == 1 } != true
    }
    let uncalledFor = stored.effects.keys.count { noted.asked[$0] == nil }
    let contended = stored.done.count { $0.kind == "contend" && $0.state == 1 }
    findings = [
      ("lost", lost), ("unfinished", unfinished), ("effects_doubled", doubledEffects),
      ("ends_doubled", doubledEnds), ("finished_and_left", finishedAndLeft),
      ("done_without_effect", doneWithoutEffect),
      ("effect_of_another_attempt", effectOfAnotherAttempt),
      ("effect_without_end", effectWithoutEnd), ("effect_uncalled_for", uncalledFor),
      ("completed_by_unknown_attempt", unbegun), ("completed_by_stale_lease", staleLease),
      ("dead_but_not_poison", deadOfOthers), ("keys_doubled", noted.doubledKeys),
      ("counters_off", Int(stored.counters) - contended),
    ]
    totals = [
      ("asked", noted.asked.count), ("acknowledged", noted.acknowledged.count),
      ("done", stored.done.count { $0.state == 1 }), ("dead", stored.done.count { $0.state == 4 }),
      ("effects", stored.effects.count),
      ("attempts_begun", noted.begun.values.reduce(0) { $0 + $1.count }),
      ("leases", noted.leases.count), ("leases_lost", stored.lostLeases), ("fences", noted.fences),
      ("setbacks_of_senders", noted.setbacks),
    ]
  }

  var json: String {
    let parts = (findings + totals).map { "\"\($0.name)\":\($0.count)" }
    return "{\"good\":\(isGood)," + parts.joined(separator: ",") + "}"
  }
}
