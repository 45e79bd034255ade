import ArgumentParser

/// `tradewind network`: make, check and look at bundles.
struct NetworkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "network", abstract: "Make, check and look at network bundles.",
    discussion: """
      Examples:
        tradewind network validate --network ./mine
        tradewind network show CNYIU
      """,
    subcommands: [
      NetworkBuild.self, NetworkValidate.self, NetworkStats.self, NetworkShow.self,
      NetworkExport.self, NetworkBlocks.self,
    ])
}
