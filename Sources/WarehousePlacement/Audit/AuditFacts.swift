extension AuditInstance {
  /// Reads tradewind's own format, a fact a line; false where a line is not sound.
  mutating func readFacts(_ text: String) -> Bool {
    var groups = 1
    var isEnded = false
    var rooms: [Int64?] = []
    var price: [Int64?] = []
    var asked: [Int] = []
    for (number, line) in text.split(separator: "\n").enumerated() where !isEnded {
      let words = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }
      guard let first = words.first else { continue }
      if number == 0 {
        if words.joined(separator: " ") != "tradewind sites 1" { return false }
        continue
      }
      if first == "end" {
        isEnded = true
        continue
      }
      var values: [Int64?] = []
      for word in words.dropFirst() {
        let value = Int64(word)
        guard word == "-" || (value ?? -1) >= 0 else { return false }
        values.append(value)
      }
      let given = values.compactMap { $0 }
      let isWhole = given.count == values.count
      switch first {
      case "size":
        guard isWhole, given.count == 3, given[0] > 0, given[1] > 0, given[0] <= 1_000_000,
          given[1] <= 1_000_000, (1...10_000).contains(given[2])
        else { return false }
        (siteCount, clientCount, groups) = (Int(given[0]), Int(given[1]), Int(given[2]))
        least = Array(repeating: 0, count: siteCount)
        cost = Array(repeating: Array(repeating: -1, count: siteCount), count: clientCount)
        days = cost
        keeping = Array(repeating: Array(repeating: 0, count: groups), count: siteCount)
      case "decimals":
        guard isWhole, given.count == 2, given[0] <= 9, given[1] <= 9 else { return false }
        (decimals, quantityDecimals) = (Int(given[0]), Int(given[1]))
      case "site":
        guard values.count == 2 else { return false }
        opening.append(values[0] ?? 0)
        rooms.append(values[1])
      case "least":
        guard isWhole, given.count == 2, isSite(given[0]) else { return false }
        least[Int(given[0]) - 1] = given[1]
      case "level":
        guard isWhole, given.count == 4, isSite(given[0]) else { return false }
        levels.append(AuditLevel(given))
      case "keep":
        guard isWhole, given.count == 3, isSite(given[0]), (1...groups).contains(Int(given[1]))
        else {
          return false
        }
        keeping[Int(given[0]) - 1][Int(given[1]) - 1] = given[2]
      case "client":
        guard values.count == 3, (1...groups).contains(Int(values[1] ?? 1)) else { return false }
        demand.append(values[0] ?? 0)
        asked.append(Int(values[1] ?? 1) - 1)
        price.append(values[2])
      case "serve":
        guard isWhole, given.count == 4, given[0] >= 1, given[0] <= Int64(clientCount),
          isSite(given[1])
        else { return false }
        cost[Int(given[0]) - 1][Int(given[1]) - 1] = given[2]
        days?[Int(given[0]) - 1][Int(given[1]) - 1] = given[3]
      default: return false
      }
    }
    guard isEnded, opening.count == siteCount, demand.count == clientCount, siteCount > 0 else {
      return false
    }
    let total = demand.reduce(0, +)
    if rooms.contains(where: { $0 != nil }) { capacity = rooms.map { $0 ?? total } }
    group = asked
    leaving = price
    return true
  }

  private func isSite(_ number: Int64) -> Bool { number >= 1 && number <= Int64(siteCount) }
}
