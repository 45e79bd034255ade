/// The outer edges of a parcel in whole millimetres, longest first: how a parcel is turned never matters.
///
///     let size = try Dimensions("20x15x8cm")
///     size.sum     // 430 mm
///     size.girth   // 200 + 2 * (150 + 80) = 660 mm
///     size.volume  // 2,400,000 mm3
public struct Dimensions: Hashable, Sendable {
  /// The longest edge in millimetres.
  public let longest: Int32
  /// The second edge in millimetres.
  public let second: Int32
  /// The shortest edge in millimetres.
  public let shortest: Int32

  /// Greatest edge text may name: 20 m.
  public static let greatestEdge: Int32 = 20_000

  /// Orders three edges in millimetres, given in any order.
  ///
  /// - Precondition: each is within 1...``greatestEdge``.
  public init(millimetres first: Int32, _ other: Int32, _ third: Int32) {
    let edges = [first, other, third].sorted(by: >)
    precondition(edges[2] > 0 && edges[0] <= Dimensions.greatestEdge, "an edge out of range")
    (longest, second, shortest) = (edges[0], edges[1], edges[2])
  }

  /// Reads three edges and one unit (`mm`, `cm`, `in`), each edge rounded up to the whole millimetre.
  public init(_ text: some StringProtocol) throws(MeasureFault) {
    let reader = Dimensions.reader
    // "x" separates edges, so it must not count as the beginning of the unit.
    let blanked = String(text.lowercased().map { "x×*".contains($0) ? "*" : $0 })
    let (numbers, unit): (Substring, MeasureUnit)
    do throws(MeasureFault) {
      (numbers, unit) = try reader.split(blanked)
    } catch {
      // The text as it was written, not as it was prepared for reading.
      throw reader.fault(error.code, text, error.reason, error.advice)
    }
    let parts = numbers.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count == 3 else {
      throw reader.fault(
        MeasureFault.Code.edgeCount, text, "has \(parts.count) edges instead of three",
        "write length x width x height and one unit, for example \(reader.example)")
    }
    var edges: [Int32] = []
    for part in parts {
      let trimmed = part.split(separator: " ", omittingEmptySubsequences: true).joined(
        separator: " ")
      edges.append(Int32(try reader.value(trimmed, unit, in: text)))
    }
    self.init(millimetres: edges[0], edges[1], edges[2])
  }

  private static let reader = UnitText(
    subject: "size", example: "20x15x8cm",
    units: [
      MeasureUnit("cm", numerator: 10),
      MeasureUnit("mm", numerator: 1),
      MeasureUnit("in", "inch", "\"", numerator: 254, denominator: 10),
    ],
    greatest: Int64(greatestEdge), greatestText: "20 m an edge")

  /// The three edges added, in millimetres.
  public var sum: Int32 { longest + second + shortest }

  /// Length plus twice width and height, in millimetres, where length is the longest edge.
  public var girth: Int32 { longest + 2 * (second + shortest) }

  /// Volume in cubic millimetres.
  public var volume: Int64 { Int64(longest) * Int64(second) * Int64(shortest) }
}

extension Dimensions: CustomStringConvertible {
  /// `200x150x80 mm`.
  public var description: String { "\(longest)x\(second)x\(shortest) mm" }
}
