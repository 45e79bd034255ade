import Testing
@Suite struct RouteGraphPlaceholderTests {}
