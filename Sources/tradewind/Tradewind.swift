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
      WhatIfCommand.self, CalendarCommand.self, CoverageCommand.self, PlaceCommand.self, Bench.self,
      Conformance.self, CalibrateCommand.self, SimulateCommand.self, ShipmentCommand.self,
      ReportCommand.self, CapacityCommand.self, StockCommand.self, QueueCommand.self,
      WorkerCommand.self, DatabaseCommand.self, DoctorCommand.self, VersionCommand.self,
    ])

  /// Parses and runs, as the library would, but every error that ends the process carries a code.
  static func main() async {
    let start = Clock.nanoseconds()
    do {
      var command = try await asyncParseAsRoot()
      defer { Narration.close(command, since: start) }
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      leave(with: error)
    }
  }

  /// The longest message of the library that is repeated: it quotes the user's argument in full.
  private static let greatestMessage = 400

  private static func leave(with error: any Error) -> Never {
    let status = exitCode(for: error)
    // Help and version end well; whoever throws an exit code has said why.
    if status == .success || error is ExitCode { exit(withError: error) }
    let message = message(for: error)
    var said = String(message.prefix(greatestMessage))
    if said.count < message.count { said += "..." }
    guard status == .validationFailure else {
      Streams.complain(
        "error TW-CLI-002: unexpected: \(said)\n  this is a defect of tradewind; please report it")
      exit(withError: ExitStatus.failure)
    }
    // The full message is "Error: ", the message, and the usage below it.
    let usage = fullMessage(for: error).dropFirst("Error: ".count + message.count)
    Streams.complain("error TW-CLI-001: \(said)\(usage)")
    exit(withError: ExitStatus.usage)
  }
}
