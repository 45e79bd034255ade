import Testing
@Suite struct CSVTablesPlaceholderTests {}
