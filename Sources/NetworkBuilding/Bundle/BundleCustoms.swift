import CSVTables

extension WorldDraft {
  /// Which countries clear for each other, and which services enter by the post.
  mutating func addCustoms() {
    var unions = CSVWriter(["union", "country", "source"])
    for union in assume.tables("customs_unions") {
      let source = union.text("source")
      for country in union.texts("countries").sorted() {
        unions.append([union.text("union"), country, source])
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
