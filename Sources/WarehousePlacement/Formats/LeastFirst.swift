/// A binary heap of numbered things, the least key first, ties by the lesser number.
struct LeastFirst {
  private var keys: [Int64] = []
  private var items: [Int32] = []

  var isEmpty: Bool { keys.isEmpty }

  mutating func push(_ key: Int64, _ item: Int32) {
    keys.append(key)
    items.append(item)
    var place = keys.count - 1
    while place > 0 {
      let parent = (place - 1) / 2
      guard precedes(place, parent) else { break }
      exchange(place, parent)
      place = parent
    }
  }

  mutating func pop() -> (Int64, Int32)? {
    guard let key = keys.first, let item = items.first else { return nil }
    exchange(0, keys.count - 1)
    keys.removeLast()
    items.removeLast()
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2] where child < keys.count {
        if precedes(child, least) { least = child }
      }
      if least == place { return (key, item) }
      exchange(place, least)
      place = least
    }
  }

  private func precedes(_ a: Int, _ b: Int) -> Bool {
    keys[a] != keys[b] ? keys[a] < keys[b] : items[a] < items[b]
  }

  private mutating func exchange(_ a: Int, _ b: Int) {
    keys.swapAt(a, b)
    items.swapAt(a, b)
  }
}
