import Testing
@Suite struct LogisticsModelPlaceholderTests {}
