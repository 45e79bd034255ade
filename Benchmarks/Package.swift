// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that neither `make test` nor anybody who depends on Tradewind fetches or builds it. It sees library
// products only, at the speed another module sees them.
let package = Package(
  name: "tradewind-benchmarks",
  dependencies: [
    .package(name: "tradewind", path: "../"),
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .executableTarget(
      name: "Kernels",
      dependencies: [
        .product(name: "Benchmark", package: "benchmark"),
        .product(name: "CSVTables", package: "tradewind"),
        .product(name: "LogisticsModel", package: "tradewind"),
        .product(name: "RouteGraph", package: "tradewind"),
        .product(name: "RoutePlanning", package: "tradewind"),
        .product(name: "Tariffs", package: "tradewind"),
        .product(name: "TransitTimes", package: "tradewind"),
      ],
      path: "Benchmarks/Kernels",
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"), .treatAllWarnings(as: .error),
      ],
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
  ],
  swiftLanguageModes: [.v6]
)
