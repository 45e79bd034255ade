import LogisticsModel
import RouteGraph
import RoutePlanning

/// The days a bundle's data are meant for, held against ready times and promises.
///
/// Beyond them nobody knows calendars, sailings or prices, so a date out there cannot be committed to: the plan
/// is dropped, not shown with a warning. Days are civil dates where they happen: ready at the origin, the
/// promise at the destination.
struct BundleValidity {
  let from: CivilDate?
  let to: CivilDate?
  private let network: NetworkPlanner

  init(_ network: NetworkPlanner) {
    from = network.bundle.manifest.validFrom
    to = network.bundle.manifest.validTo
    self.network = network
  }

  /// The members of a front that can be promised; those kept are non-dominated among themselves.
  func committable(
    _ front: [PlannedItinerary], _ question: NetworkPlanner.Question
  ) -> [PlannedItinerary] {
    guard reason(readyOf: question) == nil else { return [] }
    guard let to else { return front }
    let end = network.end(of: to, at: question.destination)
    return front.filter { $0.vector.promise < end }
  }

  /// Why nothing can be promised at the question's ready time, whatever the itinerary; nil: something may.
  func reason(readyOf question: NetworkPlanner.Question) -> Reason? {
    let day = network.tenderDate(question)
    if let to, day > to { return .expired(to) }
    if let from, day < from { return .notYetValid(from) }
    return nil
  }

  /// Why a date cannot be committed to.
  enum Reason {
    case expired(CivilDate)
    case notYetValid(CivilDate)

    /// Stable word.
    var code: String {
      switch self {
      case .expired: "bundle_expired"
      case .notYetValid: "bundle_not_yet_valid"
      }
    }

    /// The rule behind it.
    var rule: String {
      switch self {
      case .expired(let date): "bundle:valid_to:\(date)"
      case .notYetValid(let date): "bundle:valid_from:\(date)"
      }
    }

    /// For people.
    var message: String {
      switch self {
      case .expired(let date):
        "the network's data end on \(date): no arrival after it can be promised"
      case .notYetValid(let date):
        "the network's data begin on \(date): nothing ready before it can be promised"
      }
    }
  }
}

extension RequestFault {
  /// The date lies past the days the network's data are meant for.
  public static let beyondValidity = "TW-REQ-107"
}
