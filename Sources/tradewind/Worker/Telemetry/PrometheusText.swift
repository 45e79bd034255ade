/// The text form of metrics: a heading for each name, then a line for each series.
///
/// Format: "Prometheus exposition formats", text format 0.0.4.
struct PrometheusText {
  /// One figure of a series: what is added to its name and to its labels, and the figure.
  struct Line {
    var suffix = ""
    var label = ""
    let value: String
  }

  private let help: [String: String]
  private(set) var text = ""

  init(help: [String: String]) { self.help = help }

  /// Appends all series of one type, in the order of their names and labels.
  mutating func append(_ type: String, _ metrics: [(name: String, series: [(String, [Line])])]) {
    var byName: [String: [(labels: String, lines: [Line])]] = [:]
    for metric in metrics {
      byName[metric.name, default: []] += metric.series.map { (labels: $0.0, lines: $0.1) }
    }
    for (name, series) in byName.sorted(by: { $0.key < $1.key }) {
      if let help = help[name] { text += "# HELP \(name) \(help)\n" }
      text += "# TYPE \(name) \(type)\n"
      for one in series.sorted(by: { $0.labels < $1.labels }) {
        for line in one.lines {
          let labels = [one.labels, line.label].filter { !$0.isEmpty }.joined(separator: ",")
          text += name + line.suffix + (labels.isEmpty ? "" : "{\(labels)}") + " \(line.value)\n"
        }
      }
    }
  }

  /// Labels in their order by name; quotes, backslashes and line ends of values are escaped.
  static func labels(_ dimensions: [(String, String)]) -> String {
    dimensions.sorted { $0.0 < $1.0 }.map { name, value in
      var escaped = ""
      for character in value {
        switch character {
        case "\\": escaped += "\\\\"
        case "\"": escaped += "\\\""
        case "\n", "\r\n", "\r": escaped += "\\n"
        default: escaped.append(character)
        }
      }
      return "\(name)=\"\(escaped)\""
    }.joined(separator: ",")
  }
}
