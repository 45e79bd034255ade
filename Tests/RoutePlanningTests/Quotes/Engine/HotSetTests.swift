import LogisticsModel
import RouteGraph
import TestSupport
import Testing

@testable import RoutePlanning

@Suite struct HotSetTests {
  /// Classes in network order: Z with three zones; Y, X, V with one each.
  ///
  /// Two of Z's zones are reached with the same emission, so a block to Z stands for two pairs, and the two origins have ten.
  @Test("without requests and people a class weighs its zones; ties go to what stands first")
  func zones() throws {
    let frame = try HandBundle.frame()
    #expect(HotSet(0, of: frame, by: DemandWeights()).classes == [[], []])
    #expect(HotSet(-3, of: frame, by: DemandWeights()).pairs == 0)
    #expect(HotSet(1, of: frame, by: DemandWeights()).classes == [[0], []])
    #expect(HotSet(2, of: frame, by: DemandWeights()).classes == [[0], []])
    #expect(HotSet(3, of: frame, by: DemandWeights()).classes == [[0], [0]])
    #expect(HotSet(3, of: frame, by: DemandWeights()).pairs == 4)
    #expect(HotSet(6, of: frame, by: DemandWeights()).classes == [[0, 1, 2], [0]])
    #expect(HotSet(6, of: frame, by: DemandWeights()).blocks == 4)
    let all = HotSet(allOf: frame).classes
    #expect(all == [[0, 1, 2, 3], [0, 1, 2, 3]])
    #expect(HotSet(9, of: frame, by: DemandWeights()).classes == [[0, 1, 2, 3], [0, 1, 2]])
    #expect(HotSet(10, of: frame, by: DemandWeights()).classes == all)
    #expect(HotSet(11, of: frame, by: DemandWeights()).classes == all)
    #expect(HotSet(.max, of: frame, by: DemandWeights()).pairs == 10)
  }

  @Test("people weigh where the network knows them; past requests count instead of them")
  func people() throws {
    let frame = try HandBundle.frame(
      people: ["B": 3, "A": 2, "Z0": 1, "Z2": 4, "X": 7, "H": 1000, "W": 1000])
    var demand = DemandWeights()
    // Z has 1 + 0 + 4; Y and V none; hubs and what parcels pass through do not count.
    #expect(demand.weights(frame).origins == [2001, 3001])
    #expect(demand.weights(frame).classes == [5001, 1, 7001, 1])
    // B-X 21 M, B-Z 15 M (two pairs), A-X 14 M, A-Z 10 M.
    #expect(HotSet(3, of: frame, by: demand).classes == [[], [0, 2]])
    #expect(HotSet(4, of: frame, by: demand).classes == [[2], [0, 2]])
    let node = try #require(frame.network.bundle.nodeID(named: "Y"))
    demand.count(from: frame.origins[0], to: node)
    #expect(demand.weights(frame).origins == [1001, 1])
    #expect(demand.weights(frame).classes == [1, 1001, 1, 1])
    // Where only one side has people the other counts as it did without.
    let half = try HandBundle.frame(people: ["A": 2])
    #expect(DemandWeights().weights(half).origins == [2001, 1])
    #expect(DemandWeights().weights(half).classes == [3001, 1001, 1001, 1001])
  }

  @Test("past requests decide, and what nobody asked for comes last")
  func demand() throws {
    let frame = try HandBundle.frame()
    func node(_ name: String) throws -> NodeID {
      try #require(frame.network.bundle.nodeID(named: name))
    }
    var demand = DemandWeights()
    for _ in 0..<3 { demand.count(from: try node("B"), to: try node("X")) }
    demand.count(from: try node("A"), to: try node("Z2"))
    // A hub is asked for too: no class has it.
    demand.count(from: try node("A"), to: try node("H"))
    let weights = demand.weights(frame)
    #expect(weights.origins == [2001, 3001])
    #expect(weights.classes == [1001, 1, 3001, 1])
    // B-X 9.0 M, A-X 6.0 M, B-Z 3.0 M and A-Z 2.0 M (two pairs each), B-Y 3,001.
    #expect(HotSet(1, of: frame, by: demand).classes == [[], [2]])
    #expect(HotSet(2, of: frame, by: demand).classes == [[2], [2]])
    #expect(HotSet(3, of: frame, by: demand).classes == [[2], [0, 2]])
    #expect(HotSet(5, of: frame, by: demand).classes == [[0, 2], [0, 2]])
    #expect(HotSet(7, of: frame, by: demand).classes == [[0, 2], [0, 1, 2]])
  }
}
