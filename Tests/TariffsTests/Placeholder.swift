import Testing
@Suite struct TariffsPlaceholderTests {}
