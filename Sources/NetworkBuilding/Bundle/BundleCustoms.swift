import CSVTables

extension WorldDraft {
  /// Which countries clear for each other, and which services enter by the post.
  mutating func addCustoms() {
    var unions = CSVWriter(["union", "country", "source"])
    for (union, key) in [("EAEU", "customs.eaeu"), ("EU", "customs.eu27")] {
      for country in assume.texts(key).sorted() {
        unions.append([union, country, "assumptions \(key)"])
      }
    }
    bundle.plainFiles["customs_unions.csv"] = unions.text
    var channels = CSVWriter(["service", "channel", "source"])
    for row in assume.tables("import_channels") {
      let source = row.text("source")
      for service in row.texts("services").sorted() {
        channels.append([service, row.text("channel"), source])
      }
    }
    bundle.plainFiles["import_channels.csv"] = channels.text
    addSubdivisions()
  }

  /// The state or province of every postal zone in countries that tax by it, from the zone's main region.
  private mutating func addSubdivisions() {
    var file = CSVWriter(["node", "subdivision"])
    for scope in assume.tables("customs.subnational") {
      let country = scope.text("country")
      var codes: [String: String] = [:]
      for region in scope.texts("regions") {
        let parts = region.split(separator: " ", maxSplits: 1).map(String.init)
        if parts.count == 2 { codes[parts[1]] = parts[0] }
      }
      for row in tables.zones where row.country == country {
        guard let code = codes[row.region] else { continue }
        file.append([WorldDraft.zoneNode(row), code])
      }
    }
    bundle.plainFiles["subdivisions.csv"] = file.text
  }
}
