/// What `tradewind bench` prints; the first seventeen keys are stable, more may be added.
struct EngineBenchReport: Encodable {
  struct Build: Encodable {
    let class_seconds_p50: Double
    let class_seconds_max: Double
    /// Of the whole hot set, on all cores; with a store, the time to load and complete it.
    let total_seconds: Double
    let classes_timed: Int
    /// Seconds of one processor for one class: those above are from beginning to end, on all cores.
    let class_worked_seconds_p50: Double
    let class_worked_seconds_max: Double
    /// A destination of the class that took most work.
    let slowest_class: String?
    /// Of the origins built here; absent where all were found.
    let origin_seconds_p50: Double?
    let origin_seconds_max: Double?
    let segments_built: Int
    let segments_found: Int
    let labels_settled: Int
    let labels_created: Int
    let legs_extended: Int
  }

  /// Candidates of the rows of all pairs: what a pair offers at one ready time.
  struct Candidates: Encodable {
    let mean: Double
    let p50: Int
    let p99: Int
    let max: Int
  }

  struct Rates: Encodable {
    let one_core: Double
    let all_cores: Double
  }

  struct RatesByKeys: Encodable {
    let uniform: Rates
    let zipf: Rates
  }

  struct HotMicroseconds: Encodable {
    let p50: Double
    let p99: Double
    let p999: Double
  }

  struct Milliseconds: Encodable {
    let p50: Double
    let p99: Double
  }

  /// Answers under random disruptions: those no block gives any more are searched, hence not checked.
  struct Disrupted: Encodable {
    let events: Int
    let repaired: Bool
    let hit_rate: Double
    let checked: Int
    let equal: Int
    /// Of questions to pairs that a disruption concerned, answered by blocks built again; absent unless repaired.
    let repaired_answers: Equality?
  }

  /// Blocks outside the hot set, built when they were missed; a board without blocks to begin with.
  struct Lazy: Encodable {
    /// Questions that found no block and asked the exact search, and those looked up after.
    let misses: Int
    let hits: Int
    let blocks_built: Int
    let memory_bytes: Int
    /// Until the missed blocks of one segment are published.
    let segment_ms: Milliseconds
    /// Answers of these blocks against the exact search.
    let equality: Equality
  }

  struct Equality: Encodable {
    var checked: Int
    var equal: Int

    /// Whether all that was checked was equal.
    var isWhole: Bool { checked == equal }

    /// Counts one comparison.
    mutating func count(_ isEqual: Bool) {
      checked += 1
      if isEqual { equal += 1 }
    }

    /// Counts those of another.
    mutating func add(_ other: Equality) {
      checked += other.checked
      equal += other.equal
    }

    /// Whether something was checked, if asked for, and all of it was equal.
    func holds(asked: Int) -> Bool { checked == equal && (checked > 0 || asked == 0) }
  }

  let pairs: Int
  let origin_classes: Int
  let destination_classes: Int
  let build: Build
  let memory_bytes: Int
  let candidates_per_pair: Candidates
  /// Share of the random requests to the whole network that needed no search.
  let hit_rate: Double
  let quotes_per_second: RatesByKeys
  let hot_us: HotMicroseconds
  let cold_ms: Milliseconds
  let equality: Equality
  let disruption_ms: DisruptionTimes
  let target: Int
  let nodes_needed: Int

  /// Blocks built when they were missed.
  let lazy: Lazy
  /// Equality under random disruptions; absent where none were asked for.
  let disrupted: Disrupted?
  /// The same rate with the landed price of a three-line order, on one core and on all.
  let landed_quotes: [LandedQuoteBench.Report]
  let blocks: Int
  let block_classes: Int
  let days: Int
  let bytes_per_pair: Double
  let bytes_per_block: Double
  let peak_memory_bytes: Int
  let cores: Int
  /// Random requests to the whole network by outcome.
  let outcomes: [String: Int]
  /// Share of the questions behind the rates that were answered.
  let hot_hit_rate: Double
  let hot_questions: Int
  let hot_questions_distinct: Int
  /// Search of requests that were looked up in vain; absent where there were none.
  let fallback_ms: Milliseconds?
  let engine_version: UInt64
  /// Greatest over least reading of each rate.
  let repetition_ratios: [String: Double]
  /// Rates of which two readings differ by more than a tenth.
  let unsteady: [String]
  /// Median time between two readings of the clock, which is contained in `hot_us`.
  let timer_ns: Double

  /// Whether every answer that was checked was that of the exact search, and as many were checked as asked for.
  func isSound(asked: Int) -> Bool {
    equality.holds(asked: asked) && (disrupted.map { $0.checked == $0.equal } ?? true)
      && (disrupted?.repaired_answers?.isWhole ?? true) && disruption_ms.first.isWhole
      && disruption_ms.repaired.isWhole && lazy.equality.isWhole
  }
}

extension EngineBenchReport.Milliseconds {
  init(_ values: [Double]) {
    let quantiles = Quantiles(values)
    self.init(p50: quantiles.p50, p99: quantiles.p99)
  }
}
