import ArgumentParser
import CSVTables
import Fulfilment
import LogisticsModel
import RouteGraph

/// `quote --pool`: prices several order files to one address, apart and together.
struct QuotePool {
  let command: QuoteCommand
  let settings: Settings

  func run(_ paths: [String]) throws {
    var orders: [PoolOrder] = []
    var findings: [Finding] = []
    var isMissing = false
    for path in paths {
      let bytes: [UInt8]
      do throws(FileBytes.Fault) {
        bytes = try FileBytes.read(path)
      } catch {
        findings.append(InputFiles.finding(error))
        if case .tooLarge = error { continue }
        isMissing = true
        continue
      }
      var file = OrderFile(path: path)
      if let order = file.order(bytes) { orders.append(order) }
      findings += file.findings
    }
    for finding in findings { Streams.complain(finding.description) }
    if isMissing { throw ExitStatus.missing }
    guard findings.allSatisfy({ $0.severity != .error }) else { throw ExitStatus.data }
    try checked { () throws(RequestFault) in
      for position in orders.indices {
        let lines = orders[position].request.order.lines
        orders[position].request.order = try command.order.terms(lines)
        try command.request.apply(settings, to: &orders[position].request)
      }
    }
    let now = try command.options.clock()
    let ready = orders.compactMap(\.request.ready)
    // The latest ready time decides which days the timetable has to be written out for.
    let last = ready.max { $0.approximateMinutes < $1.approximateMinutes }
    var desk = try command.desk(settings, ready: last)
    let plan = try checked { () throws(RequestFault) in try desk.poolPlan(orders, now: now) }
    if command.output.json {
      Streams.out(try JSONText.pretty(PoolDocument(plan, network: desk.network)) + "\n")
    } else {
      Streams.out(PoolTable(plan, desk.network).text)
    }
    if plan.advice == .noOffer { throw ExitStatus.refused }
  }
}

extension QuoteRequest.ReadyTime {
  /// Minutes since the epoch, to within a zone's offset.
  fileprivate var approximateMinutes: Int64 {
    switch self {
    case .instant(let instant): instant.minutes
    case .local(let local): local.minutes
    }
  }
}
