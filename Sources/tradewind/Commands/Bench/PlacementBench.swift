import CSVTables
import Foundation
import LogisticsModel
import WarehousePlacement

/// `bench --placement`: every instance of a folder, solved one after another, reading included.
struct PlacementBench {
  let folder: String
  let options: PlacementBenchOptions
  let isQuiet: Bool

  /// One instance.
  struct Row: Encodable {
    let instance: String
    let kind: String
    let p: Int?
    let capacity: Int64?
    let value: PlacementReport.Amount?
    let lower_bound: PlacementReport.Amount?
    let gap: Double?
    let proved: Bool
    let seconds: Double
    let cases: Int
  }

  struct Report: Encodable {
    let instances: [Row]
    let proved: Int
    let total_seconds: Double
    let unread: [String]
  }

  func run() throws -> Report {
    guard InputFiles.isDirectory(folder) else {
      Streams.complain("error TW-CLI-066: \(folder): no such folder")
      throw ExitStatus.missing
    }
    Interruption.listen()
    var rows: [Row] = []
    var unread: [String] = []
    for name in names where !Interruption.isAsked {
      let path = folder + "/" + name
      let begin = Clock.nanoseconds()
      guard let bytes = try? GzipText.unpacked(try InputFiles.read(path), file: path) else {
        unread.append(name)
        continue
      }
      guard let format = options.format ?? PlacementFormat.guess(bytes),
        let table = try? format.read(bytes, file: path, spread: PlacementRun.spread)
      else {
        unread.append(name)
        continue
      }
      let reading = Clock.nanoseconds() - begin
      for question in questions(format, table) {
        guard question.fault(in: table) == nil else { continue }
        let start = Clock.nanoseconds() - reading
        rows.append(solve(name, table, question, since: start))
        if !isQuiet { Streams.complain("\(name): \(rows[rows.count - 1].seconds.text(3)) s") }
      }
    }
    return Report(
      instances: rows, proved: rows.count { $0.proved },
      total_seconds: rows.reduce(0) { $0 + $1.seconds }, unread: unread)
  }

  /// Files of the folder and those below it, by name, numbers by their size.
  private var names: [String] {
    let found = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return found.filter { name in
      !InputFiles.isDirectory(folder + "/" + name)
        && !["optima", "README"].contains {
          name.split(separator: "/").last?.hasPrefix($0) ?? false
        }
    }.sorted { $0.compare($1, options: .numeric) == .orderedAscending }
  }

  private func questions(_ format: PlacementFormat, _ table: SiteTable) -> [PlacementQuestion] {
    let kind = options.kind ?? format.usualKind
    let needsSites = [.median, .center, .maximumCoverage].contains(kind)
    let wanted: [Int?] = options.p.isEmpty ? [needsSites ? table.sitesWanted : nil] : options.p
    let rooms: [Int64?] = options.capacity.isEmpty ? [nil] : options.capacity
    return wanted.flatMap { sites in
      rooms.map { PlacementQuestion(kind: kind, sites: sites, capacity: $0) }
    }
  }

  private func solve(
    _ name: String, _ table: SiteTable, _ question: PlacementQuestion, since begin: Int64
  ) -> Row {
    let deadline = begin + Int64(options.timeLimit * 1e9)
    let limits = SearchLimits(
      spread: PlacementRun.spread,
      isOver: { Interruption.isAsked || Clock.nanoseconds() >= deadline })
    var value: Int64?
    var bound: Int64?
    var decimals = table.decimals
    var cases = 0
    if question.kind == .center {
      let answer = CenterSearch.solve(table, question: question, limits: limits)
      (value, bound) = (answer.reach, answer.bound)
    } else {
      let problem = question.problem(on: table)
      let answer = PlacementSolver.solve(problem, limits: limits)
      (value, bound, decimals) = (answer.plan?.cost, answer.bound, problem.decimals)
      cases = answer.work.nodes
      if question.kind == .maximumCoverage {
        let all = table.demand.reduce(0, +)
        (value, bound) = (value.map { all - $0 }, bound.map { all - $0 })
      }
    }
    let amount = { (units: Int64) in PlacementReport.Amount(units: units, decimals: decimals) }
    return Row(
      instance: name, kind: question.kind.rawValue, p: question.sites, capacity: question.capacity,
      value: value.map(amount), lower_bound: bound.map(amount),
      gap: value.flatMap { value in
        bound.map { Double(abs(value - $0)) / Double(max(abs(value), 1)) }
      }, proved: value != nil ? value == bound : bound == nil,
      seconds: Double(Clock.nanoseconds() - begin) / 1e9, cases: cases)
  }

  static func text(_ report: Report) -> String {
    var table = TextTable(
      ["INSTANCE", "KIND", "P", "VALUE", "BOUND", "GAP %", "PROVED", "SECONDS", "CASES"],
      [.left, .left, .right, .right, .right, .right, .left, .right, .right])
    for row in report.instances {
      let capacity = row.capacity.map { " at \($0)" } ?? ""
      table.append([
        row.instance, row.kind + capacity, row.p.map(String.init) ?? "", row.value?.text ?? "none",
        row.lower_bound?.text ?? "none", row.gap.map { ($0 * 100).text(4) } ?? "",
        row.proved ? "yes" : "no", row.seconds.text(3), "\(row.cases)",
      ])
    }
    var text = table.text
    text +=
      "\(report.proved) of \(report.instances.count) proved in \(report.total_seconds.text(3)) s\n"
    for name in report.unread { text += "not read: \(name)\n" }
    return text
  }
}
