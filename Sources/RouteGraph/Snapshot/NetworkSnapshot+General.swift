import LogisticsModel

extension NetworkSnapshot {
  /// The small things of a network, spelled out.
  struct General {
    var manifest: BundleManifest
    var zones: [ZoneTable] = []
    var laws: [DelayLaw] = []
    var lawNames: [String] = []
    var cardNames: [String] = []
    var tiers: [TierRule] = []
    var acceptance: [AcceptanceRule] = []

    /// Nil when the bytes do not spell all of it out; counts are never trusted.
    init?(_ bytes: [UInt8]) {
      var reader = ByteReader(bytes)
      guard let manifest = General.manifest(&reader) else { return nil }
      self.manifest = manifest
      guard readZones(&reader), readLaws(&reader), readTiers(&reader), reader.isAtEnd else {
        return nil
      }
    }

    private static func manifest(_ reader: inout ByteReader) -> BundleManifest? {
      guard let name = reader.text(), let version = reader.text(), let currency = reader.text(),
        let from = reader.text(), let to = reader.text(), let count = reader.word()
      else { return nil }
      var sources: [BundleManifest.Source] = []
      for _ in 0..<count {
        guard let file = reader.text(), let title = reader.text(), let licence = reader.text(),
          let provenance = reader.text()
        else { return nil }
        sources.append(
          BundleManifest.Source(file: file, title: title, licence: licence, provenance: provenance))
      }
      return BundleManifest(
        name: name, version: version, currency: currency, validFrom: CivilDate(iso: from),
        validTo: CivilDate(iso: to), sources: sources)
    }

    private mutating func readZones(_ reader: inout ByteReader) -> Bool {
      guard let count = reader.word() else { return false }
      for _ in 0..<count {
        guard let name = reader.text(), let changeCount = reader.word() else { return false }
        var changes: [Int64] = []
        for _ in 0..<changeCount {
          guard let change = reader.long() else { return false }
          changes.append(Int64(bitPattern: change))
        }
        var offsets: [Int32] = []
        for _ in 0...Int(changeCount) {
          guard let offset = reader.word() else { return false }
          offsets.append(Int32(bitPattern: offset))
        }
        guard let zone = ZoneTable(name: name, changes: changes, offsets: offsets) else {
          return false
        }
        zones.append(zone)
      }
      return true
    }

    private mutating func readLaws(_ reader: inout ByteReader) -> Bool {
      guard let count = reader.word() else { return false }
      for _ in 0..<count {
        guard let name = reader.text(), let atomCount = reader.word() else { return false }
        var atoms: [DelayLaw.Atom] = []
        for _ in 0..<atomCount {
          guard let delay = reader.word(), let weight = reader.word(), delay <= 527_040,
            weight <= 1024
          else { return false }
          atoms.append(DelayLaw.Atom(delay: Int32(delay), weight: Int32(weight)))
        }
        guard let law = try? DelayLaw(atoms: atoms) else { return false }
        laws.append(law)
        lawNames.append(name)
      }
      return true
    }

    private mutating func readTiers(_ reader: inout ByteReader) -> Bool {
      guard let cardCount = reader.word() else { return false }
      for _ in 0..<cardCount {
        guard let name = reader.text() else { return false }
        cardNames.append(name)
      }
      guard let tierCount = reader.word() else { return false }
      for _ in 0..<tierCount {
        guard let tier = reader.text(),
          let objective = reader.text().flatMap(TierRule.Objective.init(rawValue:)),
          let value = reader.text(), let currency = reader.text()
        else { return false }
        tiers.append(
          TierRule(tier: tier, objective: objective, valueOfHour: value, currency: currency))
      }
      guard let ruleCount = reader.word() else { return false }
      for _ in 0..<ruleCount {
        guard let tier = reader.text(), let number = reader.word(),
          let goods = GoodsClass(rawValue: Int(number)), let accepted = reader.word()
        else { return false }
        acceptance.append(
          AcceptanceRule(tier: tier, goods: goods, isAccepted: accepted == 1))
      }
      return true
    }
  }
}
