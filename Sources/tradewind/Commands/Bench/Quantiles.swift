/// Quantiles of measured values: the value at a rank, never one in between.
struct Quantiles: Encodable {
  let p50: Double
  let p90: Double
  let p99: Double
  let max: Double

  init(_ values: [Double]) {
    let sorted = values.sorted()
    p50 = Quantiles.at(500, of: sorted)
    p90 = Quantiles.at(900, of: sorted)
    p99 = Quantiles.at(990, of: sorted)
    max = sorted.last ?? 0
  }

  /// The value that so many thousandths of an ascending list lie below; 0 for an empty one.
  static func at(_ thousandth: Int, of sorted: [Double]) -> Double {
    sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, sorted.count * thousandth / 1000)]
  }
}

/// One figure measured several times over.
struct Readings {
  /// In the order they were taken.
  let values: [Double]

  /// The middle one.
  var median: Double { Quantiles.at(500, of: values.sorted()) }

  /// Greatest over least; 1 for a single one.
  var ratio: Double {
    guard let least = values.min(), let most = values.max(), least > 0 else { return 1 }
    return most / least
  }

  /// Whether two readings differ by more than a tenth.
  var isUnsteady: Bool { ratio > 1.1 }
}

extension Double {
  /// With a fixed number of decimals, whatever the locale.
  func text(_ decimals: Int) -> String {
    var scale: Int64 = 1
    for _ in 0..<decimals { scale *= 10 }
    let scaled = Int64((self * Double(scale)).rounded())
    guard decimals > 0 else { return "\(scaled)" }
    let fraction = "\(scaled % scale)"
    return "\(scaled / scale)." + String(repeating: "0", count: decimals - fraction.count)
      + fraction
  }
}
