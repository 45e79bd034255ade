import PostgresClient

/// The statements on the jobs of one queue, which name its partition.
///
/// Where the partition is a parameter, the server decides anew each time which one is meant, and opens them all to change a row.
struct QueueStatements: Sendable {
  let claim: Statement
  let complete: Statement
  let retry: Statement

  /// The partition that the files of queries name for all of them.
  private static let example = "tradewind.job_queue_1 "

  init(_ queries: QueryTable<JobQuery>, queue: Int16, isFair: Bool) {
    func onPartition(_ query: JobQuery) -> Statement {
      let parts = queries[query].sql.split(
        separator: Self.example, omittingEmptySubsequences: false)
      return Statement(
        trusted: parts.joined(separator: "tradewind.job_queue_\(queue) "),
        name: "\(query.rawValue) of queue \(queue)")
    }
    claim = onPartition(isFair ? .claimFair : .claimStrict)
    complete = onPartition(.completeJobs)
    retry = onPartition(.retryJobs)
  }
}
