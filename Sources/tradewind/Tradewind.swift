import ArgumentParser

/// The root of the command line: verbs only, no logic.
@main
struct Tradewind: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tradewind",
    abstract:
      "Plans and quotes cross-border parcels: price, promised date and the itinerary behind it.",
    discussion: """
      Examples:
        tradewind quote CNYIU ES:28013 0.48kg
        tradewind promise CNYIU ES:28013 0.48kg --deliver-by 2026-12-10
      """,
    version: Version.text,
    subcommands: [
      QuoteCommand.self, ExplainCommand.self, PromiseCommand.self, NetworkCommand.self,
      CalendarCommand.self, CoverageCommand.self, Bench.self, Conformance.self, DoctorCommand.self,
      VersionCommand.self,
    ])
}
