import ArgumentParser

/// Flags of `place --network`.
struct StockOptions: ParsableArguments {
  @Option(help: "Who asks for how much: sku,to,pieces and optionally deviation,first,last.")
  var demand: String?

  @Option(
    help: "The goods: sku,from,weight,line and optionally dims,goods,duty_percent,short,over.")
  var skus: String?

  @Option(help: "Candidates: node,opening,keeping,handling,open; default: every import hub.")
  var sites: String?

  @Option(help: "Terms; default config/placement/terms.toml.")
  var terms: String?

  @Option(help: "What a day sooner is worth for a piece: 0.50.")
  var valueOfDay: String?

  @Option(help: "Probability of promised days.")
  var serviceLevel: String?

  @Option(help: "Days of each period on which orders are tried.")
  var daysTried: Int?

  @Flag(inversion: .prefixedNo, help: "Solve at other values of a day.")
  var sweep = true

  @Option(help: "Where to write a map that opens offline (HTML).")
  var map: String?
}
