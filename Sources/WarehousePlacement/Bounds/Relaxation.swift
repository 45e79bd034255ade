/// What remains of a problem when clients are no longer bound to be served once, but earn their multiplier for
/// every site that serves them: each site then stands for itself.
///
/// A site's value is its opening cost plus the least that serving any clients can sum to, cost less multiplier,
/// within what it can hand out. A. M. Geoffrion, "Lagrangean relaxation for integer programming" (1974),
/// doi:10.1007/BFb0120690.
protocol Relaxation: Sendable {
  /// Memory for one thread.
  init(_ scaled: ScaledProblem)

  /// Takes over which sites are open and closed, from which cost on a client is not served, and who is bound
  /// to a site.
  ///
  /// - Returns: a client whom no site is left to serve.
  mutating func adopt(
    _ standing: [PlacementProblem.Standing], limits: [Int64], bindings: [Binding]
  ) -> Int?

  /// Takes over one more decision for a brief look, after which all is taken over anew; may do nothing but what
  /// keeps bounds true.
  mutating func glance(at site: Int, _ standing: [PlacementProblem.Standing])

  /// A client whom these decisions would leave nobody to serve; nil also where that is not looked into.
  func unserved(_ standing: [PlacementProblem.Standing], limits: [Int64]) -> Int?

  /// Says near which multipliers the next steps stay, so that what lies far beyond them need not be looked at.
  mutating func stay(near multipliers: [Int64])

  /// Between which bounds a client's multiplier is of use.
  var range: (floor: [Int64], ceiling: [Int64]) { get }

  /// Writes the values of all sites that are not closed.
  mutating func price(_ multipliers: [Int64], into values: inout [Int64])

  /// Writes how much of each client's demand no chosen site serves: below nought where served more than once.
  mutating func shortfall(
    _ multipliers: [Int64], chosen: [Bool], into shortfall: inout [Double])

  /// How many entries were walked for the last prices; nought where that is not counted.
  var walk: Int { get }

  /// Who serves each client now, where clients are served whole: -1 for nobody, the least site for several.
  func homes(chosen: [Bool]) -> [Int]?

  /// Whether clients with one site left need more than that site has, or those an open site can serve need less
  /// than it must hand out.
  var isOverfull: Bool { get }

  /// A pair to decide on where all sites are decided: a client that is contested, and a site that would serve it.
  func contested(chosen: [Bool], shortfall: [Double]) -> (client: Int, site: Int)?
}

extension Relaxation {
  func unserved(_ standing: [PlacementProblem.Standing], limits: [Int64]) -> Int? { nil }

  mutating func stay(near multipliers: [Int64]) {}

  var isOverfull: Bool { false }

  var walk: Int { 0 }

  func homes(chosen: [Bool]) -> [Int]? { nil }

  func contested(chosen: [Bool], shortfall: [Double]) -> (client: Int, site: Int)? { nil }
}
