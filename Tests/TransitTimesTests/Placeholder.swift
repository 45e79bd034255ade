import Testing
@Suite struct TransitTimesPlaceholderTests {}
