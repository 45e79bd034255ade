import Glibc
import PostgresClient

/// What the logs say.
///
/// Bound relied on: names that the C library returns end with a zero and are copied at once.
struct NotedJobs {
  /// Jobs somebody asked for, with their kind.
  private(set) var asked: [UniqueID: String] = [:]
  /// Jobs the database has acknowledged.
  private(set) var acknowledged: Set<UniqueID> = []
  /// Attempts that began: how often, and under which leases.
  private(set) var begun: [UniqueID: [(attempt: Int16, lease: Int64)]] = [:]
  private(set) var leases: Set<Int64> = []
  private(set) var fences = 0
  private(set) var setbacks = 0
  /// Keys that were answered with two jobs.
  private(set) var doubledKeys = 0

  init(folder: String) throws {
    for name in Self.names(in: folder) where name.hasSuffix(".log") {
      for line in try Self.text(of: folder + "/" + name).split(separator: "\n") {
        read(line.split(separator: " "))
      }
    }
  }

  private mutating func read(_ words: [Substring]) {
    guard let first = words.first else { return }
    switch first {
    case "ask" where words.count >= 3:
      if let id = UniqueID(String(words[1])) { asked[id] = String(words[2]) }
    case "ack" where words.count >= 3:
      if let id = UniqueID(String(words[1])) {
        acknowledged.insert(id)
        asked[id] = String(words[2])
      }
    case "begin" where words.count >= 4:
      if let id = UniqueID(String(words[1])), let attempt = Int16(words[2]),
        let lease = Int64(words[3])
      {
        begun[id, default: []].append((attempt, lease))
      }
    case "lease" where words.count >= 2: if let lease = Int64(words[1]) { leases.insert(lease) }
    case "fenced": fences += 1
    case "setback": setbacks += 1
    case "doubled": doubledKeys += 1
    default: break
    }
  }

  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names
  }

  private static func text(of path: String) throws -> String {
    guard let file = fopen(path, "r") else {
      throw AppendLog.CannotOpen(description: "cannot read \(path)")
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
