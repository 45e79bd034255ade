import Glibc
import Synchronization
import TestSupport

/// Stands between a client and a server and spoils one connection at a byte that is named beforehand.
///
/// Bounds relied on: addresses are built within the size of `sockaddr_un`; buffers are read up to the count returned.
final class FaultProxy: Sendable {
  /// Whose bytes are counted.
  enum Direction: Sendable {
    case toServer
    case toClient
  }

  /// What happens after so many bytes of one direction.
  enum Fault: Sendable {
    case none
    /// Both sides see the connection end.
    case cut(Direction, after: Int)
    /// The bytes before and those behind arrive apart.
    case pause(Direction, after: Int, microseconds: UInt32)
    /// Nothing passes any more, and nobody is told.
    case blackHole(Direction, after: Int)
  }

  private struct State {
    var fault = Fault.none
    var isClosed = false
    var open: [Int32] = []
    var lastBytes: (toServer: Int, toClient: Int) = (0, 0)
  }

  private let state = Mutex(State())
  private let listener: Int32
  private let target: String
  /// The folder of its socket.
  let folder: String

  /// Begins to take connections for the server behind a socket.
  init(to target: String) throws {
    self.target = target
    var template = Array("/tmp/twpx-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw ProxyFailure() }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = Self.address(folder + "/.s.PGSQL.5432")
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard status == 0, listen(listener, 64) == 0 else { throw ProxyFailure() }
    startDetached { self.accept() }
  }

  struct ProxyFailure: Error {}

  /// What the first connection from now on meets; those after it are passed on.
  func arm(_ fault: Fault) { state.withLock { $0.fault = fault } }

  /// Bytes of the connection that ended last.
  var lastBytes: (toServer: Int, toClient: Int) { state.withLock { $0.lastBytes } }

  /// Takes no more connections and ends all there are.
  func close() {
    let open = state.withLock { state in
      state.isClosed = true
      return state.open
    }
    shutdown(listener, Int32(SHUT_RDWR))
    for descriptor in open { shutdown(descriptor, Int32(SHUT_RDWR)) }
    unlink(folder + "/.s.PGSQL.5432")
    rmdir(folder)
  }

  private static func address(_ path: String) -> sockaddr_un {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { field in
      for (index, byte) in path.utf8.prefix(field.count - 1).enumerated() { field[index] = byte }
    }
    return address
  }

  private func accept() {
    while true {
      let client = Glibc.accept(listener, nil, nil)
      guard client >= 0 else {
        if errno == EINTR { continue }
        Glibc.close(listener)
        return
      }
      let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
      var address = Self.address(target)
      let status = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(server, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
      guard status == 0 else {
        Glibc.close(client)
        Glibc.close(server)
        continue
      }
      let fault = state.withLock { state in
        state.open += [client, server]
        defer { state.fault = .none }
        return state.fault
      }
      startDetached { self.relay(client, server, fault) }
    }
  }

  private func relay(_ client: Int32, _ server: Int32, _ fault: Fault) {
    var counts = (toServer: 0, toClient: 0)
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var polls = [
      pollfd(fd: client, events: Int16(POLLIN), revents: 0),
      pollfd(fd: server, events: Int16(POLLIN), revents: 0),
    ]
    relaying: while poll(&polls, 2, -1) > 0 {
      for (index, direction) in [Direction.toServer, .toClient].enumerated()
      where polls[index].revents != 0 {
        let (from, to) = index == 0 ? (client, server) : (server, client)
        let count = read(from, &buffer, buffer.count)
        guard count > 0 else { break relaying }
        let passed = index == 0 ? counts.toServer : counts.toClient
        if index == 0 { counts.toServer += count } else { counts.toClient += count }
        let piece = Array(buffer[..<count])
        switch fault {
        case .cut(direction, let after) where passed + count >= after:
          send(piece[..<Swift.max(0, after - passed)], to)
          break relaying
        case .pause(direction, let after, let microseconds)
        where passed < after && passed + count > after:
          send(piece[..<(after - passed)], to)
          usleep(microseconds)
          send(piece[(after - passed)...], to)
        case .blackHole(direction, let after) where passed + count >= after:
          send(piece[..<Swift.max(0, after - passed)], to)
          // Bytes are taken and dropped in both directions until the client has had enough.
          while poll(&polls, 1, -1) > 0, read(client, &buffer, buffer.count) > 0 {}
          break relaying
        default: send(piece[...], to)
        }
      }
    }
    state.withLock { state in
      state.lastBytes = counts
      state.open.removeAll { $0 == client || $0 == server }
    }
    Glibc.close(client)
    Glibc.close(server)
  }

  private func send(_ bytes: ArraySlice<UInt8>, _ descriptor: Int32) {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
