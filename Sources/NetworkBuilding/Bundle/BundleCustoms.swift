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
  }
}
