import LogisticsModel

/// A network as the text of the 9th DIMACS shortest-path challenge, for engines that know plain graphs.
///
/// Arcs weigh the least minutes of a leg, handling included and waiting left out: the lower bound the search
/// prunes by. Nodes are numbered from 1 in bundle order and named in comments. Parallel legs stay parallel arcs.
///
/// Reference: C. Demetrescu, A. V. Goldberg, D. S. Johnson (eds.), The Shortest Path Problem, 2009,
/// doi:10.1090/dimacs/074.
public enum DIMACSGraph {
  /// The `.gr` file; legs that are never boarded are left out.
  ///
  /// - Complexity: O(nodes + legs)
  public static func text(_ bundle: NetworkBundle) -> String {
    let topology = bundle.topology
    let legs = bundle.legs.ids.filter { topology.leastDuration[$0.position] >= 0 }
    var text = "c \(bundle.manifest.label): arcs weigh least minutes, handling included\n"
    text += "p sp \(topology.nodeCount) \(legs.count)\n"
    for node in bundle.nodes.ids {
      text += "c node \(node.position + 1) \(bundle.nodes.name(of: node))\n"
    }
    for leg in legs {
      let minutes =
        Int64(topology.handling[leg.position]) + Int64(topology.leastDuration[leg.position])
      text +=
        "a \(topology.tail[leg.position] + 1) \(topology.head[leg.position] + 1) \(minutes)\n"
    }
    return text
  }
}
