import Testing

@testable import PostgresClient

/// What follows from what a server says of a transaction id.
@Suite struct CommitFateTests {
  static let life = ServerLife(
    system: 7, timeline: "00000001", startedAt: Timestamp(microseconds: 100),
    countersSince: Timestamp(microseconds: 50))
  /// After a crash: started later, counters set back.
  static let nextLife = ServerLife(
    system: 7, timeline: "00000001", startedAt: Timestamp(microseconds: 500),
    countersSince: Timestamp(microseconds: 510))
  /// Another server took over.
  static let otherTimeline = ServerLife(
    system: 7, timeline: "00000002", startedAt: Timestamp(microseconds: 90),
    countersSince: Timestamp(microseconds: 40))
  static let otherSystem = ServerLife(
    system: 8, timeline: "00000001", startedAt: Timestamp(microseconds: 100),
    countersSince: Timestamp(microseconds: 50))

  func fate(
    _ life: ServerLife, _ status: String?, isInFuture: Bool = false, committedAt: Int64? = nil
  ) -> CommitFate {
    CommitEvidence(
      life: life, status: status, isInFuture: isInFuture,
      committedAt: committedAt.map { Timestamp(microseconds: $0) }
    ).fate(of: CommitTrace(transaction: TransactionID(number: 1000), life: Self.life))
  }

  @Test func sameLife() {
    #expect(fate(Self.life, "committed") == .committed)
    #expect(fate(Self.life, "aborted") == .rolledBack)
    #expect(fate(Self.life, "in progress") == .undecided)
    #expect(fate(Self.life, nil) == .unknown)
  }

  /// The id may have been given to somebody else since, unless the commit is older than the new life.
  @Test func laterLife() {
    #expect(fate(Self.nextLife, "aborted") == .rolledBack)
    #expect(fate(Self.nextLife, nil, isInFuture: true) == .rolledBack)
    #expect(fate(Self.nextLife, "in progress") == .rolledBack)
    #expect(fate(Self.nextLife, "committed") == .unknown)
    #expect(fate(Self.nextLife, "committed", committedAt: 300) == .committed)
    #expect(fate(Self.nextLife, "committed", committedAt: 505) == .unknown)
    #expect(fate(Self.nextLife, "committed", committedAt: 600) == .unknown)
  }

  @Test func takenOver() {
    #expect(fate(Self.otherTimeline, "aborted") == .rolledBack)
    #expect(fate(Self.otherTimeline, "committed") == .unknown)
    #expect(fate(Self.otherSystem, "aborted") == .unknown)
    #expect(fate(Self.otherSystem, nil, isInFuture: true) == .unknown)
  }
}
