/// A city people send from or to.
struct CityRow: Sendable {
  let name: String
  let country: String
  let admin1: String
  let position: Position
  let zone: String
  let population: Int
  let rank: Int
}

/// An airport.
struct AirportRow: Sendable {
  let iata: String
  let name: String
  let country: String
  let position: Position
  let zone: String
  let incoming: Int
  let isCargoHub: Bool
}

/// A sea port.
struct PortRow: Sendable {
  let code: String
  let name: String
  let country: String
  let position: Position
  let zone: String
  let isExport: Bool
}

/// A rail terminal or border yard.
struct TerminalRow: Sendable {
  let id: String
  let name: String
  let country: String
  let city: String
  let position: Position
  let zone: String
  let isTerminal: Bool
}

/// A country.
struct CountryRow: Sendable {
  let code: String
  let name: String
  let continent: String
  let currency: String
  let population: Int
}

/// A postal prefix.
struct PostalZoneRow: Sendable {
  let country: String
  let prefix: String
  let position: Position
  let region: String
  let zone: String
}
