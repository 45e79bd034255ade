import LogisticsModel

/// A network as sections of a snapshot.
///
/// Encoding and decoding stand side by side, column by column, in the same order.
public enum NetworkSnapshot {
  /// Adds every section of a network.
  static func encode(_ bundle: NetworkBundle, into writer: inout SnapshotWriter) {
    writer.add("general", general(bundle))
    encodeNodes(bundle, into: &writer)
    encodeLegs(bundle, into: &writer)
    encodeTimetable(bundle.timetable, into: &writer)
    writer.add("calendars.names", bundle.calendars.names)
    writer.add("calendars.encoded", bundle.calendars.encoded)
    encodePlaces(bundle.places, into: &writer)
  }

  private static func encodeNodes(_ bundle: NetworkBundle, into writer: inout SnapshotWriter) {
    let nodes = bundle.nodes
    writer.add("nodes.names", nodes.names)
    writer.add("nodes.kinds", nodes.kinds)
    writer.add("nodes.titles", nodes.titles)
    writer.add("nodes.countries", nodes.countries)
    writer.add("nodes.zones", nodes.zones)
    writer.add("nodes.latitudes", nodes.latitudes)
    writer.add("nodes.longitudes", nodes.longitudes)
    writer.add("nodes.locodes", nodes.locodes)
    writer.add("nodes.populations", nodes.populations)
    writer.add("nodes.order", nodes.order)
  }

  private static func encodeLegs(_ bundle: NetworkBundle, into writer: inout SnapshotWriter) {
    let legs = bundle.legs
    writer.add("legs.names", legs.names)
    writer.add("legs.order", legs.order)
    writer.add("legs.modes", legs.modes)
    writer.add("legs.stages", legs.stages)
    writer.add("legs.kinds", legs.kinds)
    writer.add("legs.priceBases", legs.priceBases)
    writer.add("legs.timeBases", legs.timeBases)
    writer.add("legs.services", legs.services)
    writer.add("legs.carriers", legs.carriers)
    writer.add("legs.patterns", legs.patterns)
    writer.add("legs.durations", legs.durations)
    writer.add("legs.laws", legs.laws)
    writer.add("legs.words", legs.words)
    let topology = bundle.topology
    writer.add("graph.tail", topology.tail)
    writer.add("graph.head", topology.head)
    writer.add("graph.goods", topology.goods)
    writer.add("graph.greatestWeight", topology.greatestWeight)
    writer.add("graph.handling", topology.handling)
    writer.add("graph.card", topology.card)
    writer.add("graph.emission", topology.emission)
    writer.add("graph.leastDuration", topology.leastDuration)
    writer.add("graph.outgoing", topology.outgoing.legs)
    writer.add("graph.outgoing@", topology.outgoing.starts)
    writer.add("graph.incoming", topology.incoming.legs)
    writer.add("graph.incoming@", topology.incoming.starts)
  }

  private static func encodeTimetable(_ table: DatedTimetable, into writer: inout SnapshotWriter) {
    writer.add("time.timings", table.timings)
    writer.add("time.departures", table.departures)
    writer.add("time.durations", table.durations)
    writer.add("time.laws", table.laws)
    writer.add("time.opens", table.opens)
    writer.add("time.closes", table.closes)
    writer.add("time.openBefore", table.openBefore)
  }

  private static func encodePlaces(_ places: PlaceIndex, into writer: inout SnapshotWriter) {
    writer.add("places.prefixes", places.prefixes)
    writer.add("places.prefixNodes", places.prefixNodes)
    writer.add("places.cities", places.cities)
    writer.add("places.cityNodes", places.cityNodes)
    writer.add("places.locodes", places.locodes)
    writer.add("places.locodeNodes", places.locodeNodes)
    writer.add("places.withdrawn", places.withdrawn)
    writer.add("places.successors", places.successors)
  }

  /// The small things, which are spelled out on loading: manifest, zones, laws, cards, tiers.
  private static func general(_ bundle: NetworkBundle) -> [UInt8] {
    var writer = ByteWriter()
    let manifest = bundle.manifest
    writer.append(manifest.name)
    writer.append(manifest.version)
    writer.append(manifest.currency)
    writer.append(manifest.validFrom?.description ?? "")
    writer.append(manifest.validTo?.description ?? "")
    writer.append(UInt32(manifest.sources.count))
    for source in manifest.sources {
      for text in [source.file, source.title, source.licence, source.provenance] {
        writer.append(text)
      }
    }
    writer.append(UInt32(bundle.zones.count))
    for zone in bundle.zones {
      writer.append(zone.name)
      writer.append(UInt32(zone.changes.count))
      for change in zone.changes { writer.append(UInt64(bitPattern: change)) }
      for offset in zone.offsets { writer.append(UInt32(bitPattern: offset)) }
    }
    writer.append(UInt32(bundle.laws.count))
    for (name, law) in zip(bundle.lawNames, bundle.laws) {
      writer.append(name)
      writer.append(UInt32(law.atoms.count))
      for atom in law.atoms {
        writer.append(UInt32(atom.delay))
        writer.append(UInt32(atom.weight))
      }
    }
    writer.append(UInt32(bundle.cardNames.count))
    for name in bundle.cardNames { writer.append(name) }
    writer.append(UInt32(bundle.tiers.count))
    for tier in bundle.tiers {
      for text in [tier.tier, tier.objective.rawValue, tier.valueOfHour, tier.currency] {
        writer.append(text)
      }
    }
    writer.append(UInt32(bundle.acceptance.count))
    for rule in bundle.acceptance {
      writer.append(rule.tier)
      writer.append(UInt32(rule.goods.rawValue))
      writer.append(UInt32(rule.isAccepted ? 1 : 0))
    }
    return writer.bytes
  }
}
