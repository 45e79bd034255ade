import LogisticsModel
import TestSupport
import Testing

@testable import WarehousePlacement

@Suite struct PlacementFormatTests {
  static func read(_ format: PlacementFormat, _ text: String) throws -> SiteTable {
    try format.read(Array(text.utf8), file: "f")
  }

  @Test("graph: the last cost of an edge counts, in either direction, and paths are shortest")
  func graph() throws {
    // 1-2 costs 9 first and 4 last; 2-3 costs 1; 1-3 costs 7, by way of 2 it is 4 + 1 = 5. 4 stands alone.
    let table = try Self.read(.orlibMedian, "4 4 2\n1 2 9\n2 3 1\n1 3 7\n2 1 4\n")
    #expect(table.sitesWanted == 2)
    #expect(table.service.cost(of: 0, from: 2) == 5)
    #expect(table.service.cost(of: 2, from: 0) == 5)
    #expect(table.service.cost(of: 0, from: 1) == 4)
    #expect(table.service.cost(of: 0, from: 3) == nil)
    #expect(Array(table.service.cost[table.service.entries(of: 0)]) == [0, 4, 5])
  }

  @Test("graph: long edges take the heap, with the same distances", arguments: 0..<20)
  func heap(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var lines = ["12 30 3"]
    var longer = lines
    for _ in 0..<30 {
      let ends = "\(generator.int(1...12)) \(generator.int(1...12))"
      let cost = generator.integer(1...50)
      lines.append("\(ends) \(cost)")
      longer.append("\(ends) \(cost * 1_000_000)")
    }
    let short = try Self.read(.orlibMedian, lines.joined(separator: "\n"))
    let long = try Self.read(.orlibMedian, longer.joined(separator: "\n"))
    for client in 0..<12 {
      for site in 0..<12 {
        #expect(
          long.service.cost(of: client, from: site)
            == short.service.cost(of: client, from: site).map { $0 * 1_000_000 })
      }
    }
  }

  @Test("points: distances are rounded down, exactly at whole roots")
  func points() throws {
    let table = try Self.read(
      .tsplib,
      "NAME : t\nDIMENSION : 3\nEDGE_WEIGHT_TYPE : EUC_2D\nNODE_COORD_SECTION\n"
        + "1 0 0\n2 3.0e0 4\n3 1.5 2.5\nEOF\n")
    // (3, 4) lies 5 away; (1.5, 2.5) lies sqrt(8.5) = 2.915 away and sqrt(2.25 + 2.25) = 2.12 from (3, 4).
    #expect(table.service.cost(of: 0, from: 1) == 5)
    #expect(table.service.cost(of: 0, from: 2) == 2)
    #expect(table.service.cost(of: 1, from: 2) == 2)
  }

  @Test("warehouses: costs keep every decimal, capacities may be left open by a word")
  func warehouses() throws {
    let table = try Self.read(.orlibWarehouses, "2 1\n5 7500.\n6 0.25\n7\n6739.72500 12\n")
    #expect(table.decimals == 3)
    #expect(table.opening == [7_500_000, 250])
    #expect(table.capacity == [5, 6])
    #expect(table.service.cost(of: 0, from: 0) == 6_739_725)
    let open = try Self.read(.orlibWarehouses, "2 1\ncapacity 7\ncapacity 8\n7\n1 2\n")
    #expect(open.capacity == nil)
    #expect(open.opening == [7, 8])
    #expect(PlacementQuestion(kind: .capacitated).fault(in: open) != nil)
    #expect(PlacementQuestion(kind: .capacitated, capacity: 9).fault(in: open) == nil)
  }

  @Test("single source and both shapes of facilities")
  func blocks() throws {
    let single = try Self.read(.holmberg, "2 3\n9 8\n1 2\n3 4 5\n1 2\n3 4\n5 6\n")
    #expect(single.capacity == [9, 8] && single.opening == [1, 2] && single.demand == [3, 4, 5])
    #expect(single.service.cost(of: 2, from: 1) == 6)
    let unused = try Self.read(.simpleFacilities, "2 1\n15 2.5\n11 1\n7\n3 4\n")
    #expect(unused.opening == [25, 10] && unused.demand == [1] && unused.capacity == nil)
    let bySite = try Self.read(.simpleFacilities, "FILE: x\n2 3 0\n1 10 1 2 3\n2 20 4 5 6\n")
    #expect(bySite.opening == [10, 20])
    #expect(bySite.service.cost(of: 2, from: 0) == 3)
    #expect(bySite.service.cost(of: 0, from: 1) == 4)
  }

  /// A text that is refused, with the code and the line of its first finding.
  struct Bad: Sendable, CustomTestStringConvertible {
    let format: PlacementFormat
    let text: String
    let code: String
    let line: Int
    var testDescription: String { "\(format.rawValue): \(code) line \(line)" }
  }

  static let bad: [Bad] = [
    Bad(format: .orlibMedian, text: "3 1 1\n1 x 4\n", code: PlacementCodes.notANumber, line: 2),
    Bad(format: .orlibMedian, text: "3 1 1\n1 4 4\n", code: PlacementCodes.outOfRange, line: 2),
    Bad(format: .orlibMedian, text: "3 1 1\n1 2 -4\n", code: PlacementCodes.negative, line: 2),
    Bad(format: .orlibMedian, text: "3 1 1\n1 2 1.5\n", code: PlacementCodes.notWhole, line: 2),
    Bad(format: .orlibMedian, text: "3 1 4\n1 2 1\n", code: PlacementCodes.outOfRange, line: 1),
    Bad(format: .orlibMedian, text: "3 2 1\n1 2 4\n", code: PlacementCodes.tooShort, line: 3),
    Bad(format: .orlibMedian, text: "3 1 1\n1 2 4\n9\n", code: PlacementCodes.tooLong, line: 3),
    Bad(format: .orlibMedian, text: "", code: PlacementCodes.tooShort, line: 1),
    Bad(
      format: .orlibWarehouses, text: "1 1\n5 -1\n1\n2\n", code: PlacementCodes.negative, line: 2),
    Bad(
      format: .orlibWarehouses, text: "1 1\n5 1\n1\n99999999999999999999\n",
      code: PlacementCodes.overflow, line: 4),
    Bad(
      format: .orlibWarehouses, text: "1 1\n5 0.000001\n1\n900000000000000\n",
      code: PlacementCodes.overflow, line: 4),
    Bad(format: .holmberg, text: "0 4\n", code: PlacementCodes.outOfRange, line: 1),
    Bad(
      format: .holmberg, text: "2 2\n1 1\n1 1\n1 1\n1 2 3\n", code: PlacementCodes.tooShort, line: 6
    ),
    Bad(format: .tsplib, text: "DIMENSION : 1\n", code: PlacementCodes.structure, line: 1),
    Bad(
      format: .tsplib, text: "DIMENSION : 2\nNODE_COORD_SECTION\n1 0 0\n",
      code: PlacementCodes.tooShort, line: 4),
    Bad(
      format: .tsplib, text: "EDGE_WEIGHT_TYPE : GEO\nDIMENSION : 1\nNODE_COORD_SECTION\n1 0 0\n",
      code: PlacementCodes.structure, line: 1),
    Bad(
      format: .tsplib, text: "DIMENSION : 1\nNODE_COORD_SECTION\n1 0 9999999999\n",
      code: PlacementCodes.overflow, line: 3),
  ]

  @Test("what is wrong is said with code and line", arguments: bad)
  func refused(_ bad: Bad) throws {
    do {
      _ = try Self.read(bad.format, bad.text)
      Issue.record("was read")
    } catch let refused as InstanceRefused {
      let first = try #require(refused.findings.first)
      #expect(first.code == bad.code, "\(first)")
      #expect(first.line == bad.line, "\(first)")
    }
  }

  @Test(
    "cut and shaken texts of every format are refused or read, never a trap", arguments: 0..<300)
  func shaken(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let sound = [
      "4 4 2\n1 2 9\n2 3 1\n1 3 7\n2 1 4\n",
      "NAME : t\nDIMENSION : 3\nEDGE_WEIGHT_TYPE : EUC_2D\nNODE_COORD_SECTION\n1 0 0\n2 3 4\n3 1 2\n",
      "2 1\n5 7500.\n6 0.25\n7\n6739.72500 12\n", "2 3\n9 8\n1 2\n3 4 5\n1 2\n3 4\n5 6\n",
      "FILE: x\n2 3 0\n1 10 1 2 3\n2 20 4 5 6\n",
    ]
    var bytes = Array(generator.pick(sound).utf8)
    for _ in 0..<generator.int(1...4) where !bytes.isEmpty {
      let place = generator.int(0...bytes.count - 1)
      switch generator.int(0...2) {
      case 0: bytes[place] = UInt8(generator.int(0...255))
      case 1: bytes.remove(at: place)
      default: bytes.insert(generator.pick(Array("09.-eE \n".utf8)), at: place)
      }
    }
    for format in PlacementFormat.allCases {
      if let table = try? format.read(bytes, file: "f") {
        #expect(table.service.clientCount == table.clientCount)
      }
    }
  }
}
