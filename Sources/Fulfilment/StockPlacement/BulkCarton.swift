public import LogisticsModel

/// Pieces of one SKU packed together for the way to an overseas warehouse.
public struct BulkCarton: Sendable, Hashable {
  /// What a carton may be.
  public struct Limits: Sendable, Hashable {
    /// Heaviest carton.
    public var weight: Grams
    /// Longest edge, in millimetres.
    public var edge: Int32

    /// Weight and edge.
    public init(weight: Grams, edge: Int32) {
      self.weight = weight
      self.edge = edge
    }
  }

  /// Pieces in it.
  public let pieces: Int64
  /// The carton as a parcel; its value is that of its pieces.
  public let parcel: Parcel

  /// As many pieces as fit, side by side in rows, columns and layers; at least one, however great it is.
  public init(of piece: Parcel, worth: Money, limits: Limits) {
    let byWeight = max(1, limits.weight.value / max(piece.weight.value, 1))
    var pieces = byWeight
    var box: Dimensions?
    if let size = piece.dimensions {
      let edges = [size.longest, size.second, size.shortest]
      let fits = edges.map { Int64(max(1, limits.edge / max($0, 1))) }
      pieces = min(byWeight, fits[0] * fits[1] * fits[2])
      // Rows along the shortest edge first: a carton is filled layer by layer.
      let along = min(fits[2], pieces)
      let across = min(fits[1], (pieces + along - 1) / along)
      let up = (pieces + along * across - 1) / (along * across)
      box = Dimensions(
        millimetres: Int32(up) * edges[0], Int32(across) * edges[1], Int32(along) * edges[2])
    }
    self.pieces = pieces
    parcel = Parcel(
      weight: Grams(piece.weight.value * pieces), dimensions: box, goods: piece.goods,
      declaredValue: Money(minorUnits: worth.minorUnits * pieces, worth.currency),
      battery: piece.battery)
  }
}
