/// Milliseconds from a disruption until quotes are right again; null: not measured in this run.
struct DisruptionTimes: Encodable {
  /// Until the first correct answer for somebody booked on what is disrupted.
  var firstCorrectMedian: Double?
  var firstCorrectP99: Double?
  /// Until every block it concerns has been built again.
  var allRepaired: Double?

  private enum CodingKeys: String, CodingKey {
    case firstCorrectMedian = "first_correct_p50"
    case firstCorrectP99 = "first_correct_p99"
    case allRepaired = "all_repaired"
  }

  /// Writes a null where nothing was measured: the key is always there.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(firstCorrectMedian, forKey: .firstCorrectMedian)
    try container.encode(firstCorrectP99, forKey: .firstCorrectP99)
    try container.encode(allRepaired, forKey: .allRepaired)
  }
}
