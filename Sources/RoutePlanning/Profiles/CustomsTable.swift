import LogisticsModel
import RouteGraph
import Tariffs

/// What of a network decides where goods clear customs, as numbers: made once for all blocks of a version.
struct CustomsTable: Sendable {
  /// Country of each node, by ``Tariffs/CountrySet/position(of:)``.
  let countries: [Int32]
  /// Customs territory of each node, numbered from zero.
  let territories: [Int32]
  /// By leg: whether goods are cleared at its end because it is an import leg into customs.
  let isClearing: [Bool]
  /// By leg: the channel its service stands for; nil: none of its own.
  let channels: [ImportChannel?]

  /// Reads a network.
  ///
  /// - Complexity: O(nodes + legs)
  init(_ network: NetworkPlanner) {
    let bundle = network.bundle
    var territoryOf: [String: Int32] = [:]
    var count: Int32 = 0
    var countries: [Int32] = []
    var territories: [Int32] = []
    for node in bundle.nodes.ids {
      let country = bundle.nodes.country(of: node)
      if territoryOf[country] == nil {
        for member in network.tariff.unions.territory(of: country) { territoryOf[member] = count }
        count += 1
      }
      territories.append(territoryOf[country] ?? -1)
      countries.append(Country(code: country).map { Int32(CountrySet.position(of: $0)) } ?? -1)
    }
    self.countries = countries
    self.territories = territories
    var channelOf: [String: ImportChannel?] = [:]
    var isClearing: [Bool] = []
    var channels: [ImportChannel?] = []
    for position in 0..<bundle.topology.legCount {
      let leg = LegID(Int32(position))
      let head = NodeID(bundle.topology.head[position])
      isClearing.append(
        bundle.legs.stage(of: leg) == .import && bundle.nodes.kind(of: head) == .customs)
      let service = bundle.legs.service(of: leg)
      let known = channelOf[service] ?? network.tariff.channels.channel(ofService: service)
      channelOf[service] = .some(known)
      channels.append(known)
    }
    self.isClearing = isClearing
    self.channels = channels
  }

  /// Where and as what the goods of a path clear that are bound for the territory in which it ends.
  ///
  /// The same law as ``ClearanceWindow/customsStep(of:on:isInside:)``. A last leg out of that territory clears by itself,
  /// whatever the path; one within it never does, since it ends at no customs.
  /// - Returns: position of the leg that clears, country of entry and channel; nil where no border is crossed.
  func step(
    of legs: [LegID], on topology: Topology
  ) -> (step: Int, entry: Int32, channel: ImportChannel)? {
    guard let last = legs.last else { return nil }
    let home = territories[Int(topology.head[last.position])]
    let found = legs.lastIndex { leg in
      isClearing[leg.position]
        || territories[Int(topology.head[leg.position])] == home
          && territories[Int(topology.tail[leg.position])] != home
    }
    guard let found else { return nil }
    let channel = legs[...found].lazy.compactMap { channels[$0.position] }.first ?? .courier
    return (found, countries[Int(topology.head[legs[found].position])], channel)
  }
}
