import LogisticsModel
import RouteGraph

/// The blocks of a segment as they were before some changes, and which of their paths a change concerns.
struct OldBlocks: Sendable {
  let segment: BlockSegment
  let changes: ChangedMinutes
  /// All paths of the segment.
  let tree: SequenceTree
  /// Path that ends at a node of the tree; -1: none does.
  let pathOfNode: [Int32]
  /// Node at which a path ends.
  let nodeOfPath: [Int32]
  /// By row, then by path: whether it meets a change; nil: none of the row's does.
  let met: [[Bool]?]

  /// Follows the paths over changed legs from each row's ready minute.
  ///
  /// - Parameters:
  ///   - segment: the blocks.
  ///   - changes: all that changed since they were made.
  ///   - network: as it is after the changes.
  /// - Complexity: O(legs of all paths), and one evaluation for each beginning of a path up to a changed leg and row
  init(
    _ segment: BlockSegment, _ changes: ChangedMinutes, on network: SearchNetwork<DatedTimetable>
  ) {
    self.segment = segment
    self.changes = changes
    var paths = ChangedPaths(of: segment, changes, on: network)
    met = (0..<segment.rows.count / 2).map { paths.met(from: segment.rows[2 * $0]) }
    var tree = SequenceTree()
    nodeOfPath = segment.pathEmissions.indices.map { path in
      let legs = Int(segment.pathStarts[path])..<Int(segment.pathStarts[path + 1])
      return tree.adding(legs.lazy.map { segment.pathLegs[$0] })
    }
    var pathOfNode = [Int32](repeating: -1, count: tree.count)
    for (path, node) in nodeOfPath.enumerated() { pathOfNode[Int(node)] = Int32(path) }
    self.pathOfNode = pathOfNode
    self.tree = tree
  }

  /// Whether a path has a leg that takes other parcels than it did.
  func isAccepted(otherwise path: Int) -> Bool {
    changes.hasAcceptance
      && (segment.pathStarts[path]..<segment.pathStarts[path + 1]).contains {
        changes.isAcceptanceChanged(LegID(segment.pathLegs[Int($0)]))
      }
  }

  /// The row of just these ready minutes.
  func row(_ readies: ClosedRange<Int64>) -> Int? {
    (0..<segment.rows.count / 2).first {
      segment.rows[2 * $0] == readies.lowerBound && segment.rows[2 * $0 + 1] == readies.upperBound
    }
  }
}

/// What of old blocks the labels of a search go on with.
struct OldLabels {
  /// By label: whether some leg up to it is changed for whoever is on the way.
  private(set) var isMet: [Bool] = []
  /// By label: node of the old paths' tree that it stands for; -1: none begins so.
  private(set) var nodeOfLabel: [Int32] = []
  /// By node: its label; -1: not known to be one.
  private(set) var labelOfNode: [Int32]

  /// Looks all labels over, parents first.
  ///
  /// - Complexity: O(labels), and atoms of those at the tail of a changed leg
  init<Times: Timetable, Scope: ChargeScope>(
    _ old: OldBlocks, _ search: ProfileSearch<UInt128, Times, Scope>, base: Int64,
    on topology: Topology
  ) {
    labelOfNode = Array(repeating: -1, count: old.tree.count)
    isMet.reserveCapacity(search.labels.count)
    nodeOfLabel.reserveCapacity(search.labels.count)
    for position in search.labels.indices {
      let label = search.labels[position]
      guard label.parent >= 0 else {
        isMet.append(false)
        nodeOfLabel.append(SequenceTree.root)
        labelOfNode[0] = Int32(position)
        continue
      }
      let parent = Int(label.parent)
      var met = isMet[parent]
      let leg = LegID(label.leg)
      if !met, old.changes.concern(leg) {
        let before = search.labels[parent]
        let handling = Int64(topology.handling[leg.position])
        let atoms = Int(before.firstAtom)..<Int(before.firstAtom + before.atomCount)
        met = atoms.contains {
          old.changes.isChanged(leg, asked: base + Int64(search.arena.minutes[$0]) + handling)
        }
      }
      isMet.append(met)
      let node =
        nodeOfLabel[parent] < 0 ? nil : old.tree.child(of: nodeOfLabel[parent], by: label.leg)
      nodeOfLabel.append(node ?? -1)
      if let node { labelOfNode[Int(node)] = Int32(position) }
    }
  }

  /// Says which label stands for a node.
  mutating func set(_ label: Int32, ofNode node: Int32) { labelOfNode[Int(node)] = label }
}
