import ArgumentParser
import Glibc
import Synchronization

/// Stands between workers and their server, and cuts them off when it is told to.
///
/// Bounds relied on: addresses are built within the size of `sockaddr_un`; buffers are read up to the count returned.
struct Proxy: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Relay a server's socket; SIGUSR1 cuts all connections, SIGUSR2 swallows what they send.",
    discussion: """
      After SIGUSR2 nothing passes and nobody is told, until SIGUSR1.
      """)

  @Option(help: "Folder of the socket to make.")
  var folder: String

  @Option(help: "Socket of the server.")
  var to: String

  func run() throws {
    let relay = Relay(to: to)
    Signals.handle([SIGUSR1, SIGUSR2]) { signal in
      if signal == SIGUSR1 { relay.cut() } else { relay.swallow() }
    }
    try relay.serve(folder + "/.s.PGSQL.5432")
  }
}

/// The connections that are relayed.
private final class Relay: Sendable {
  private struct State {
    var open: Set<Int32> = []
    var isSwallowing = false
  }

  private let target: String
  private let state = Mutex(State())

  init(to target: String) { self.target = target }

  func cut() {
    let open = state.withLock { state in
      state.isSwallowing = false
      return state.open
    }
    for descriptor in open { shutdown(descriptor, Int32(SHUT_RDWR)) }
  }

  func swallow() { state.withLock { $0.isSwallowing = true } }

  func serve(_ path: String) throws {
    unlink(path)
    let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = Self.address(path)
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard status == 0, listen(listener, 64) == 0 else {
      throw AppendLog.CannotOpen(description: "cannot listen at \(path)")
    }
    chmod(path, 0o777)
    while true {
      let client = accept(listener, nil, nil)
      guard client >= 0 else { continue }
      let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
      var address = Self.address(target)
      let status = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(server, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
      guard status == 0 else {
        close(client)
        close(server)
        continue
      }
      state.withLock { $0.open.formUnion([client, server]) }
      startThread { self.relay(client, server) }
    }
  }

  private static func address(_ path: String) -> sockaddr_un {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { field in
      for (index, byte) in path.utf8.prefix(field.count - 1).enumerated() { field[index] = byte }
    }
    return address
  }

  private func relay(_ client: Int32, _ server: Int32) {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var polls = [
      pollfd(fd: client, events: Int16(POLLIN), revents: 0),
      pollfd(fd: server, events: Int16(POLLIN), revents: 0),
    ]
    relaying: while poll(&polls, 2, -1) > 0 {
      for index in 0..<2 where polls[index].revents != 0 {
        let (from, to) = index == 0 ? (client, server) : (server, client)
        let count = read(from, &buffer, buffer.count)
        guard count > 0 else { break relaying }
        if state.withLock({ $0.isSwallowing }) { continue }
        var rest = buffer[..<count]
        while !rest.isEmpty {
          let sent = rest.withUnsafeBytes {
            send(to, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
          }
          guard sent > 0 else { break relaying }
          rest = rest.dropFirst(sent)
        }
      }
    }
    state.withLock { state in
      state.open.remove(client)
      state.open.remove(server)
    }
    close(client)
    close(server)
  }
}
