import RouteGraph
import TestSupport

/// A bundle of `config/networks` as the loader gives it, around the clock of the tests.
enum ShippedBundle {
  static func load(_ name: String) throws -> NetworkBundle {
    let folder = Fixtures.root(above: #filePath) + "/config/networks/" + name
    return try NetworkLoader(days: TimetableWindow.usualDays)
      .load(folder, now: LoadedNetworks.now, cacheDirectory: nil).bundle
  }
}
