import Glibc

/// A bar on standard error, only where that is a terminal: data never mixes with it.
struct ProgressBar {
  private let total: Int
  private let isShown: Bool
  private var done = 0
  private var lastShown = -1

  init(total: Int, isQuiet: Bool) {
    self.total = max(total, 1)
    isShown = !isQuiet && isatty(STDERR_FILENO) == 1
  }

  mutating func advance() {
    done += 1
    let percent = done * 100 / total
    guard isShown, percent != lastShown else { return }
    lastShown = percent
    let filled = percent * 30 / 100
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 30 - filled)
    Streams.mark("\r[\(bar)] \(percent)% \(done)/\(total)")
  }

  func finish() {
    if isShown { Streams.mark("\n") }
  }
}
