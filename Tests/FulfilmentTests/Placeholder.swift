import Testing
@Suite struct FulfilmentPlaceholderTests {}
