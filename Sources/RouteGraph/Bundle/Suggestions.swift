/// Names to suggest for one that is not known; each looked up once, and only so many, so that a file of
/// nothing but faults is still answered at once.
final class Suggestions {
  private let known: Set<String>
  /// Whether the file that defines the names could be read; if not, every name counts as known.
  private let isComplete: Bool
  private var answers: [String: String] = [:]
  private static let greatestAnswers = 300

  init(_ known: Set<String>, from file: String, of tables: BundleTables) {
    self.known = known
    isComplete = !tables.unreadable.contains(file)
  }

  func contains(_ word: String) -> Bool { !isComplete || known.contains(word) }

  /// ` (maybe A or B)`, or nothing.
  func maybe(_ word: String) -> String {
    if let answer = answers[word] { return answer }
    guard answers.count < Suggestions.greatestAnswers else { return "" }
    let near = EditDistance.nearest(to: word, among: known)
    let answer = near.isEmpty ? "" : " (maybe \(near.joined(separator: " or ")))"
    answers[word] = answer
    return answer
  }
}
