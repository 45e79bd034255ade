public import LogisticsModel

extension LegTable {
  /// Every distinct service, carrier and pattern word of the legs.
  public var serviceNames: [String] { (0..<words.count).map { words[$0] } }

  /// Position of a leg's service in ``serviceNames``: comparing positions compares services.
  public func servicePosition(of leg: LegID) -> Int32 { services[leg.position] }
}
