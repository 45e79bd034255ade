import ArgumentParser

@main
struct Tradewind: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tradewind", subcommands: [Network.self])

  struct Network: ParsableCommand {
    static let configuration = CommandConfiguration(subcommands: [NetworkBuild.self])
  }
}
