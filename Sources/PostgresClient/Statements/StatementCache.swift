/// Which statements a connection has prepared: the least recently used ones make room for new ones.
///
/// A statement is prepared when it is used for the second time; before, it is sent unnamed in one round trip. A value that
/// decides only; whoever sends tells it what came of it.
struct StatementCache: Sendable {
  /// How a statement is to be sent.
  enum Plan: Hashable {
    /// Unnamed, parsed each time.
    case unnamed
    /// By the name it was prepared under.
    case prepared(String)
    /// To be prepared under a new name, after the other has been deallocated.
    case prepare(String, evicting: String?)
  }

  private struct Entry {
    var name: String?
    var lastUse: Int
  }

  /// Most prepared statements at a time; 0 prepares none, for poolers that hand the server on between transactions.
  let capacity: Int
  private var entries: [Statement: Entry] = [:]
  private var clock = 0
  private var lastNumber = 0
  private(set) var preparedCount = 0

  init(capacity: Int) { self.capacity = capacity }

  /// Decides how to send a statement now, and remembers the use.
  ///
  /// - Parameters:
  ///   - statement: What is to be run.
  ///   - isEager: Prepare at the first use, where many are to follow.
  /// - Returns: How to send it. A statement to be prepared counts as prepared unless `forget` says otherwise.
  /// - Complexity: O(1), or O(capacity) when one is evicted.
  mutating func plan(for statement: Statement, isEager: Bool = false) -> Plan {
    guard capacity > 0 else { return .unnamed }
    clock += 1
    if let index = entries.index(forKey: statement) {
      entries.values[index].lastUse = clock
      if let name = entries.values[index].name { return .prepared(name) }
    } else {
      // Those used once are remembered as well, but not without bound.
      if entries.count >= capacity * 4, let oldest = leastRecent(where: { $0.name == nil }) {
        entries[oldest] = nil
      }
      entries[statement] = Entry(name: nil, lastUse: clock)
      guard isEager else { return .unnamed }
    }
    var evicted: String?
    if preparedCount == capacity, let oldest = leastRecent(where: { $0.name != nil }) {
      evicted = entries[oldest]?.name
      entries[oldest] = nil
      preparedCount -= 1
    }
    lastNumber += 1
    let name = "tw\(lastNumber)"
    entries[statement]?.name = name
    preparedCount += 1
    return .prepare(name, evicting: evicted)
  }

  /// Forgets that a statement is prepared: it failed to be, or the server does not know it any more.
  mutating func forget(_ statement: Statement) {
    guard let entry = entries[statement] else { return }
    if entry.name != nil { preparedCount -= 1 }
    entries[statement]?.name = nil
  }

  private func leastRecent(where condition: (Entry) -> Bool) -> Statement? {
    var oldest: (statement: Statement, use: Int)?
    for (statement, entry) in entries
    where condition(entry) && entry.lastUse < oldest?.use ?? .max {
      oldest = (statement, entry.lastUse)
    }
    return oldest?.statement
  }
}
