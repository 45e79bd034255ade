import ArgumentParser
import Foundation
import Glibc

/// Bytes of memory: what the machine has left, and what a person writes.
struct MemorySize: Equatable {
  let bytes: Int

  init(bytes: Int) { self.bytes = bytes }

  /// Reads `2GiB`, `400MB` or a number of bytes; nil for anything else, and for nothing at all.
  init?(text: String) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let units = [
      "": 1, "B": 1, "kB": 1000, "MB": 1_000_000, "GB": 1_000_000_000, "KiB": 1 << 10,
      "MiB": 1 << 20, "GiB": 1 << 30,
    ]
    guard let number = Int(digits), number > 0,
      let unit = units[String(text.dropFirst(digits.count))]
    else { return nil }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: unit)
    guard !overflow else { return nil }
    self.bytes = bytes
  }

  /// Three quarters of what the kernel says can be had without swapping; all there may be where it says nothing.
  static func usual() -> MemorySize {
    let lines = (try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8)) ?? ""
    for line in lines.split(separator: "\n") where line.hasPrefix("MemAvailable:") {
      let kilobytes = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
      return MemorySize(bytes: (kilobytes << 10) / 4 * 3)
    }
    return MemorySize(bytes: .max)
  }

  /// In MiB, rounded up.
  var text: String { "\((bytes + (1 << 20) - 1) >> 20)MiB" }

  /// Most memory this process has had.
  static func peak() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }
}

extension MemorySize: ExpressibleByArgument {
  init?(argument: String) { self.init(text: argument) }
}
