import Testing
@Suite struct TradewindPlaceholderTests {}
