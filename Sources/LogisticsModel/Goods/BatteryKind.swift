/// How lithium batteries travel, as IATA's packing instructions 965 to 967 tell them apart.
public enum BatteryKind: Int, CaseIterable, Sendable {
  /// Cells or batteries by themselves (packing instruction 965): never on passenger aircraft.
  case alone = 0
  /// Packed beside the equipment they are for (966).
  case withEquipment = 1
  /// Built into equipment (967).
  case inEquipment = 2

  /// The word in CSV, JSON and on the command line.
  public var word: String {
    switch self {
    case .alone: "alone"
    case .withEquipment: "with_equipment"
    case .inEquipment: "in_equipment"
    }
  }

  /// The kind that the strictest rules are for: cells alone before cells beside equipment before cells in it.
  public static func strictest(_ kinds: some Sequence<BatteryKind>) -> BatteryKind? {
    kinds.min { $0.rawValue < $1.rawValue }
  }

  /// Reads the word, or nil.
  public init?(word: some StringProtocol) {
    guard let found = BatteryKind.allCases.first(where: { $0.word == word }) else { return nil }
    self = found
  }
}
