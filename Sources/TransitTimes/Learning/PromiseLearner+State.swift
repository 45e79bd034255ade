import LogisticsModel

/// A learner that cannot be read from its bytes.
public struct LearnerStateFault: Error, Hashable, Sendable {
  /// Stable code.
  public let code: String
  /// What is wrong, and what to do.
  public let message: String

  /// The bytes are no state, or were spoilt.
  public static let broken = "TW-LRN-001"
  /// The state is of another version of tradewind.
  public static let otherVersion = "TW-LRN-002"
}

extension PromiseLearner {
  /// Version of the bytes; raised whenever they or the meaning of a constant change.
  public static let stateVersion = 3

  private static let mark: [UInt8] = Array("TWLEARN\n".utf8)

  /// Everything the learner knows; equal learners give equal bytes.
  ///
  /// - Complexity: O(lanes + parcels under way or remembered)
  public var state: [UInt8] {
    var writer = StateWriter()
    writer.list(pace.week) { $0.small($1) }
    writer.list(pace.closed.map(\.days).sorted()) { $0.small($1) }
    for constant in settings.constants { writer.number(constant) }
    writer.integer(today ?? Int.min)
    writer.integer(clock.origin)
    writer.integer(clock.before.count)
    writer.integer(accepted)
    for reason in Quarantine.Reason.allCases {
      writer.integer(quarantine.counts[reason] ?? 0)
      writer.text(quarantine.examples[reason] ?? "")
    }
    book.write(&writer)
    ledger.write(&writer)
    handling.write(&writer)
    carriage.write(&writer)
    calibration.lately.write(&writer)
    slowness.write(&writer)
    var file = StateWriter()
    file.integer(PromiseLearner.stateVersion)
    return PromiseLearner.mark + file.bytes + writer.bytes + PromiseLearner.checksum(writer.bytes)
  }

  /// Reads a state.
  ///
  /// - Throws: ``LearnerStateFault`` for bytes of another version, or bytes that are not what was written.
  public init(state bytes: [UInt8]) throws(LearnerStateFault) {
    let head = PromiseLearner.mark.count + 8
    guard bytes.count >= head + 8, bytes.starts(with: PromiseLearner.mark) else {
      throw LearnerStateFault(
        code: LearnerStateFault.broken,
        message: "is no state of a learner; make one with calibrate --state")
    }
    let body = Array(bytes[head..<bytes.count - 8])
    var reader = StateReader(bytes, from: PromiseLearner.mark.count, to: bytes.count - 8)
    let version = (try? reader.integer()) ?? 0
    guard version == PromiseLearner.stateVersion else {
      throw LearnerStateFault(
        code: LearnerStateFault.otherVersion,
        message: "is a state of version \(version), this is version "
          + "\(PromiseLearner.stateVersion); make it again from the history")
    }
    let spoilt = LearnerStateFault(
      code: LearnerStateFault.broken, message: "is spoilt; make the state again from the history")
    guard Array(bytes.suffix(8)) == PromiseLearner.checksum(body) else { throw spoilt }
    do throws(StateReader.Broken) {
      self = try PromiseLearner.read(&reader)
    } catch {
      throw spoilt
    }
    guard reader.isAtEnd else { throw spoilt }
  }

  private static func read(_ reader: inout StateReader) throws(StateReader.Broken) -> PromiseLearner
  {
    let week = try reader.list(leastBytes: 4) { (reader) throws(StateReader.Broken) in
      try reader.small()
    }
    let closed = try reader.list(leastBytes: 4) { (reader) throws(StateReader.Broken) in
      try reader.small()
    }
    guard let pace = WorkingPace(week: week, closed: Set(closed.map { CivilDate(days: Int($0)) }))
    else { throw StateReader.Broken() }
    var settings = LearningSettings()
    var constants: [Double] = []
    for _ in settings.constants { constants.append(try reader.number()) }
    settings.constants = constants
    var learner = PromiseLearner(pace: pace, settings: settings)
    let today = try reader.integer()
    let origin = try reader.integer()
    let days = try reader.integer()
    guard (1...400_000).contains(days), abs(origin) < 4_000_000 else { throw StateReader.Broken() }
    learner.today = today == Int.min ? nil : today
    learner.clock = WorkClock(pace: pace, origin: origin)
    learner.clock.layOut(through: origin + days - 2)
    learner.accepted = try reader.integer()
    for reason in Quarantine.Reason.allCases {
      let count = try reader.integer()
      let example = try reader.text()
      if count > 0 { learner.quarantine.restore(reason, count, example) }
    }
    learner.book = try TraitBook(&reader)
    learner.ledger = try ParcelLedger(&reader)
    try learner.handling.read(&reader)
    try learner.carriage.read(&reader)
    var lately = learner.calibration.lately
    try lately.read(&reader)
    learner.calibration.restore(lately)
    learner.slowness = try LegSlowness(&reader, steadiness: learner.settings.steadiness)
    let slots = Int32(learner.ledger.parcels.count)
    let runs = learner.handling.underWay + learner.carriage.underWay
    guard runs.allSatisfy({ (0..<slots).contains($0.parcel) }) else { throw StateReader.Broken() }
    return learner
  }

  /// FNV-1a of 64 bits: finds what was spoilt by accident, not by intent.
  private static func checksum(_ bytes: [UInt8]) -> [UInt8] {
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
    var writer = StateWriter()
    writer.integer(sum)
    return writer.bytes
  }
}
