import LogisticsModel
import RouteGraph
import Tariffs

/// Cells of the plain network: each is one weight of one goods class, so prices in it are plain numbers.
struct PlainChargeScope: ChargeScope {
  /// One cell.
  struct Cell: Hashable, Sendable {
    /// Actual weight in grams.
    var weight: Int64
    /// Bit number of the goods class.
    var goods: Int
  }

  /// The most cells a scope may have.
  static let greatestCells = 64

  private let cells: [Cell]
  private let topology: Topology
  /// Price in cents by card and cell; negative: not sold.
  private let prices: [Int64]

  /// Prices every card in every cell; `price` gives the cents of a card at a weight, nil where it is not sold.
  init(_ cells: [Cell], topology: Topology, cardCount: Int, price: (Int, Int64) -> Int64?) {
    precondition(
      (1...PlainChargeScope.greatestCells).contains(cells.count), "1 to 64 cells in a scope")
    self.cells = cells
    self.topology = topology
    prices = (0..<cardCount).flatMap { card in cells.map { price(card, $0.weight) ?? -1 } }
  }

  var cellCount: Int { cells.count }

  func cells(takenBy leg: Int) -> UInt64 {
    let first = Int(topology.card[leg]) * cells.count
    var taken: UInt64 = 0
    for (position, cell) in cells.enumerated()
    where GoodsMask(bits: topology.goods[leg]).contains(bit: cell.goods)
      && cell.weight <= topology.greatestWeight[leg] && prices[first + position] >= 0
    {
      taken |= 1 << UInt64(position)
    }
    return taken
  }

  func chargeClass(of leg: Int) -> Int32 { topology.card[leg] }

  func emission(of leg: Int) -> Int64 { topology.emission[leg] }

  /// Cents in one cell of the charges met; only for cells that all of them are sold in.
  func price(_ classes: some Sequence<Int32>, in cell: Int) -> Int64 {
    classes.reduce(0) { $0 + prices[Int($1) * cells.count + cell] }
  }

  /// Exact in every cell.
  func cells(where cheap: [Int32], areNoDearerThan dear: [Int32]) -> UInt64 {
    var noDearer: UInt64 = 0
    for cell in cells.indices where price(cheap, in: cell) <= price(dear, in: cell) {
      noDearer |= 1 << UInt64(cell)
    }
    return noDearer
  }
}
