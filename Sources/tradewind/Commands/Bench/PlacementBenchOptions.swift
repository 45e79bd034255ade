import ArgumentParser
import WarehousePlacement

/// Flags of `bench --placement`; those it is narrowed by stand in the command's discussion.
struct PlacementBenchOptions: ParsableArguments {
  @Option(help: "Solve all placement instances of a folder.")
  var placement: String?

  @Option(
    help: .hidden, transform: PlaceCommand.format)
  var format: PlacementFormat?

  @Option(
    help: .hidden, transform: PlaceCommand.kind)
  var kind: PlacementKind?

  @Option(parsing: .upToNextOption, help: .hidden)
  var p: [Int] = []

  @Option(parsing: .upToNextOption, help: .hidden)
  var capacity: [Int64] = []

  @Option(help: .hidden)
  var timeLimit = 60.0
}
