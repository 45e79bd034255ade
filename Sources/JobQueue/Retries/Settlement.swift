import PostgresClient

/// What is written of some jobs in one transaction: which end and how, which wait again, and every effect.
///
/// Rows are in the order of their keys, since that is the order in which everybody locks them.
struct Settlement: Sendable {
  /// A job and what became of it.
  struct Item: Sendable {
    let key: AttemptKey
    let kind: Int
    let maxAttempts: Int16
    let outcome: Outcome
    /// Where its claim found it; nil: wherever it lies now.
    let place: RowPlace?
  }

  /// One statement on the jobs of a queue.
  struct Step: Sendable {
    let queue: Int16
    /// Whether they end; else they wait again.
    let isEnd: Bool
    let parameters: Parameters
  }

  /// How it is stored.
  enum Fate: Hashable, Sendable {
    case ends(JobState, result: JSONB?, error: JSONB?)
    case waits(Duration, counts: Bool, error: JSONB?)
  }

  private(set) var steps: [Step] = []
  /// What became of each item, for those who count.
  let words: [String]

  init(
    _ items: [Item], lease: Int64, backoff: (Int) -> Backoff,
    using generator: inout some RandomNumberGenerator
  ) {
    var fates: [(key: AttemptKey, place: RowPlace?, fate: Fate)] = []
    fates.reserveCapacity(items.count)
    var words: [String] = []
    words.reserveCapacity(items.count)
    for item in items {
      let fate = Self.fate(item, backoff(item.kind), &generator)
      fates.append((item.key, item.place, fate))
      words.append(Self.word(fate, item.outcome))
    }
    self.words = words
    fates.sort { $0.key < $1.key }
    var start = 0
    while start < fates.count {
      let queue = fates[start].key.queue
      var end = start
      while end < fates.count, fates[end].key.queue == queue { end += 1 }
      append(queue, fates[start..<end], lease)
      start = end
    }
  }

  static func fate(
    _ item: Item, _ backoff: Backoff, _ generator: inout some RandomNumberGenerator
  ) -> Fate {
    switch item.outcome {
    case .done(let result, _): .ends(.done, result: result, error: nil)
    case .failed(let setback):
      .ends(.failed, result: nil, error: history(item.key.attempt, setback))
    case .cancelled: .ends(.cancelled, result: nil, error: nil)
    case .snooze(let pause): .waits(pause, counts: false, error: nil)
    case .retry(let setback, let pause):
      item.key.attempt >= item.maxAttempts
        ? .ends(.dead, result: nil, error: history(item.key.attempt, setback))
        : .waits(
          pause ?? backoff.pause(after: item.key.attempt, using: &generator), counts: true,
          error: history(item.key.attempt, setback))
    }
  }

  private static func word(_ fate: Fate, _ outcome: Outcome) -> String {
    switch fate {
    case .ends(let state, _, _): state.word
    case .waits(_, let counts, _): counts ? "retried" : "snoozed"
    }
  }

  static func history(_ attempt: Int16, _ setback: Setback) -> JSONB {
    JSONB(
      "{\"attempt\":\(attempt),\"code\":\(JSONText.quoted(setback.code)),\"reason\":\(JSONText.quoted(setback.reason))}"
    )
  }

  private mutating func append(
    _ queue: Int16, _ rows: ArraySlice<(key: AttemptKey, place: RowPlace?, fate: Fate)>,
    _ lease: Int64
  ) {
    var ended = EndedColumns()
    var waiting = WaitingColumns()
    for row in rows {
      switch row.fate {
      case .ends(let state, let result, let error):
        ended.append(row.key, row.place, state, result, error)
      case .waits(let pause, let counts, let error):
        waiting.append(row.key, row.place, pause, counts, error)
      }
    }
    if !ended.ids.isEmpty {
      steps.append(Step(queue: queue, isEnd: true, parameters: ended.parameters(lease, queue)))
    }
    if !waiting.ids.isEmpty {
      steps.append(Step(queue: queue, isEnd: false, parameters: waiting.parameters(lease, queue)))
    }
  }
}

/// Jobs that end, column by column.
private struct EndedColumns {
  private var tenants: [Int32] = []
  private(set) var ids: [UniqueID] = []
  private var attempts: [Int16] = []
  private var states: [Int16] = []
  private var results: [JSONB?] = []
  private var errors: [JSONB?] = []
  private var places: [RowPlace?] = []

  mutating func append(
    _ key: AttemptKey, _ place: RowPlace?, _ state: JobState, _ result: JSONB?, _ error: JSONB?
  ) {
    places.append(place)
    tenants.append(key.tenant)
    ids.append(key.id)
    attempts.append(key.attempt)
    states.append(state.rawValue)
    results.append(result)
    errors.append(error)
  }

  func parameters(_ lease: Int64, _ queue: Int16) -> Parameters {
    Parameters(lease, queue, tenants, ids, attempts, states, results, errors, places)
  }
}

/// Jobs that wait again, column by column.
private struct WaitingColumns {
  private var tenants: [Int32] = []
  private(set) var ids: [UniqueID] = []
  private var attempts: [Int16] = []
  private var delays: [Int64] = []
  private var counts: [Bool] = []
  private var errors: [JSONB?] = []
  private var places: [RowPlace?] = []

  mutating func append(
    _ key: AttemptKey, _ place: RowPlace?, _ pause: Duration, _ counts: Bool, _ error: JSONB?
  ) {
    places.append(place)
    tenants.append(key.tenant)
    ids.append(key.id)
    attempts.append(key.attempt)
    delays.append(Swift.max(0, pause.microseconds))
    self.counts.append(counts)
    errors.append(error)
  }

  func parameters(_ lease: Int64, _ queue: Int16) -> Parameters {
    Parameters(lease, queue, tenants, ids, attempts, delays, counts, errors, places)
  }
}

/// The little JSON the queue writes itself.
enum JSONText {
  /// A string with its quotes (RFC 8259, section 7), without any NUL, which the server's documents cannot hold.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\0": break
      case _ where scalar.value < 0x20:
        quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension Duration {
  /// Whole microseconds.
  var microseconds: Int64 {
    components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
  }
}
