import Testing
@Suite struct NetworkBuildingPlaceholderTests {}
