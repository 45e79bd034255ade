/// A plot as inline SVG: lines or points over two axes, in a page that opens without a network.
struct LinePlot {
  /// One line.
  struct Series {
    let name: String
    let points: [(x: Double, y: Double)]
    /// Number of its colour.
    let colour: Int
    /// Whether only its points are drawn.
    var isDotted = false
  }

  let title: String
  let xTitle: String
  let yTitle: String
  let series: [Series]
  /// What stands under the x axis.
  let xTicks: [(at: Double, text: String)]
  /// A level to hold lines against.
  var target: Double?
  /// Whether the y axis counts hundredths.
  var isShare = false

  /// Told apart also by those who do not tell red from green (Okabe and Ito, 2008).
  static let colours = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#555555",
  ]

  private static let width = 720.0
  private static let height = 300.0
  private static let left = 56.0
  private static let right = 40.0
  private static let top = 12.0
  private static let bottom = 46.0

  /// The drawing, with its title and legend above it.
  var html: String {
    let ys = series.flatMap { $0.points.map(\.y) } + [target].compactMap(\.self)
    let xs = series.flatMap { $0.points.map(\.x) }
    guard let lowX = xs.min(), let highX = xs.max(), let low = ys.min(), let high = ys.max() else {
      return ""
    }
    let (bottomY, topY, step) = LinePlot.scale(low, high)
    func x(_ value: Double) -> Double {
      let part = highX > lowX ? (value - lowX) / (highX - lowX) : 0.5
      return Self.left + part * (Self.width - Self.left - Self.right)
    }
    func y(_ value: Double) -> Double {
      let part = (value - bottomY) / (topY - bottomY)
      return Self.height - Self.bottom - part * (Self.height - Self.top - Self.bottom)
    }
    var text = "<figure><figcaption>\(HTMLText.escaped(title))</figcaption>\n<p class=\"legend\">"
    for line in series {
      text += "<span style=\"color:\(Self.colours[line.colour % Self.colours.count])\">&#9632; "
      text += "\(HTMLText.escaped(line.name))</span> "
    }
    text += "</p>\n<svg viewBox=\"0 0 \(Int(Self.width)) \(Int(Self.height))\" role=\"img\""
    text += " xmlns=\"http://www.w3.org/2000/svg\">\n"
    var tick = bottomY
    while tick <= topY + step / 2 {
      let at = HTMLText.tenth(y(tick))
      text +=
        "<line x1=\"\(Self.left)\" x2=\"\(Self.width - Self.right)\" y1=\"\(at)\" y2=\"\(at)\""
      text += " stroke=\"#ddd\"/><text x=\"\(Self.left - 6)\" y=\"\(at)\" dy=\"4\" "
      text += "text-anchor=\"end\">\(label(tick, step))</text>\n"
      tick += step
    }
    for tick in xTicks where tick.at >= lowX && tick.at <= highX {
      let at = HTMLText.tenth(x(tick.at))
      text += "<text x=\"\(at)\" y=\"\(Self.height - Self.bottom + 16)\" text-anchor=\"middle\">"
      text += "\(HTMLText.escaped(tick.text))</text>\n"
    }
    text += "<text x=\"\((Self.left + Self.width) / 2)\" y=\"\(Self.height - 8)\" "
    text += "text-anchor=\"middle\">\(HTMLText.escaped(xTitle))</text>\n"
    text += "<text transform=\"translate(13 \(Self.height / 2 - 20)) rotate(-90)\" "
    text += "text-anchor=\"middle\">\(HTMLText.escaped(yTitle))</text>\n"
    if let target {
      let at = HTMLText.tenth(y(target))
      text +=
        "<line x1=\"\(Self.left)\" x2=\"\(Self.width - Self.right)\" y1=\"\(at)\" y2=\"\(at)\""
      text += " stroke=\"#000\" stroke-dasharray=\"5 4\"/>\n"
    }
    for line in series {
      let colour = Self.colours[line.colour % Self.colours.count]
      let places = line.points.map { (HTMLText.tenth(x($0.x)), HTMLText.tenth(y($0.y))) }
      if !line.isDotted {
        text += "<polyline fill=\"none\" stroke=\"\(colour)\" stroke-width=\"2\" points=\""
        text += places.map { "\($0.0),\($0.1)" }.joined(separator: " ") + "\"/>\n"
      }
      for place in places {
        text += "<circle cx=\"\(place.0)\" cy=\"\(place.1)\" r=\"2.6\" fill=\"\(colour)\"/>"
      }
      text += "\n"
    }
    return text + "</svg></figure>\n"
  }

  private func label(_ value: Double, _ step: Double) -> String {
    if isShare {
      let tenths = Int((value * 1000).rounded())
      return step < 0.01 ? "\(tenths / 10).\(tenths % 10) %" : "\(tenths / 10) %"
    }
    return step < 1 ? HTMLText.tenth(value) : "\(Int(value.rounded()))"
  }

  /// Round ends and a round step with four to eight ticks.
  static func scale(_ low: Double, _ high: Double) -> (low: Double, high: Double, step: Double) {
    let width = max(high - low, 1e-3)
    var step = 1e-3
    var factors = [2.0, 2.5, 2.0]
    while width / step > 7 {
      step *= factors[0]
      factors.append(factors.removeFirst())
    }
    let bottom = (low / step).rounded(.down) * step
    let top = max((high / step).rounded(.up) * step, bottom + step)
    return (bottom, top, step)
  }
}

/// Text for a page.
public enum HTMLText {
  /// The same with what HTML would read as markup written out.
  public static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A number with one decimal.
  public static func tenth(_ value: Double) -> String { fixed(value, 1) }

  /// A number with some decimals, halves away from nought.
  public static func fixed(_ value: Double, _ decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let units = Int((value * scale).rounded())
    let whole = abs(units) / Int(scale)
    let part = String(abs(units) % Int(scale))
    let sign = units < 0 ? "-" : ""
    if decimals == 0 { return "\(sign)\(whole)" }
    return "\(sign)\(whole)."
      + String(repeating: "0", count: decimals - part.count) + part
  }
}
