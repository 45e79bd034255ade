// swift-tools-version: 6.2
import PackageDescription

// Rows of the house (ARCHITECTURE.md): a target imports only rows below its own.
// Every target is compiled with the same strictness; CI turns warnings into errors.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "tradewind",
  products: [
    .library(name: "LogisticsModel", targets: ["LogisticsModel"]),
    .library(name: "CSVTables", targets: ["CSVTables"]),
    .library(name: "RouteGraph", targets: ["RouteGraph"]),
    .library(name: "Tariffs", targets: ["Tariffs"]),
    .library(name: "TransitTimes", targets: ["TransitTimes"]),
    .library(name: "RoutePlanning", targets: ["RoutePlanning"]),
    .library(name: "WarehousePlacement", targets: ["WarehousePlacement"]),
    .library(name: "Fulfilment", targets: ["Fulfilment"]),
    .library(name: "PostgresClient", targets: ["PostgresClient"]),
    .library(name: "ShipmentStore", targets: ["ShipmentStore"]),
    .library(name: "JobQueue", targets: ["JobQueue"]),
    .executable(name: "tradewind", targets: ["tradewind"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // name
    .target(name: "LogisticsModel", swiftSettings: settings),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(
      name: "CSVTables", dependencies: ["LogisticsModel", "CZlib"], swiftSettings: settings),
    // know
    .target(
      name: "RouteGraph", dependencies: ["LogisticsModel", "CSVTables"], swiftSettings: settings),
    .target(
      name: "Tariffs", dependencies: ["LogisticsModel", "CSVTables"], swiftSettings: settings),
    .target(
      name: "TransitTimes", dependencies: ["LogisticsModel", "CSVTables"], swiftSettings: settings),
    // One instruction that Swift lacks, in a C header.
    .target(name: "CPrefetch"),
    // decide
    .target(
      name: "RoutePlanning",
      dependencies: [
        "LogisticsModel", "CSVTables", "RouteGraph", "Tariffs", "TransitTimes", "CPrefetch",
      ],
      swiftSettings: settings),
    .target(
      name: "WarehousePlacement", dependencies: ["LogisticsModel"], swiftSettings: settings),
    .target(
      name: "NetworkBuilding", dependencies: ["LogisticsModel", "CSVTables"],
      swiftSettings: settings),
    // use
    .target(
      name: "Fulfilment",
      dependencies: [
        "LogisticsModel", "RouteGraph", "Tariffs", "TransitTimes", "RoutePlanning",
        "WarehousePlacement",
      ],
      swiftSettings: settings),
    // the Postgres column
    .systemLibrary(
      name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev", "pkg-config"])]),
    .target(name: "PostgresClient", dependencies: ["CLibPQ"], swiftSettings: settings),
    .target(
      name: "ShipmentStore", dependencies: ["PostgresClient", "Fulfilment", "LogisticsModel"],
      swiftSettings: settings),
    .target(name: "JobQueue", dependencies: ["PostgresClient"], swiftSettings: settings),
    // wire
    .executableTarget(
      name: "tradewind",
      dependencies: [
        "LogisticsModel", "CSVTables", "RouteGraph", "Tariffs", "TransitTimes", "RoutePlanning",
        "WarehousePlacement", "NetworkBuilding", "Fulfilment", "PostgresClient", "ShipmentStore",
        "JobQueue",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "FlyingFox", package: "FlyingFox"),
        .product(name: "FlyingSocks", package: "FlyingFox"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "CoreMetrics", package: "swift-metrics"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        .product(name: "TOMLKit", package: "TOMLKit"),
      ],
      swiftSettings: settings),
    // The job queue under fire and under the clock, with jobs of its own: knows no logistics.
    .executableTarget(
      name: "queue-check",
      dependencies: [
        "JobQueue", "PostgresClient",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    // tests
    .target(
      name: "TestSupport",
      dependencies: [
        "LogisticsModel", "CSVTables", "RouteGraph", "Tariffs", "TransitTimes", "RoutePlanning",
      ],
      path: "Tests/TestSupport", swiftSettings: settings),
    // C, since it stands before the functions it counts: for the test of the hot path.
    .target(name: "CallCounts", path: "Tests/CallCounts"),
    .testTarget(
      name: "LogisticsModelTests", dependencies: ["LogisticsModel", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "CSVTablesTests", dependencies: ["CSVTables", "LogisticsModel", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "RouteGraphTests",
      dependencies: ["RouteGraph", "CSVTables", "LogisticsModel", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "TariffsTests",
      dependencies: ["Tariffs", "CSVTables", "LogisticsModel", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "TransitTimesTests",
      dependencies: ["TransitTimes", "LogisticsModel", "CSVTables", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "RoutePlanningTests",
      dependencies: [
        "RoutePlanning", "RouteGraph", "Tariffs", "TransitTimes", "LogisticsModel", "CSVTables",
        "TestSupport", "CallCounts",
      ],
      exclude: ["Fixtures"], swiftSettings: settings),
    .testTarget(
      name: "WarehousePlacementTests",
      dependencies: ["WarehousePlacement", "LogisticsModel", "CSVTables", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "NetworkBuildingTests",
      dependencies: [
        "NetworkBuilding", "Fulfilment", "RoutePlanning", "RouteGraph", "Tariffs", "TransitTimes",
        "LogisticsModel", "CSVTables", "TestSupport",
        .product(name: "TOMLKit", package: "TOMLKit"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "FulfilmentTests",
      dependencies: [
        "Fulfilment", "RoutePlanning", "RouteGraph", "Tariffs", "TransitTimes",
        "WarehousePlacement", "LogisticsModel", "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "PostgresClientTests", dependencies: ["PostgresClient", "CLibPQ", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "ShipmentStoreTests",
      dependencies: [
        "ShipmentStore", "PostgresClient", "Fulfilment", "RoutePlanning", "RouteGraph",
        "TransitTimes",
        "LogisticsModel", "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "JobQueueTests", dependencies: ["JobQueue", "PostgresClient", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "TradewindTests",
      dependencies: [
        "tradewind", "LogisticsModel", "CSVTables", "TestSupport",
        .product(name: "CoreMetrics", package: "swift-metrics"),
      ],
      exclude: ["Golden", "Orders"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
