/// An instance as the auditor reads it: full tables, whole numbers of 10^-decimals.
struct AuditInstance {
  var siteCount = 0
  var clientCount = 0
  var opening: [Int64] = []
  var capacity: [Int64]?
  var demand: [Int64] = []
  /// Rows of clients; -1 where a site cannot serve.
  var cost: [[Int64]] = []
  var decimals = 0
  var quantityDecimals = 0
  /// Sites the file wants open.
  var wanted: Int?
  /// What tradewind's own format has beside: the group each client asks for, what keeping one costs at each site,
  /// and what leaving a client out costs.
  var group: [Int]?
  var keeping: [[Int64]] = []
  var leaving: [Int64?]?
  /// What each site must hand out if it is open; empty where none must.
  var least: [Int64] = []
  /// Levels at which sites may be opened.
  var levels: [AuditLevel] = []
  /// Rows of days; nil where the format knows of none.
  var days: [[Int64]]?

  /// A decimal number: digits and places behind the point.
  private struct Number {
    var digits: Int128
    var places: Int

    init?(_ text: Substring.UTF8View) {
      digits = 0
      places = 0
      var sawPoint = false
      var sawDigit = false
      var negative = false
      var exponent: (sign: Int, value: Int)?
      for (index, byte) in text.enumerated() {
        if var read = exponent {
          if byte == 45 {
            read.sign = -1
          } else if byte >= 48, byte <= 57 {
            read.value = read.value * 10 + Int(byte - 48)
          } else if byte != 43 {
            return nil
          }
          if read.value > 99 { return nil }
          exponent = read
        } else if index == 0, byte == 45 || byte == 43 {
          negative = byte == 45
        } else if byte >= 48, byte <= 57 {
          guard digits < Int128(1) << 100 else { return nil }
          digits = digits * 10 + Int128(byte - 48)
          sawDigit = true
          if sawPoint { places += 1 }
        } else if byte == 46, !sawPoint {
          sawPoint = true
        } else if byte == 69 || byte == 101, sawDigit {
          exponent = (1, 0)
        } else {
          return nil
        }
      }
      guard sawDigit else { return nil }
      if let exponent { places -= exponent.sign * exponent.value }
      while places > 0, digits % 10 == 0 {
        digits /= 10
        places -= 1
      }
      while places < 0 {
        digits *= 10
        places += 1
        if digits > Int128(1) << 110 { return nil }
      }
      if digits == 0 { places = 0 }
      if negative { digits = -digits }
    }

    func value(_ decimals: Int) -> Int64? {
      guard places <= decimals else { return nil }
      var value = digits
      for _ in places..<max(decimals, places) {
        value *= 10
        if value > Int128(Int64.max) { return nil }
      }
      return Int64(exactly: value)
    }
  }

  /// Reads an instance; the text says what is wrong.
  static func read(_ bytes: [UInt8], format: String) -> Result<AuditInstance, AuditFault> {
    let text = String(decoding: bytes, as: UTF8.self)
    if format == "tradewind" {
      var result = AuditInstance()
      return result.readFacts(text)
        ? .success(result) : .failure(AuditFault("the instance is not sound tradewind"))
    }
    var words = text.split(whereSeparator: { $0.isWhitespace })
    if format == "tsplib" {
      guard let start = words.firstIndex(of: "NODE_COORD_SECTION") else {
        return .failure(AuditFault("the instance has no NODE_COORD_SECTION"))
      }
      words = Array(words[(start + 1)...].prefix { $0 != "EOF" })
    }
    let isUnset = format == "orlib-cap" && words.contains("capacity")
    if isUnset { words.removeAll { $0 == "capacity" } }
    let bySite = format == "simple-ufl" && words.first == "FILE:"
    if bySite { words.removeFirst(2) }
    var numbers: [Number] = []
    numbers.reserveCapacity(words.count)
    for word in words {
      guard let number = Number(word.utf8) else {
        return .failure(AuditFault("the instance has \"\(word)\" where a number belongs"))
      }
      numbers.append(number)
    }
    var result = AuditInstance()
    let isRead =
      switch format {
      case "orlib-pmed": result.readGraph(numbers)
      case "tsplib": result.readPoints(numbers)
      case "holmberg": result.readBlocks(numbers)
      case "orlib-cap": result.readRows(numbers, used: true, isUnset: isUnset)
      case "simple-ufl":
        bySite ? result.readBySite(numbers) : result.readRows(numbers, used: false, isUnset: false)
      default: false
      }
    return isRead ? .success(result) : .failure(AuditFault("the instance is not sound \(format)"))
  }

  private mutating func readGraph(_ numbers: [Number]) -> Bool {
    guard numbers.count >= 3, let n = numbers[0].value(0), let edges = numbers[1].value(0),
      numbers.count == 3 + 3 * Int(edges), n > 0, n <= 20_000
    else { return false }
    let count = Int(n)
    wanted = numbers[2].value(0).map { Int($0) }
    let far = Int64.max / 4
    var length = [[Int64]](repeating: Array(repeating: far, count: count), count: count)
    for edge in 0..<Int(edges) {
      guard let a = numbers[3 + 3 * edge].value(0), let b = numbers[4 + 3 * edge].value(0),
        let cost = numbers[5 + 3 * edge].value(0), a >= 1, b >= 1, a <= n, b <= n, cost >= 0
      else { return false }
      length[Int(a) - 1][Int(b) - 1] = cost
      length[Int(b) - 1][Int(a) - 1] = cost
    }
    for vertex in 0..<count { length[vertex][vertex] = 0 }
    // Floyd and Warshall: nothing like the queue the reader uses.
    for via in 0..<count {
      let across = length[via]
      for from in 0..<count where length[from][via] < far {
        let first = length[from][via]
        for to in 0..<count where first + across[to] < length[from][to] {
          length[from][to] = first + across[to]
        }
      }
    }
    cost = length.map { $0.map { $0 >= far ? -1 : $0 } }
    square(count)
    return true
  }

  private mutating func square(_ count: Int) {
    siteCount = count
    clientCount = count
    opening = Array(repeating: 0, count: count)
    demand = Array(repeating: 1, count: count)
  }

  private mutating func readPoints(_ numbers: [Number]) -> Bool {
    guard numbers.count % 3 == 0, !numbers.isEmpty else { return false }
    let count = numbers.count / 3
    var places = 0
    for index in numbers.indices where index % 3 != 0 {
      places = max(places, numbers[index].places)
    }
    let x = (0..<count).compactMap { numbers[3 * $0 + 1].value(places) }
    let y = (0..<count).compactMap { numbers[3 * $0 + 2].value(places) }
    guard x.count == count, y.count == count else { return false }
    var unit = Int128(1)
    for _ in 0..<places { unit *= 10 }
    for client in 0..<count {
      var row: [Int64] = []
      for site in 0..<count {
        let (dx, dy) = (Int128(x[client] - x[site]), Int128(y[client] - y[site]))
        let square = dx * dx + dy * dy
        // The greatest d with (d * unit)^2 <= square, found by halving.
        var low = Int128(0)
        var high = (dx < 0 ? -dx : dx) / unit + (dy < 0 ? -dy : dy) / unit + 2
        while low < high {
          let middle = (low + high + 1) / 2
          if middle * middle * unit * unit <= square { low = middle } else { high = middle - 1 }
        }
        row.append(Int64(low))
      }
      cost.append(row)
    }
    square(count)
    return true
  }

  private mutating func readBlocks(_ numbers: [Number]) -> Bool {
    guard size(numbers), numbers.count == 2 + 2 * siteCount + clientCount * (1 + siteCount) else {
      return false
    }
    let (m, n) = (siteCount, clientCount)
    let costs = Array(2 + m..<2 + 2 * m) + Array(2 + 2 * m + n..<numbers.count)
    decimals = costs.map { numbers[$0].places }.max() ?? 0
    quantityDecimals =
      (Array(2..<2 + m) + Array(2 + 2 * m..<2 + 2 * m + n)).map { numbers[$0].places }.max() ?? 0
    capacity = (0..<m).compactMap { numbers[2 + $0].value(quantityDecimals) }
    opening = (0..<m).compactMap { numbers[2 + m + $0].value(decimals) }
    demand = (0..<n).compactMap { numbers[2 + 2 * m + $0].value(quantityDecimals) }
    for client in 0..<n {
      cost.append(
        (0..<m).compactMap { numbers[2 + 2 * m + n + client * m + $0].value(decimals) })
    }
    return isWhole
  }

  private mutating func readRows(_ numbers: [Number], used: Bool, isUnset: Bool) -> Bool {
    let head = isUnset ? 1 : 2
    guard size(numbers), numbers.count == 2 + head * siteCount + clientCount * (1 + siteCount)
    else {
      return false
    }
    let (m, n) = (siteCount, clientCount)
    let body = 2 + head * m
    let opens = (0..<m).map { 2 + head * $0 + head - 1 }
    let needs = (0..<n).map { body + $0 * (m + 1) }
    let costs = (body..<numbers.count).filter { ($0 - body) % (m + 1) != 0 }
    let rooms = isUnset || !used ? [] : (0..<m).map { 2 + 2 * $0 }
    decimals = (opens + costs).map { numbers[$0].places }.max() ?? 0
    quantityDecimals = used ? ((needs + rooms).map { numbers[$0].places }.max() ?? 0) : 0
    if !rooms.isEmpty { capacity = rooms.compactMap { numbers[$0].value(quantityDecimals) } }
    opening = opens.compactMap { numbers[$0].value(decimals) }
    demand =
      used
      ? needs.compactMap { numbers[$0].value(quantityDecimals) } : Array(repeating: 1, count: n)
    for client in 0..<n {
      cost.append((0..<m).compactMap { numbers[needs[client] + 1 + $0].value(decimals) })
    }
    return isWhole
  }

  private mutating func readBySite(_ numbers: [Number]) -> Bool {
    guard size(numbers), numbers.count == 3 + siteCount * (2 + clientCount) else { return false }
    let (m, n) = (siteCount, clientCount)
    let rows = (0..<m).map { 3 + $0 * (n + 2) }
    decimals = rows.flatMap { $0 + 1..<$0 + n + 2 }.map { numbers[$0].places }.max() ?? 0
    opening = rows.compactMap { numbers[$0 + 1].value(decimals) }
    demand = Array(repeating: 1, count: n)
    for client in 0..<n {
      cost.append(rows.compactMap { numbers[$0 + 2 + client].value(decimals) })
    }
    return isWhole
  }

  private mutating func size(_ numbers: [Number]) -> Bool {
    guard numbers.count > 2, let m = numbers[0].value(0), let n = numbers[1].value(0),
      (1...1_000_000).contains(m), (1...1_000_000).contains(n)
    else { return false }
    siteCount = Int(m)
    clientCount = Int(n)
    return true
  }

  /// Whether every number was read, and none is negative.
  private var isWhole: Bool {
    opening.count == siteCount && demand.count == clientCount
      && (capacity?.count ?? siteCount) == siteCount
      && cost.allSatisfy { $0.count == siteCount && $0.allSatisfy { $0 >= 0 } }
      && opening.allSatisfy { $0 >= 0 } && demand.allSatisfy { $0 >= 0 }
  }
}

/// What the auditor objects to.
public struct AuditFault: Error, Sendable, Hashable {
  /// In words.
  public let text: String

  /// Makes a fault.
  public init(_ text: String) { self.text = text }
}
