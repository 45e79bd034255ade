import ArgumentParser

/// `tradewind network`: make, check and look at bundles.
struct NetworkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "network", abstract: "Make, check and look at network bundles.",
    subcommands: [
      NetworkBuild.self, NetworkValidate.self, NetworkStats.self, NetworkShow.self,
      NetworkExport.self,
    ])
}
