/// A partial itinerary: where it stands, what it cost, when it is there.
///
/// Its arrival law lies in ``LabelArena`` as ascending minutes (relative to ready) with *cumulative* masses.
struct Label {
  var node: Int32
  /// Leg that led here, -1 at the origin.
  var leg: Int32
  /// Label it extends, -1 at the origin.
  var parent: Int32
  /// Next older label at the same node, -1 at the end.
  var older: Int32
  var firstAtom: Int32
  var atomCount: Int32
  var legs: Int32
  /// Uncertain legs so far: each has used ten bits of mass.
  var uncertainLegs: Int32
  var price: Int64
  var emission: Int64
  /// First and last possible minute, and the minute of the asked service level.
  var earliest: Int32
  var latest: Int32
  var quantile: Int32
}

/// Entry of the search's queue, ordered so that a dominating label never leaves after one it dominates.
struct QueueEntry {
  /// Earliest possible minute plus the least minutes still to go.
  var key: Int64
  var price: Int64
  var emission: Int64
  var legs: Int32
  var latest: Int32
  var label: Int32

  @inline(__always)
  func precedes(_ other: QueueEntry) -> Bool {
    if key != other.key { return key < other.key }
    if price != other.price { return price < other.price }
    if emission != other.emission { return emission < other.emission }
    if legs != other.legs { return legs < other.legs }
    if latest != other.latest { return latest < other.latest }
    return label < other.label
  }
}

/// A 4-ary min-heap of queue entries.
struct LabelQueue {
  private var entries: [QueueEntry] = []

  var isEmpty: Bool { entries.isEmpty }

  mutating func removeAll() { entries.removeAll(keepingCapacity: true) }

  mutating func push(_ entry: QueueEntry) {
    entries.append(entry)
    var child = entries.count - 1
    while child > 0 {
      let parent = (child - 1) >> 2
      if !entry.precedes(entries[parent]) { break }
      entries[child] = entries[parent]
      child = parent
    }
    entries[child] = entry
  }

  mutating func pop() -> QueueEntry? {
    guard let first = entries.first, let last = entries.popLast() else { return nil }
    let count = entries.count
    if count == 0 { return first }
    var hole = 0
    while true {
      let firstChild = 4 * hole + 1
      if firstChild >= count { break }
      var best = firstChild
      let end = min(firstChild + 4, count)
      var child = firstChild + 1
      while child < end {
        if entries[child].precedes(entries[best]) { best = child }
        child += 1
      }
      if !entries[best].precedes(last) { break }
      entries[hole] = entries[best]
      hole = best
    }
    entries[hole] = last
    return first
  }
}
