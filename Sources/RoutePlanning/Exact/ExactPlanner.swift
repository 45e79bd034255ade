public import RouteGraph
import TransitTimes

/// Runs the exact search in the narrowest exact arithmetic that holds the answer.
///
/// Most itineraries have at most six uncertain legs, which 64 bits carry; the search stops itself when a
/// label would need more, and is run again in 128 and then 512 bits. A wrap can therefore never pass.
/// One value per thread; keep it, its scratch is reused.
public struct ExactPlanner<Times: Timetable> {
  /// Why a request has no exact answer here.
  public enum Obstacle: Error, Sendable {
    /// An itinerary has more uncertain legs than 512 bits carry (51).
    case tooManyUncertainLegs
  }

  private var narrow = ExactSearch<UInt64>()
  private var medium = ExactSearch<UInt128>()
  private var wide = ExactSearch<WideMass>()

  /// Work counts of the last run, of the arithmetic that answered.
  public private(set) var statistics = SearchStatistics()
  /// Runs that had to be repeated in wider arithmetic, since the value was made.
  public private(set) var widened = 0
  /// Starts with 128 bits where a network is known to need them often.
  public var startsMedium = false

  /// A planner with empty scratch; only tests need other than the default options.
  public init(options: SearchOptions = SearchOptions()) {
    narrow.options = options
    medium.options = options
    wide.options = options
  }

  /// The front of a request, ascending by (price, promise, CO2e).
  public mutating func front(
    _ request: SearchRequest, costs: LegCosts, on network: SearchNetwork<Times>
  ) throws(Obstacle) -> [PlannedItinerary] {
    if !startsMedium {
      do throws(ExactSearch<UInt64>.Obstacle) {
        let answer = try narrow.run(request, costs: costs, on: network)
        statistics = narrow.statistics
        return answer
      } catch {
        widened += 1
      }
    }
    do throws(ExactSearch<UInt128>.Obstacle) {
      let answer = try medium.run(request, costs: costs, on: network)
      statistics = medium.statistics
      return answer
    } catch {
      widened += 1
    }
    do throws(ExactSearch<WideMass>.Obstacle) {
      let answer = try wide.run(request, costs: costs, on: network)
      statistics = wide.statistics
      return answer
    } catch {
      throw .tooManyUncertainLegs
    }
  }
}
