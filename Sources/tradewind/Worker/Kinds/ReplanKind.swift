import Fulfilment
import JobQueue
import LogisticsModel
import PostgresClient
import RoutePlanning
import ShipmentStore

/// `replan`: disruptions, and what becomes of every shipment they concern: absorbed, repaired, re-promised or breached.
///
/// A shipment whose arrival changes gets an estimate beside its promise, as an event under the job's own key; the promise stays as
/// it was given. A job that is done twice records once.
enum ReplanKind {
  static let name = "replan"
  /// Shipments looked at between two questions whether to stop.
  private static let page = 200

  /// Version 1 of the payload: see `config/jobs/FORMAT.md`.
  struct Payload: Decodable {
    let cancel: [String]?
    let delay: [String]?
    let full: [String]?
    let close: [String]?
    let restrict: [String]?
    let add: [String]?

    func overlay() throws(DisruptionFault) -> DisruptionOverlay {
      var found: [Disruption] = []
      let words: [(Disruption.Kind, [String]?)] = [
        (.cancel, cancel), (.delay, delay), (.full, full), (.close, close), (.restrict, restrict),
        (.add, add),
      ]
      for (kind, words) in words {
        for word in words ?? [] { found.append(try Disruption(word: word, of: kind)) }
      }
      return DisruptionOverlay(found)
    }
  }

  /// What becomes of a shipment.
  struct Answer: Encodable {
    let shipment: String
    let outcome: String
    let promised: String
    /// The date it can have now; nil: none, or the promised one.
    let deliver_by: String?
    let arrival: String?
    let legs: [String]?
    let error: String?
  }

  struct Answers: Encodable {
    let concerned: Int
    let outcomes: [String: Int]
    /// Disruptions that name what the network has not.
    let unknown: [String]?
    /// All that is not unaffected.
    let shipments: [Answer]
  }

  static func register(_ kinds: inout JobKinds, _ desk: Workplace) {
    kinds.registerEach(name, timeout: .seconds(900), limit: .atOnce(2)) { job, control in
      try await Workplace.settling {
        let payload = try JobText.read(job, as: Payload.self)
        let overlay: DisruptionOverlay
        do throws(DisruptionFault) {
          overlay = try payload.overlay()
        } catch {
          return .failed(Setback(error.code, error.message))
        }
        return try await replan(job, overlay, desk, control)
      }
    }
  }

  private static func replan(
    _ job: Job, _ overlay: DisruptionOverlay, _ desk: Workplace, _ control: JobControl
  ) async throws -> Outcome {
    let network = DisruptedNetwork(desk.network.edition.network, under: overlay)
    var replanning = ReplanDesk(network)
    let store = desk.store(of: job)
    let now = try desk.now()
    var counts: [String: Int] = [:]
    var answers: [Answer] = []
    var last: RecordID?
    while true {
      if control.isCancelled(job) { return .cancelled }
      if control.isStopped { return .snooze(.zero) }
      let page = try await store.shipments(
        bound: replanning.changedLegs, after: last, limit: ReplanKind.page)
      for id in page {
        let answer = try await answer(id, &replanning, store, job, now)
        counts[answer.outcome, default: 0] += 1
        if answer.outcome != ReplanDesk.Outcome.unaffected.word { answers.append(answer) }
      }
      guard page.count == ReplanKind.page else { break }
      last = page.last
    }
    let unknown = network.effect.faults.map(\.fault.message)
    let result = Answers(
      concerned: counts.values.reduce(0, +), outcomes: counts,
      unknown: unknown.isEmpty ? nil : unknown, shipments: answers)
    return .done(result: JSONB(try JSONText.line(result)))
  }

  private static func answer(
    _ id: RecordID, _ replanning: inout ReplanDesk, _ store: ShipmentStore, _ job: Job,
    _ now: Instant
  ) async throws -> Answer {
    guard let record = try await store.shipment(id),
      let quote = try await store.quotes([record.promise.quote])[record.promise.quote]
    else {
      return Answer(
        shipment: "\(id)", outcome: "unknown", promised: "", deliver_by: nil, arrival: nil,
        legs: nil, error: "the shipment or its quote is not there any more")
    }
    let promise = record.promise
    let outcome: ReplanDesk.Outcome
    do throws(RequestFault) {
      outcome = try replanning.outcome(
        of: record.log.shipment, promised: promise, request: quote.receipt.request, now: now)
    } catch {
      return Answer(
        shipment: "\(id)", outcome: "unknown", promised: promise.deliverBy.description,
        deliver_by: nil, arrival: nil, legs: nil, error: error.description)
    }
    let answer = Answer(id, promise, outcome)
    try await note(outcome, answer, of: record, in: store, job, now)
    return answer
  }

  /// Records the new estimate where it is later than what was last said; else there is no delay to tell of.
  private static func note(
    _ outcome: ReplanDesk.Outcome, _ answer: Answer, of record: ShipmentRecord,
    in store: ShipmentStore, _ job: Job, _ now: Instant
  ) async throws {
    let expected: Instant?
    switch outcome {
    case .unaffected: return
    case .absorbed(let arrival), .repaired(_, let arrival):
      guard arrival > record.log.shipment.expected ?? record.promise.minute else { return }
      expected = arrival
    case .rePromised(_, let arrival, _): expected = arrival
    case .breached: expected = nil
    }
    let event = ShipmentEvent(
      key: "replan:\(job.id)", status: .delayed, occurred: now, expected: expected,
      note: outcome.word + (answer.deliver_by.map { " for \($0)" } ?? "")
        + (answer.legs.map { " by \($0.joined(separator: ", "))" } ?? ""))
    do {
      _ = try await store.record(event, of: record.id)
    } catch let fault as ShipmentFault where fault.code == ShipmentFault.keyReused {
      // An earlier attempt of this job recorded it, by another minute of the clock: that one stands.
    }
  }
}

extension ReplanKind.Answer {
  fileprivate init(_ id: RecordID, _ promise: Promise, _ outcome: ReplanDesk.Outcome) {
    var found: (legs: [String]?, arrival: Instant?, deliverBy: CivilDate?) = (nil, nil, nil)
    switch outcome {
    case .unaffected, .breached: break
    case .absorbed(let arrival): found.arrival = arrival
    case .repaired(let legs, let arrival): found = (legs, arrival, nil)
    case .rePromised(let legs, let arrival, let deliverBy): found = (legs, arrival, deliverBy)
    }
    self.init(
      shipment: "\(id)", outcome: outcome.word, promised: promise.deliverBy.description,
      deliver_by: found.deliverBy?.description, arrival: found.arrival?.rfc3339(),
      legs: found.legs, error: nil)
  }
}
