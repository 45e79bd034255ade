import ArgumentParser

/// Flags of `place --network`.
struct StockOptions: ParsableArguments {
  @Option(help: "Who asks for how much (config/placement).")
  var demand: String?

  @Option(
    help: "The goods (config/placement).")
  var skus: String?

  @Option(help: "Candidates; default: every import hub.")
  var sites: String?

  @Option(help: "Terms; default config/placement/terms.toml.")
  var terms: String?

  @Option(help: "What a day sooner is worth for a piece: 0.50.")
  var valueOfDay: String?

  @Option(help: ArgumentHelp("Probability of promised days.", visibility: .hidden))
  var serviceLevel: String?

  @Option(help: ArgumentHelp("Days of each period that are tried.", visibility: .hidden))
  var daysTried: Int?

  @Flag(inversion: .prefixedNo, help: "Solve at other values of a day.")
  var sweep = true

  @Option(help: "Where to write a map that opens offline (HTML).")
  var map: String?
}
