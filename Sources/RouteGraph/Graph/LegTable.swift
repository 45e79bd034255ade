public import LogisticsModel

/// What explains a leg to people, and what rules are keyed by: all that the search itself does not need.
public struct Leg: Hashable, Sendable {
  /// Its id in the bundle.
  public let name: String
  /// What carries it.
  public let mode: LegMode
  /// Which part of the journey it is.
  public let stage: LegStage
  /// The product it belongs to; a key of restrictions and surcharges.
  public let service: String
  /// Carrier for people; may be empty.
  public let carrier: String
  /// How it starts and runs.
  public let kind: LegKind
  /// Id of its schedule, or of its calendar.
  public let pattern: String
  /// Minutes under way before delay, unless a departure says otherwise.
  public let duration: Int32
  /// Delay law, unless a departure says otherwise.
  public let law: LawID
  /// Where its price comes from.
  public let priceBasis: Basis
  /// Where its times come from.
  public let timeBasis: Basis
}

/// The legs of a bundle, as columns; what the search needs is in ``Topology``.
public struct LegTable: Sendable {
  let names: TextColumn
  /// Positions in the order of names.
  let order: FrozenColumn<Int32>
  let modes: FrozenColumn<UInt8>
  let stages: FrozenColumn<UInt8>
  let kinds: FrozenColumn<UInt8>
  let priceBases: FrozenColumn<UInt8>
  let timeBases: FrozenColumn<UInt8>
  /// Positions in ``words``.
  let services: FrozenColumn<Int32>
  let carriers: FrozenColumn<Int32>
  let patterns: FrozenColumn<Int32>
  let durations: FrozenColumn<Int32>
  let laws: FrozenColumn<Int32>
  /// Services, carriers and patterns, each once.
  let words: TextColumn

  /// Number of legs.
  public var count: Int { names.count }

  /// Every leg.
  public var ids: [LegID] { (0..<Int32(count)).map { LegID($0) } }

  /// One leg, spelled out.
  public subscript(leg: LegID) -> Leg {
    Leg(
      name: names[leg.position], mode: mode(of: leg), stage: stage(of: leg),
      service: service(of: leg), carrier: words[Int(carriers[leg.position])], kind: kind(of: leg),
      pattern: words[Int(patterns[leg.position])], duration: durations[leg.position],
      law: LawID(laws[leg.position]),
      priceBasis: Basis(rawValue: priceBases[leg.position]) ?? .assumed,
      timeBasis: Basis(rawValue: timeBases[leg.position]) ?? .assumed)
  }

  /// The id of a leg in the bundle.
  public func name(of leg: LegID) -> String { names[leg.position] }

  /// What carries a leg.
  public func mode(of leg: LegID) -> LegMode { LegMode(rawValue: modes[leg.position]) ?? .handling }

  /// Which part of the journey a leg is.
  public func stage(of leg: LegID) -> LegStage {
    LegStage(rawValue: stages[leg.position]) ?? .linehaul
  }

  /// How a leg starts and runs.
  public func kind(of leg: LegID) -> LegKind {
    LegKind(rawValue: kinds[leg.position]) ?? .scheduled
  }

  /// The product a leg belongs to.
  public func service(of leg: LegID) -> String { words[Int(services[leg.position])] }

  /// The leg with this id.
  ///
  /// - Complexity: O(log legs)
  public func legID(named name: String) -> LegID? {
    names.position(of: name, in: order).map { LegID(Int32($0)) }
  }
}
