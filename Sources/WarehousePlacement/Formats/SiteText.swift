import LogisticsModel

/// Tradewind's own format of a placement question: sites, goods kept, clients, and who can serve whom.
///
/// One fact a line, whole numbers only (`config/placement/FORMAT.md`), so that what a network was asked can be kept
/// beside its certificate and checked by ``PlacementAuditor``.
enum SiteText {
  static let heading = "tradewind sites 1"

  private struct Way {
    let client: Int
    let site: Int32
    let cost: Int64
    let days: Int64
  }

  /// Reads a text; the findings name line and word.
  static func read(_ bytes: [UInt8], file: String) throws(InstanceRefused) -> SiteTable {
    var reader = SiteTextReader(bytes, file: file)
    guard reader.takesHeading(heading) else { throw InstanceRefused(findings: reader.findings) }
    var size: [Int64] = []
    var decimals: [Int64] = [0, 0]
    var opening: [Int64] = []
    var capacity: [Int64?] = []
    var keeping: [(site: Int, group: Int, cost: Int64)] = []
    var least: [(site: Int, quantity: Int64)] = []
    var levels: [SiteLevel] = []
    var demand: [Int64] = []
    var group: [Int32] = []
    var leaving: [Int64?] = []
    var ways: [Way] = []
    while let word = reader.next() {
      let isSized = size.count == 3
      switch word {
      case "size": size = reader.numbers(3, in: [1...100_000, 1...1_000_000, 1...10_000]) ?? []
      case "decimals": decimals = reader.numbers(2, in: [0...9, 0...9]) ?? [0, 0]
      case "site" where isSized:
        guard let found = reader.options(2) else { break }
        opening.append(found[0] ?? 0)
        capacity.append(found[1])
      case "least" where isSized:
        guard let found = reader.numbers(2, in: [1...size[0], 0...reader.most]) else { break }
        least.append((Int(found[0]) - 1, found[1]))
      case "level" where isSized:
        let most = reader.most
        guard let found = reader.numbers(4, in: [1...size[0], 0...most, 0...most, 0...most]) else {
          break
        }
        levels.append(
          SiteLevel(
            site: Int(found[0]) - 1, opening: found[1], capacity: found[2], least: found[3]))
      case "keep" where isSized:
        guard let found = reader.numbers(3, in: [1...size[0], 1...size[2], 0...reader.most]) else {
          break
        }
        keeping.append((Int(found[0]) - 1, Int(found[1]) - 1, found[2]))
      case "client" where isSized:
        guard let found = reader.options(3) else { break }
        let asked = found[1] ?? 1
        guard (1...size[2]).contains(asked) else {
          reader.complain(PlacementCodes.outOfRange, "group \(asked) is not within 1...\(size[2])")
          break
        }
        demand.append(found[0] ?? 0)
        group.append(Int32(asked - 1))
        leaving.append(found[2])
      case "serve" where isSized:
        let most = reader.most
        guard let found = reader.numbers(4, in: [1...size[1], 1...size[0], 0...most, 0...most])
        else {
          break
        }
        ways.append(
          Way(
            client: Int(found[0]) - 1, site: Int32(found[1] - 1), cost: found[2], days: found[3]))
      default:
        reader.complain(
          PlacementCodes.structure,
          isSized ? "\"\(word)\" begins no line" : "\"\(word)\" stands before the size")
      }
    }
    if size.count == 3, opening.count != size[0] {
      reader.complain(PlacementCodes.tooShort, "\(opening.count) of \(size[0]) sites")
    }
    if size.count == 3, demand.count != size[1] {
      reader.complain(PlacementCodes.tooShort, "\(demand.count) of \(size[1]) clients")
    }
    if !reader.isEnded {
      reader.complain(PlacementCodes.tooShort, "the text does not end with \"end\"")
    }
    guard reader.findings.isEmpty else { throw InstanceRefused(findings: reader.findings) }
    ways.sort {
      if $0.client != $1.client { return $0.client < $1.client }
      return $0.cost != $1.cost ? $0.cost < $1.cost : $0.site < $1.site
    }
    var lists = ServiceLists()
    lists.reserve(clients: demand.count, entries: ways.count)
    var days: [Int64] = []
    days.reserveCapacity(ways.count)
    var place = 0
    for client in demand.indices {
      while place < ways.count, ways[place].client == client {
        lists.add(ways[place].site, ways[place].cost)
        days.append(ways[place].days)
        place += 1
      }
      lists.close()
    }
    let hasCapacity = capacity.contains { $0 != nil }
    let total = demand.reduce(0, +)
    var table = SiteTable(
      opening: opening, capacity: hasCapacity ? capacity.map { $0 ?? total } : nil, demand: demand,
      service: lists, decimals: Int(decimals[0]), quantityDecimals: Int(decimals[1]))
    table.days = days
    table.levels = levels
    if !least.isEmpty {
      var owed = [Int64](repeating: 0, count: opening.count)
      for entry in least { owed[entry.site] = entry.quantity }
      table.least = owed
    }
    table.leaving = leaving
    if size[2] > 1 || !keeping.isEmpty {
      var cost = [Int64](repeating: 0, count: opening.count * Int(size[2]))
      for entry in keeping { cost[entry.site * Int(size[2]) + entry.group] = entry.cost }
      table.stock = StockKeeping(group: group, groups: Int(size[2]), cost: cost)
    }
    guard table.isWithinReach else {
      reader.complain(
        PlacementCodes.overflow, "the sum of all costs or quantities exceeds what is exact")
      throw InstanceRefused(findings: reader.findings)
    }
    return table
  }

  /// Writes a table; ``read(_:file:)`` gives it back.
  static func text(of table: SiteTable) -> String {
    func option(_ value: Int64?) -> String { value.map(String.init) ?? "-" }
    var text = heading + "\n"
    let groups = table.stock?.groups ?? 1
    text += "size \(table.siteCount) \(table.clientCount) \(groups)\n"
    text += "decimals \(table.decimals) \(table.quantityDecimals)\n"
    for site in 0..<table.siteCount {
      text += "site \(table.opening[site]) \(option(table.capacity?[site]))\n"
    }
    for (site, quantity) in (table.least ?? []).enumerated() where quantity > 0 {
      text += "least \(site + 1) \(quantity)\n"
    }
    for level in table.levels {
      text += "level \(level.site + 1) \(level.opening) \(level.capacity) \(level.least)\n"
    }
    if let stock = table.stock {
      for site in 0..<table.siteCount {
        for group in 0..<groups where stock.cost(of: group, at: site) > 0 {
          text += "keep \(site + 1) \(group + 1) \(stock.cost(of: group, at: site))\n"
        }
      }
    }
    for client in 0..<table.clientCount {
      text += "client \(table.demand[client]) \((table.stock?.group[client] ?? 0) + 1)"
      text += " \(option(table.leaving?[client]))\n"
    }
    for client in 0..<table.clientCount {
      for entry in table.service.entries(of: client) {
        text += "serve \(client + 1) \(table.service.site[entry] + 1) \(table.service.cost[entry])"
        text += " \(table.days?[entry] ?? 0)\n"
      }
    }
    return text + "end\n"
  }
}

/// Takes a text of words and whole numbers apart, line by line.
struct SiteTextReader {
  private let bytes: [UInt8]
  private let file: String
  private var position = 0
  private var line = 0
  private var words: [String] = []
  private(set) var findings: [Finding] = []
  /// Whether the word `end` was met.
  private(set) var isEnded = false
  /// The greatest number read.
  let most = PlacementProblem.greatestTotal - 1

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  mutating func complain(_ code: String, _ message: String) {
    guard findings.count < 50 else { return }
    findings.append(
      Finding(code: code, file: file, line: max(line, 1), column: 1, message: message))
  }

  /// Whether the first line is the heading.
  mutating func takesHeading(_ heading: String) -> Bool {
    guard next() != nil, words.joined(separator: " ") == heading else {
      complain(PlacementCodes.structure, "the first line is not \"\(heading)\"")
      return false
    }
    return true
  }

  /// The first word of the next line that has any; nil at the end.
  mutating func next() -> String? {
    while position < bytes.count {
      let end = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
      words = bytes[position..<end].split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        .map { String(decoding: $0, as: UTF8.self) }
      position = end + 1
      line += 1
      guard let first = words.first else { continue }
      if first == "end" {
        isEnded = true
        return nil
      }
      return first
    }
    return nil
  }

  /// The numbers behind the line's first word, one within each range.
  mutating func numbers(_ count: Int, in ranges: [ClosedRange<Int64>]) -> [Int64]? {
    guard let found = options(count) else { return nil }
    var result: [Int64] = []
    for (number, range) in zip(found, ranges) {
      guard let number, range.contains(number) else {
        complain(
          PlacementCodes.outOfRange,
          "\(words[0]): \(number.map(String.init) ?? "-") is not within \(range)")
        return nil
      }
      result.append(number)
    }
    return result
  }

  /// The numbers behind the line's first word, `-` for one that is not given.
  mutating func options(_ count: Int) -> [Int64?]? {
    guard words.count == count + 1 else {
      complain(
        words.count <= count ? PlacementCodes.tooShort : PlacementCodes.tooLong,
        "\(words[0]) takes \(count) numbers")
      return nil
    }
    var result: [Int64?] = []
    for word in words.dropFirst() {
      if word == "-" {
        result.append(nil)
        continue
      }
      guard let number = Int64(word) else {
        complain(PlacementCodes.notANumber, "\"\(word.prefix(40))\" is no whole number")
        return nil
      }
      guard number >= 0 else {
        complain(PlacementCodes.negative, "\(number) is negative")
        return nil
      }
      guard number <= most else {
        complain(PlacementCodes.overflow, "\(number) exceeds what is reckoned exactly")
        return nil
      }
      result.append(number)
    }
    return result
  }
}
