import Testing
@Suite struct RoutePlanningPlaceholderTests {}
