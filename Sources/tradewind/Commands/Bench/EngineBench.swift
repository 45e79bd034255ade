import LogisticsModel
import RouteGraph
import RoutePlanning

/// The whole bench of the fast engine: builds, looks up, searches, compares.
struct EngineBench {
  let command: Bench
  let network: NetworkPlanner
  let now: Instant
  /// Folder of the caches.
  let cache: String

  func run() throws -> EngineBenchReport {
    let stored = StoredBlocks(network, cache: cache)
    let scope = stored.scope(from: now, days: command.days)
    let plain = EngineBuilder(network, scope: scope)
    let builder = command.store ? stored.builder(from: now, days: command.days) : plain
    let hot =
      command.origins.map { builder.hotSet(nil).limited(toOrigins: $0) } ?? builder.hotSet(nil)
    let built = try BlockBuild(
      builder: builder, hot: hot, limit: command.memory ?? .usual(), isQuiet: command.options.quiet
    ).run()
    let engine = built.engine
    let classes = classSeconds(plain, origins: hot.originCount)

    var mix = QuestionMix(plain, hot, on: network, scope: scope, seed: command.seed)
    let board = EngineBoard(engine)
    func times(_ keys: QuestionMix.Keys) -> LookUpTimes {
      LookUpTimes(board: board, questions: mix.questions(keys), seconds: command.seconds)
    }
    let uniform = times(.uniform)
    let zipf = times(.zipf)
    let rates = [
      ("uniform.one_core", uniform.rate(threads: 1)),
      ("uniform.all_cores", uniform.rate(threads: Cores.count)),
      ("zipf.one_core", zipf.rate(threads: 1)),
      ("zipf.all_cores", zipf.rate(threads: Cores.count)),
    ]
    let single = uniform.single()
    let landed = try LandedQuoteBench(
      board, questions: Array(uniform.questions.prefix(1 << 16)), rounds: 3)
    let landedRates = [
      landed.run(threads: 1) { $0(0) }, landed.run(threads: Cores.count) { Cores.each($0) },
    ]

    let check = EqualityCheck(engine: engine, network: network, seed: command.seed, now: now)
    let survey = check.survey(answers: command.check)
    let cold = Quantiles(try check.searchTimes(check.requests(command.requests)))
    let fallback = Quantiles(try check.searchTimes(survey.missed))
    let disruptions = DisruptionBench(engine: engine, seed: command.seed, now: now)
    let pairs = hot.originCount * builder.destinationClassCount
    return EngineBenchReport(
      pairs: pairs, origin_classes: hot.originCount,
      destination_classes: builder.destinationClassCount, build: EngineBench.build(built, classes),
      memory_bytes: engine.memory,
      candidates_per_pair: EngineBench.candidates(engine.rowsByCandidates),
      hit_rate: Double(survey.hits) / Double(EqualityCheck.surveyed),
      quotes_per_second: EngineBenchReport.RatesByKeys(
        uniform: .init(one_core: rates[0].1.median, all_cores: rates[1].1.median),
        zipf: .init(one_core: rates[2].1.median, all_cores: rates[3].1.median)),
      hot_us: EngineBenchReport.HotMicroseconds(
        p50: Quantiles.at(500, of: single) / 1e3, p99: Quantiles.at(990, of: single) / 1e3,
        p999: Quantiles.at(999, of: single) / 1e3),
      cold_ms: .init(p50: cold.p50, p99: cold.p99), equality: check.equality(survey.answered),
      disruption_ms: try disruptions.times(survey.answered), target: command.target,
      nodes_needed: Int((Double(command.target) / max(rates[1].1.median, 1)).rounded(.up)),
      disrupted: disrupted(disruptions), landed_quotes: landedRates, blocks: hot.pairs,
      block_classes: builder.blockClassCount,
      days: command.days,
      bytes_per_pair: Double(engine.memory) / Double(max(pairs, 1)),
      bytes_per_block: Double(engine.memory) / Double(max(hot.pairs, 1)),
      peak_memory_bytes: MemorySize.peak(), cores: Cores.count, outcomes: survey.outcomes,
      hot_hit_rate: Double(uniform.hits()) / Double(max(uniform.questions.count, 1)),
      hot_questions: uniform.questions.count,
      hot_questions_distinct: Set(uniform.questions).count,
      fallback_ms: survey.missed.isEmpty ? nil : .init(p50: fallback.p50, p99: fallback.p99),
      engine_version: engine.version,
      repetition_ratios: Dictionary(uniqueKeysWithValues: rates.map { ($0.0, $0.1.ratio) }),
      unsteady: rates.filter { $0.1.isUnsteady }.map(\.0), timer_ns: LookUpTimes.timer())
  }

  /// The same comparison under random disruptions; nil where none are asked for.
  private func disrupted(_ bench: DisruptionBench) -> EngineBenchReport.Disrupted? {
    guard command.disruptions > 0 else { return nil }
    let engine = bench.disturbed(by: command.disruptions, repairs: command.repair)
    let check = EqualityCheck(engine: engine, network: engine.network, seed: command.seed, now: now)
    let survey = check.survey(answers: command.check)
    let equality = check.equality(survey.answered)
    return EngineBenchReport.Disrupted(
      events: command.disruptions, repaired: command.repair,
      hit_rate: Double(survey.hits) / Double(EqualityCheck.surveyed), checked: equality.checked,
      equal: equality.equal)
  }

  /// Seconds to build all blocks of one destination class, for each class of a seeded sample.
  private func classSeconds(_ builder: EngineBuilder, origins: Int) -> [Double] {
    var random = SeededDraws(seed: command.seed)
    var left = Array(0..<builder.blockClassCount)
    var seconds: [Double] = []
    var progress = ProgressBar(total: command.classSample, isQuiet: command.options.quiet)
    while seconds.count < command.classSample, !left.isEmpty {
      let own = left.remove(at: random.draw(below: left.count))
      let hot = HotSet(destinationClasses: [own], of: builder).limited(toOrigins: origins)
      let start = Clock.nanoseconds()
      _ = builder.engine(hot, workers: { Cores.each($0) }, clock: { Clock.nanoseconds() })
      seconds.append(Double(Clock.nanoseconds() - start) / 1e9)
      progress.advance()
    }
    progress.finish()
    return seconds
  }

  private static func build(
    _ built: BlockBuild.Built, _ classes: [Double]
  ) -> EngineBenchReport.Build {
    let one = Quantiles(classes)
    let each = built.report.originNanoseconds.map { Double($0) / 1e9 }
    let origins = each.isEmpty ? nil : Quantiles(each)
    return EngineBenchReport.Build(
      class_seconds_p50: one.p50, class_seconds_max: one.max, total_seconds: built.seconds,
      classes_timed: classes.count, origin_seconds_p50: origins?.p50,
      origin_seconds_max: origins?.max, segments_built: built.report.built,
      segments_found: built.report.loaded, labels_settled: built.report.work.settled,
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
