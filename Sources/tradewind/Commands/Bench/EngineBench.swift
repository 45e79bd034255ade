import LogisticsModel
import RouteGraph
import RoutePlanning
import TransitTimes

/// The whole bench of the fast engine: builds, looks up, searches, compares.
struct EngineBench {
  let command: Bench
  let network: NetworkPlanner
  let now: Instant
  /// Folder of the caches.
  let cache: String

  func run() throws -> EngineBenchReport {
    let prepared = try prepare()
    let rates = rates(prepared)
    let landed = try landed(prepared, rates.uniform.questions)
    let check = EqualityCheck(
      engine: prepared.engine, network: network, seed: command.seed, now: now)
    let survey = check.survey(answers: command.check)
    let equality = check.equality(survey.answered)
    let cold = try check.searchTimes(check.requests(command.requests))
    let fallback = try check.searchTimes(survey.missed)
    let lazy = LazyBench(
      builder: prepared.plain, network: network, now: now, seed: command.seed
    ).run(rates.uniform.questions)
    let disruptions = DisruptionBench(engine: prepared.engine, seed: command.seed, now: now)
    return report(
      prepared, rates, landed, survey, equality, cold: cold, fallback: fallback, lazy,
      try disruptions.times(survey.answered), disrupted(disruptions))
  }

  /// What is measured, and what making it took.
  private struct Prepared {
    /// Builds in memory only.
    let plain: EngineBuilder
    let scope: EngineScope
    let hot: HotSet
    let built: BlockBuild.Built
    /// One destination class each.
    let classes: [ClassBuildBench.Reading]
    var engine: QuoteEngine { built.engine }
  }

  /// Builds or loads the hot set, and times single classes of destinations.
  private func prepare() throws -> Prepared {
    let stored = StoredBlocks(network, cache: cache)
    let scope = stored.scope(from: now, days: command.days)
    let plain = EngineBuilder(network, scope: scope)
    let builder =
      command.store ? stored.builder(from: now, days: command.days, copies: true) : plain
    let all = builder.hotSet(command.pairs)
    let hot = command.origins.map { all.limited(toOrigins: $0) } ?? all
    let built = try BlockBuild(
      builder: builder, hot: hot, limit: command.memory ?? .usual(), isQuiet: command.options.quiet
    ).run()
    return Prepared(
      plain: plain, scope: scope, hot: hot, built: built,
      classes: ClassBuildBench(
        builder: plain, origins: hot.originCount, sample: command.classSample, seed: command.seed,
        isQuiet: command.options.quiet
      ).run())
  }

  /// Look-ups timed by keys and by cores.
  private struct Rates {
    let uniform: LookUpTimes
    let uniformOne: Readings
    let uniformAll: Readings
    let zipfOne: Readings
    let zipfAll: Readings
    /// Nanoseconds of single look-ups, ascending.
    let single: [Double]

    var named: [(String, Readings)] {
      [
        ("uniform.one_core", uniformOne), ("uniform.all_cores", uniformAll),
        ("zipf.one_core", zipfOne), ("zipf.all_cores", zipfAll),
      ]
    }
  }

  /// Looks questions to hot pairs up.
  private func rates(_ prepared: Prepared) -> Rates {
    var mix = QuestionMix(
      prepared.plain, prepared.hot, on: network, scope: prepared.scope, seed: command.seed)
    let board = EngineBoard(prepared.engine)
    func times(_ keys: QuestionMix.Keys) -> LookUpTimes {
      LookUpTimes(board: board, questions: mix.questions(keys), seconds: command.seconds)
    }
    let uniform = times(.uniform)
    let zipf = times(.zipf)
    return Rates(
      uniform: uniform, uniformOne: uniform.rate(threads: 1),
      uniformAll: uniform.rate(threads: Cores.count), zipfOne: zipf.rate(threads: 1),
      zipfAll: zipf.rate(threads: Cores.count), single: uniform.single())
  }

  /// The same with landed prices, on one core and on all.
  private func landed(
    _ prepared: Prepared, _ questions: [NetworkPlanner.Question]
  ) throws -> [LandedQuoteBench.Report] {
    let bench = try LandedQuoteBench(
      EngineBoard(prepared.engine), questions: Array(questions.prefix(1 << 16)), rounds: 3)
    return [
      bench.run(threads: 1) { $0(0) }, bench.run(threads: Cores.count) { Cores.each($0) },
    ]
  }

  private func report(
    _ prepared: Prepared, _ rates: Rates, _ landed: [LandedQuoteBench.Report],
    _ survey: EqualityCheck.Survey, _ equality: EngineBenchReport.Equality, cold: [Double],
    fallback: [Double], _ lazy: EngineBenchReport.Lazy, _ times: DisruptionTimes,
    _ disrupted: EngineBenchReport.Disrupted?
  ) -> EngineBenchReport {
    let (engine, hot, uniform) = (prepared.engine, prepared.hot, rates.uniform)
    return EngineBenchReport(
      pairs: hot.pairs, origin_classes: hot.originCount,
      destination_classes: prepared.plain.destinationClassCount,
      build: EngineBench.build(prepared.built, prepared.classes, on: network),
      memory_bytes: engine.memory,
      candidates_per_pair: EngineBench.candidates(engine.rowsByCandidates),
      hit_rate: Double(survey.hits) / Double(EqualityCheck.surveyed),
      quotes_per_second: EngineBenchReport.RatesByKeys(
        uniform: .init(one_core: rates.uniformOne.median, all_cores: rates.uniformAll.median),
        zipf: .init(one_core: rates.zipfOne.median, all_cores: rates.zipfAll.median)),
      hot_us: EngineBenchReport.HotMicroseconds(
        p50: Quantiles.at(500, of: rates.single) / 1e3,
        p99: Quantiles.at(990, of: rates.single) / 1e3,
        p999: Quantiles.at(999, of: rates.single) / 1e3),
      cold_ms: .init(cold), equality: equality, disruption_ms: times, target: command.target,
      nodes_needed: Int(
        (Double(command.target) / max(rates.uniformAll.median, 1)).rounded(.up)),
      lazy: lazy, disrupted: disrupted, landed_quotes: landed, blocks: hot.blocks,
      block_classes: prepared.plain.blockClassCount, days: command.days,
      bytes_per_pair: Double(engine.memory) / Double(max(hot.pairs, 1)),
      bytes_per_block: Double(engine.memory) / Double(max(hot.blocks, 1)),
      peak_memory_bytes: MemorySize.peak(), cores: Cores.count, outcomes: survey.outcomes,
      hot_hit_rate: Double(uniform.hits()) / Double(max(uniform.questions.count, 1)),
      hot_questions: uniform.questions.count,
      hot_questions_distinct: Set(uniform.questions).count,
      fallback_ms: fallback.isEmpty ? nil : .init(fallback), engine_version: engine.version,
      repetition_ratios: Dictionary(
        uniqueKeysWithValues: rates.named.map { ($0.0, $0.1.ratio) }),
      unsteady: rates.named.filter { $0.1.isUnsteady }.map(\.0), timer_ns: LookUpTimes.timer())
  }

  /// The same comparison under random disruptions; nil where none are asked for.
  private func disrupted(_ bench: DisruptionBench) -> EngineBenchReport.Disrupted? {
    guard command.disruptions > 0 else { return nil }
    let narrowed = bench.disturbed(by: command.disruptions)
    let engine = command.repair ? narrowed.repaired { Cores.each($0) } : narrowed
    let check = EqualityCheck(engine: engine, network: engine.network, seed: command.seed, now: now)
    let survey = check.survey(answers: command.check)
    let equality = check.equality(survey.answered)
    let renewed = command.repair ? check.renewed(since: narrowed, wanted: command.check) : []
    return EngineBenchReport.Disrupted(
      events: command.disruptions, repaired: command.repair,
      hit_rate: Double(survey.hits) / Double(EqualityCheck.surveyed), checked: equality.checked,
      equal: equality.equal, repaired_answers: command.repair ? check.equality(renewed) : nil)
  }

  private static func build(
    _ built: BlockBuild.Built, _ classes: [ClassBuildBench.Reading], on network: NetworkPlanner
  ) -> EngineBenchReport.Build {
    let one = Quantiles(classes.map(\.seconds))
    let worked = Quantiles(classes.map(\.workedSeconds))
    let slowest = classes.max { $0.workedSeconds < $1.workedSeconds }?.destination
    let each = built.report.originNanoseconds.map { Double($0) / 1e9 }
    let origins = each.isEmpty ? nil : Quantiles(each)
    return EngineBenchReport.Build(
      class_seconds_p50: one.p50, class_seconds_max: one.max, total_seconds: built.seconds,
      classes_timed: classes.count, class_worked_seconds_p50: worked.p50,
      class_worked_seconds_max: worked.max,
      slowest_class: slowest.map { network.bundle.nodes.name(of: $0) },
      origin_seconds_p50: origins?.p50, origin_seconds_max: origins?.max,
      segments_built: built.report.built, segments_found: built.report.loaded,
      labels_settled: built.report.work.settled,
      labels_created: built.report.work.created, legs_extended: built.report.work.extended)
  }

  /// Mean and quantiles of a count of rows by candidates.
  private static func candidates(_ rows: [Int]) -> EngineBenchReport.Candidates {
    let all = rows.reduce(0, +)
    let sum = rows.enumerated().reduce(0) { $0 + $1.offset * $1.element }
    func at(_ thousandth: Int) -> Int {
      var below = 0
      for (candidates, count) in rows.enumerated() {
        below += count
        if below * 1000 > all * thousandth { return candidates }
      }
      return max(rows.count - 1, 0)
    }
    return EngineBenchReport.Candidates(
      mean: Double(sum) / Double(max(all, 1)), p50: at(500), p99: at(990),
      max: max(rows.count - 1, 0))
  }
}
