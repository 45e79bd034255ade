public import LogisticsModel
import RouteGraph

extension EngineBuilder {
  /// Nodes that may have blocks, ascending.
  public var origins: [NodeID] { frame.origins }

  /// The destinations that have a block in a hot set, by position in ``origins``.
  ///
  /// - Complexity: O(origins x destinations)
  public func destinations(_ hot: HotSet) -> [[NodeID]] {
    var nodes = [[NodeID]](repeating: [], count: blockClassCount)
    for (node, position) in frame.destinations.classOfNode.enumerated() where position >= 0 {
      nodes[Int(position)].append(NodeID(Int32(node)))
    }
    return hot.classes.map { own in own.flatMap { nodes[$0] }.sorted() }
  }

  /// What the store holds, and nothing made: for readers that cannot wait for a build.
  ///
  /// - Returns: an engine that answers from the segments found, and how many they are.
  /// - Complexity: O(bytes held): every checksum is worked out
  public func stored(version: UInt64 = 1) -> (engine: QuoteEngine, report: Report) {
    var report = Report()
    var segments = [BlockSegment?](repeating: nil, count: frame.segmentCount)
    guard let store else {
      return (QuoteEngine(frame, segments: segments, version: version), report)
    }
    let memory = JointMemory()
    for position in segments.indices {
      let key = SegmentKey(
        frame, origin: position / frame.scope.days, day: position % frame.scope.days)
      guard let found = store.segment(key, holding: [], &report) else { continue }
      segments[position] =
        store.copiesIntoMemory ? BlockSegment(copying: found, in: memory) : found
      report.loaded += 1
      report.count(found)
    }
    return (QuoteEngine(frame, segments: segments, version: version), report)
  }
}
