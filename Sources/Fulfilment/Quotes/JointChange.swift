import LogisticsModel
import RoutePlanning

/// One of several changes to a question that help only together.
enum JointChange {
  case currency(Currency)
  case goods(GoodsClass)
  case weight(Grams)
  case size(Dimensions)
  case ready(Instant)
  case greatestLegs(Int)
  /// A node, with its name.
  case destination(NodeID, String)

  /// The word of the change, as a fix names it.
  var name: String {
    switch self {
    case .currency: "currency"
    case .goods: "goods"
    case .weight: "weight"
    case .size: "dims"
    case .ready: "ready"
    case .greatestLegs: "max_legs"
    case .destination: "to"
    }
  }

  /// What to write instead.
  var to: String {
    switch self {
    case .currency(let currency): currency.code
    case .goods(let goods): goods.word
    case .weight(let weight): "\(weight.value)g"
    case .size(let size): size.words
    // In UTC: the sign of another offset would look like the one that joins the changes.
    case .ready(let ready): ready.rfc3339()
    case .greatestLegs(let legs): "\(legs)"
    case .destination(_, let name): name
    }
  }

  func apply(to question: inout NetworkPlanner.Question) {
    switch self {
    case .currency(let currency): question.currency = currency
    case .goods(let goods): question.parcel = question.parcel.with(goods: goods)
    case .weight(let weight): question.parcel = question.parcel.with(weight: weight)
    case .size(let size): question.parcel = question.parcel.with(dimensions: size)
    case .ready(let ready): question.ready = ready
    case .greatestLegs(let legs): question.greatestLegs = legs
    case .destination(let node, _): question.destination = node
    }
  }
}

extension NetworkPlanner.Question {
  /// The question for another parcel.
  func with(_ parcel: Parcel) -> Self {
    var changed = self
    changed.parcel = parcel
    return changed
  }

  /// The question with all of some changes.
  func with(_ changes: [JointChange]) -> Self {
    changes.reduce(into: self) { $1.apply(to: &$0) }
  }
}

extension Parcel {
  /// The parcel with one or more of its properties replaced.
  func with(
    weight: Grams? = nil, dimensions: Dimensions? = nil, goods: GoodsClass? = nil,
    value: Money? = nil
  ) -> Parcel {
    Parcel(
      weight: weight ?? self.weight, dimensions: dimensions ?? self.dimensions,
      goods: goods ?? self.goods, declaredValue: value ?? declaredValue, battery: battery)
  }
}

extension Dimensions {
  /// The same parcel with no edge longer than `edge` millimetres.
  func capped(at edge: Int32) -> Dimensions {
    Dimensions(millimetres: min(longest, edge), min(second, edge), min(shortest, edge))
  }

  /// Three edges as a request writes them: `600x400x300mm`.
  var words: String { "\(longest)x\(second)x\(shortest)mm" }
}
