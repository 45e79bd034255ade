/// Milliseconds from a disruption until quotes are right again; null: not measured in this run.
struct DisruptionTimes: Encodable {
  /// Until the first correct answer for somebody booked on what is disrupted.
  var firstCorrectMedian: Double?
  var firstCorrectP99: Double?
  /// Until every block it concerns has been built again.
  var allRepaired: Double?
  /// Those first answers held against the exact search under the overlay, laid anew.
  var first = EngineBenchReport.Equality(checked: 0, equal: 0)
  /// Likewise answers of blocks that were built again.
  var repaired = EngineBenchReport.Equality(checked: 0, equal: 0)

  private enum CodingKeys: String, CodingKey {
    case firstCorrectMedian = "first_correct_p50"
    case firstCorrectP99 = "first_correct_p99"
    case allRepaired = "all_repaired"
    case first = "first_answers"
    case repaired = "repaired_answers"
  }

  /// Writes a null where nothing was measured: the key is always there.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(firstCorrectMedian, forKey: .firstCorrectMedian)
    try container.encode(firstCorrectP99, forKey: .firstCorrectP99)
    try container.encode(allRepaired, forKey: .allRepaired)
    try container.encode(first, forKey: .first)
    try container.encode(repaired, forKey: .repaired)
  }
}
