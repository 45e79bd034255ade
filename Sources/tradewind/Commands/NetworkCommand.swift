import ArgumentParser

/// `tradewind network`: everything about the network bundle.
struct NetworkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "network", abstract: "Make and examine network bundles.",
    subcommands: [NetworkBuild.self])
}
