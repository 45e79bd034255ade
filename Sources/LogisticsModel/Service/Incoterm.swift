/// Who pays duty and tax on import, by the two terms of Incoterms 2020 that parcels are sold on.
public enum Incoterm: String, CaseIterable, Sendable {
  /// Delivered duty paid: the price at hand holds everything, nothing is asked at the door.
  case ddp = "DDP"
  /// Delivered at place: the consignee is asked for duty, fees and import tax before the parcel is handed over.
  case dap = "DAP"

  /// Reads the three letters of either case, or nil.
  public init?(word: some StringProtocol) {
    guard let found = Incoterm(rawValue: word.uppercased()) else { return nil }
    self = found
  }
}
