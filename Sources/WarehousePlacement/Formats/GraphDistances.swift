import LogisticsModel

/// OR-Library's p-median format: a graph, whose vertices are all sites and clients.
///
/// Distances are lengths of shortest paths, each client of weight 1. Where an edge is listed twice, in either
/// direction, the last cost counts. Vertices that cannot be reached cannot serve.
enum GraphDistances {
  /// Vertices that are read at most: their distances are all kept.
  static let mostVertices: Int64 = 20_000

  static func read(
    _ bytes: [UInt8], file: String, spread: Spread
  ) throws(InstanceRefused) -> SiteTable {
    var cursor = NumberCursor(bytes, file: file)
    cursor.refuseWords()
    let count = Int(cursor.whole("the number of vertices", in: 1...mostVertices))
    let edges = Int(cursor.whole("the number of edges", in: 0...(1 << 28)))
    let wanted = Int(cursor.whole("p", in: 1...Int64(max(count, 1))))
    var ends: [(key: Int64, cost: Int64)] = []
    if cursor.left < 3 * edges {
      _ = cursor.amounts("\(edges) edges", 3 * edges)
    } else {
      ends.reserveCapacity(edges)
      for _ in 0..<edges where cursor.findings.count < NumberText.mostFindings {
        let from = cursor.whole("a vertex", in: 1...Int64(count)) - 1
        let to = cursor.whole("a vertex", in: 1...Int64(count)) - 1
        let cost = cursor.whole("a length", in: 0...(1 << 40))
        ends.append((min(from, to) * Int64(count) + max(from, to), cost))
      }
    }
    cursor.finish()
    guard cursor.isSound else { throw InstanceRefused(findings: cursor.findings) }
    let graph = Adjacency(count: count, ends)
    let pieces = min(count, spread.width * 4)
    let parts = spread.map(pieces) { piece in
      var queue = ShortestPaths(graph)
      var lists = ServiceLists()
      let share = piece * count / pieces..<(piece + 1) * count / pieces
      lists.reserve(clients: share.count, entries: share.count * count)
      for source in share { queue.distances(from: source, into: &lists) }
      return lists
    }
    var lists = ServiceLists()
    lists.reserve(clients: count, entries: count * count)
    for part in parts { lists.append(contentsOf: part) }
    return SiteTable(
      opening: Array(repeating: 0, count: count), demand: Array(repeating: 1, count: count),
      service: lists, sitesWanted: wanted)
  }
}

/// An undirected graph by its vertices.
struct Adjacency: Sendable {
  let start: [Int32]
  let head: [Int32]
  let length: [Int64]
  let greatest: Int64

  var count: Int { start.count - 1 }

  /// Edges by `lesser end * count + greater end`, in the order listed.
  init(count: Int, _ edges: [(key: Int64, cost: Int64)]) {
    var last: [Int64: Int] = [:]
    last.reserveCapacity(edges.count)
    for (index, edge) in edges.enumerated() { last[edge.key] = index }
    var degree = [Int32](repeating: 0, count: count + 1)
    let size = Int64(count)
    for (index, edge) in edges.enumerated() where last[edge.key] == index {
      degree[Int(edge.key / size) + 1] += 1
      degree[Int(edge.key % size) + 1] += 1
    }
    for vertex in 0..<count { degree[vertex + 1] += degree[vertex] }
    var next = degree
    var head = [Int32](repeating: 0, count: Int(degree[count]))
    var length = [Int64](repeating: 0, count: Int(degree[count]))
    for (index, edge) in edges.enumerated() where last[edge.key] == index {
      let ends = (Int(edge.key / size), Int(edge.key % size))
      for (from, to) in [ends, (ends.1, ends.0)] {
        head[Int(next[from])] = Int32(to)
        length[Int(next[from])] = edge.cost
        next[from] += 1
      }
    }
    start = degree
    self.head = head
    self.length = length
    greatest = length.max() ?? 0
  }
}

/// Shortest paths from one vertex after another, with memory kept between them.
///
/// Vertices leave the queue by distance, so each list comes out sorted. Dial's buckets where edges are short, a
/// heap otherwise. R. B. Dial (1969), doi:10.1145/363269.363610.
struct ShortestPaths {
  private let graph: Adjacency
  private var distance: [Int64]
  private var bucket: [Int32]
  private var entryVertex: [Int32] = []
  private var entryNext: [Int32] = []
  private var heap = LeastFirst()

  /// The longest edge for which buckets are kept.
  static let longestBucketed: Int64 = 1 << 14

  init(_ graph: Adjacency) {
    self.graph = graph
    distance = Array(repeating: .max, count: graph.count)
    bucket =
      graph.greatest <= ShortestPaths.longestBucketed
      ? Array(repeating: -1, count: Int(graph.greatest) + 1) : []
  }

  /// Appends the distances from a vertex as the next client.
  mutating func distances(from source: Int, into lists: inout ServiceLists) {
    for vertex in 0..<graph.count { distance[vertex] = .max }
    distance[source] = 0
    if bucket.isEmpty { heaped(source, &lists) } else { bucketed(source, &lists) }
    lists.close()
  }

  private mutating func bucketed(_ source: Int, _ lists: inout ServiceLists) {
    entryVertex.removeAll(keepingCapacity: true)
    entryNext.removeAll(keepingCapacity: true)
    let size = bucket.count
    entryVertex.append(Int32(source))
    entryNext.append(-1)
    bucket[0] = 0
    var waiting = 1
    var now: Int64 = 0
    var slot = 0
    while waiting > 0 {
      while bucket[slot] >= 0 {
        let entry = Int(bucket[slot])
        bucket[slot] = entryNext[entry]
        waiting -= 1
        let vertex = Int(entryVertex[entry])
        // A vertex that was reached sooner meanwhile has left already.
        guard distance[vertex] == now else { continue }
        lists.add(Int32(vertex), now)
        distance[vertex] = -now - 1
        for edge in Int(graph.start[vertex])..<Int(graph.start[vertex + 1]) {
          let to = Int(graph.head[edge])
          let reached = now + graph.length[edge]
          if reached < distance[to] {
            distance[to] = reached
            var place = slot + Int(graph.length[edge])
            if place >= size { place -= size }
            entryVertex.append(Int32(to))
            entryNext.append(bucket[place])
            bucket[place] = Int32(entryVertex.count - 1)
            waiting += 1
          }
        }
      }
      now += 1
      slot += 1
      if slot == size { slot = 0 }
    }
  }

  private mutating func heaped(_ source: Int, _ lists: inout ServiceLists) {
    heap.push(0, Int32(source))
    while let (now, tail) = heap.pop() {
      let vertex = Int(tail)
      guard distance[vertex] == now else { continue }
      lists.add(tail, now)
      distance[vertex] = -now - 1
      for edge in Int(graph.start[vertex])..<Int(graph.start[vertex + 1]) {
        let to = Int(graph.head[edge])
        let reached = now + graph.length[edge]
        if reached < distance[to] {
          distance[to] = reached
          heap.push(reached, graph.head[edge])
        }
      }
    }
  }
}
