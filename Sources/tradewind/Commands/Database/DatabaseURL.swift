import ArgumentParser
import PostgresClient

/// `tradewind db url`: where the database is.
struct DatabaseURL: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "url", abstract: "Print the connection string, without password.",
    discussion: """
      Starts nothing. A password is found by the other program where tradewind
      finds it: PGPASSWORD or ~/.pgpass.

      Examples:
        tradewind db url
        pg_dump "$(tradewind db url)" > tradewind.sql
      """)

  @OptionGroup var options: DatabaseOptions

  @OptionGroup var source: DatabaseAddressOptions

  struct Answer: Encodable {
    let url: String
    let origin: String
  }

  func run() async throws {
    try await DatabaseFailure.told {
      let address = try source.address(try options.settings())
      let url = try Self.url(of: address)
      if options.json {
        Streams.out(
          try JSONText.pretty(Answer(url: url, origin: address.origin.text)) + "\n")
      } else {
        Streams.out(url + "\n")
      }
    }
  }

  private static func url(of address: DatabaseAddress) throws -> String {
    switch address.server {
    case .named(let conninfo): return try ConnectionSettings(conninfo).address()
    case .own(let cluster, let folder):
      guard let url = cluster.status().url else {
        Streams.complain(
          "error TW-CLI-081: there is no server in \(folder) yet; run: tradewind db start")
        throw ExitStatus.unavailable
      }
      return url
    }
  }
}
