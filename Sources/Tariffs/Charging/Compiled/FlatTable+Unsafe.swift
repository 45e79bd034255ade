/// Values in memory of their own that nothing counts references to: what a hot path reads from many threads.
///
/// The owner frees it once, when nobody reads any more. Every position used is below ``count``: positions come from the compiler
/// that filled the table, or are checked where they come from outside.
struct FlatTable<Element: BitwiseCopyable & Sendable>: BitwiseCopyable, @unchecked Sendable {
  let start: UnsafePointer<Element>
  let count: Int

  /// Copies elements; a table of none has room for one, so that its start is legal.
  init(_ elements: [Element]) {
    let room = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
    elements.withUnsafeBufferPointer { source in
      if let from = source.baseAddress { room.update(from: from, count: source.count) }
    }
    start = UnsafePointer(room)
    count = elements.count
  }

  /// Bytes held.
  var memory: Int { max(1, count) * MemoryLayout<Element>.stride }

  @inline(__always)
  subscript(position: Int32) -> Element { start[Int(position)] }

  func free() { start.deallocate() }
}
