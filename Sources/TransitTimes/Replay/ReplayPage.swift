import LogisticsModel

extension PromiseReplay {
  /// The replay as one HTML page with its plots in it: opens offline, loads nothing.
  ///
  /// - Parameter title: what was replayed.
  /// - Returns: the page.
  public func page(title: String) -> String {
    let target = HTMLText.fixed(Double(level) / 10, 1)
    var body = "<h1>\(HTMLText.escaped(title))</h1>\n"
    body +=
      "<p>\(cases.count) delivered orders placed from \(scoreFrom) on, promised at \(target) %. "
    body += "Every promise rests on what was known at the midnight before its order.</p>\n"
    body += "<h2>Methods, orders with a known lane</h2>\n" + methodTable(.zoned)
    body += "<h2>Methods, all orders</h2>\n" + methodTable(.all)
    body += "<h2>By week</h2>\n" + weekPlots
    body += "<h2>Calibration</h2>\n" + calibrationPlot + frontierPlot
    body += "<h2>By group</h2>\n" + groupTable
    body += "<h2>Alarms</h2>\n" + alarmTable
    body += "<h2>Held back</h2>\n" + quarantineTable
    return """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>\(HTMLText.escaped(title))</title>
      <style>
      body{font:15px/1.45 system-ui,sans-serif;max-width:820px;margin:2em auto;padding:0 1em;color:#222}
      table{border-collapse:collapse;margin:.5em 0 1.5em}
      th,td{padding:.2em .7em;text-align:right;border-bottom:1px solid #ddd}
      th:first-child,td:first-child{text-align:left}
      figure{margin:1em 0}figcaption{font-weight:600}
      svg{width:100%;height:auto}svg text{font:11px system-ui,sans-serif;fill:#444}
      .legend{margin:.2em 0;font-size:13px}
      </style></head><body>
      \(body)</body></html>

      """
  }

  private func table(_ header: [String], _ rows: [[String]]) -> String {
    guard !rows.isEmpty else { return "<p>none</p>\n" }
    func row(_ cells: [String], _ tag: String) -> String {
      "<tr>" + cells.map { "<\(tag)>\(HTMLText.escaped($0))</\(tag)>" }.joined() + "</tr>\n"
    }
    return "<table>\n" + row(header, "th") + rows.map { row($0, "td") }.joined() + "</table>\n"
  }

  private func share(_ value: Double) -> String { HTMLText.fixed(value * 100, 1) + " %" }

  private func methodTable(_ rows: Rows) -> String {
    table(
      [
        "method", "orders", "on time", "days", "pinball .90", "pinball .95", "weekly gap",
        "worst week", "worst month", "loses to the learner at .95 (90 %)",
      ],
      methods.compactMap { method in
        guard let score = score(method, rows) else { return nil }
        let gain = method == PromiseReplay.learned ? nil : gain(over: method, rows)
        return [
          method, "\(score.orders)", share(score.onTime), HTMLText.tenth(score.meanDays),
          HTMLText.fixed(score.pinball90, 3), HTMLText.fixed(score.pinball95, 3),
          HTMLText.fixed(score.weeklyGap, 3), score.worstWeek.map { share($0.onTime) } ?? "",
          score.worstMonth.map { share($0.onTime) } ?? "",
          gain.map {
            "\(HTMLText.fixed($0.mean, 3)) (\(HTMLText.fixed($0.low, 3)) to "
              + "\(HTMLText.fixed($0.high, 3)))"
          } ?? "",
        ]
      })
  }

  private var shownByWeek: [String] {
    [PromiseReplay.learned, BaselineMethod.kaplanMeierFactor.rawValue, PromiseReplay.platform]
      .filter { methods.contains($0) }
  }

  private var weekPlots: String {
    func lines(_ value: (PromiseScore.Span) -> Double) -> [LinePlot.Series] {
      shownByWeek.enumerated().map { colour, method in
        LinePlot.Series(
          name: method,
          points: (score(method, .all)?.weeks ?? []).map { (Double($0.first.days), value($0)) },
          colour: colour)
      }
    }
    let weeks = score(PromiseReplay.learned, .all)?.weeks.map(\.first) ?? []
    let every = max(1, weeks.count / 8)
    let ticks = weeks.enumerated().filter { $0.offset % every == 0 }.map {
      (at: Double($0.element.days), text: $0.element.description)
    }
    let onTime = LinePlot(
      title: "Share delivered by the promised date, by week of the order", xTitle: "week of",
      yTitle: "on time", series: lines(\.onTime), xTicks: ticks, target: Double(level) / 1000,
      isShare: true)
    var days = lines(\.meanDays)
    days.append(LinePlot.Series(name: "actual", points: actualDays, colour: 6))
    let promised = LinePlot(
      title: "Promised and actual days, mean by week of the order", xTitle: "week of",
      yTitle: "calendar days", series: days, xTicks: ticks)
    return onTime.html + promised.html
  }

  private var actualDays: [(x: Double, y: Double)] {
    var sums: [CivilDate: (days: Int, orders: Int)] = [:]
    for order in cases {
      let there = sums[order.placed.monday] ?? (0, 0)
      sums[order.placed.monday] = (there.days + Int(order.actual), there.orders + 1)
    }
    return sums.sorted { $0.key < $1.key }.map {
      (Double($0.key.days), Double($0.value.days) / Double($0.value.orders))
    }
  }

  private var calibrationPlot: String {
    let shown = shownByWeek.filter { $0 != PromiseReplay.platform }
    let ideal = PromiseReplay.frontierLevels.map { (Double($0) / 1000, Double($0) / 1000) }
    return LinePlot(
      title: "Share kept at each stated level", xTitle: "stated level", yTitle: "kept",
      series: shown.enumerated().map { colour, method in
        LinePlot.Series(
          name: method,
          points: frontier(method, .all).points.map { (Double($0.level) / 1000, $0.onTime) },
          colour: colour)
      } + [LinePlot.Series(name: "as stated", points: ideal, colour: 6)],
      xTicks: [0.7, 0.75, 0.8, 0.85, 0.9, 0.95].map { (at: $0, text: HTMLText.fixed($0, 2)) },
      isShare: true
    ).html
  }

  private var frontierPlot: String {
    let lines = methods.enumerated().map { colour, method in
      let points = frontier(method, .zoned).points
      let isOne = method == PromiseReplay.platform
      return LinePlot.Series(
        name: method,
        points: (isOne ? Array(points.prefix(1)) : points).map { ($0.meanDays, $0.onTime) },
        colour: colour, isDotted: isOne)
    }
    let days = lines.flatMap { $0.points.map(\.x) }
    let scale = LinePlot.scale(days.min() ?? 0, days.max() ?? 1)
    let ticks = stride(from: scale.low, through: scale.high, by: scale.step).map {
      (at: $0, text: HTMLText.fixed($0, scale.step < 1 ? 1 : 0))
    }
    return LinePlot(
      title: "What each method can reach: days promised and share kept, orders with a known lane",
      xTitle: "mean promised days", yTitle: "kept", series: lines, xTicks: ticks, isShare: true
    ).html
  }

  private var groupTable: String {
    table(
      ["group", "orders", "on time", "days", "pinball .95", "weekly gap", "platform on time"],
      groups.compactMap { group, _ in
        guard let found = score(PromiseReplay.learned, .group(group)) else { return nil }
        let rival = score(PromiseReplay.platform, .group(group))
        return [
          group.word, "\(found.orders)", share(found.onTime), HTMLText.tenth(found.meanDays),
          HTMLText.fixed(found.pinball95, 3), HTMLText.fixed(found.weeklyGap, 3),
          rival.map { share($0.onTime) } ?? "",
        ]
      })
  }

  private var alarmTable: String {
    table(
      ["where", "orders", "on time"],
      alarms.map {
        [
          $0.week.map { "week of \($0)" } ?? $0.group?.word ?? "", "\($0.orders)",
          share(Double($0.kept) / Double($0.orders)),
        ]
      })
  }

  private var quarantineTable: String {
    table(
      ["reason", "events", "for example"],
      Quarantine.Reason.allCases.compactMap { reason in
        guard let count = quarantine.counts[reason] else { return nil }
        return [reason.word, "\(count)", quarantine.examples[reason] ?? ""]
      })
  }
}
