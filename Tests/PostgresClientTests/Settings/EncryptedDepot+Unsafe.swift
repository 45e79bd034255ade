import Glibc
import TestSupport
import Testing

@testable import PostgresClient

/// A server that takes encrypted connections only, with a certificate for the name `depot.example`, from an authority of the
/// test's own.
///
/// Bound relied on: an address of the internet family is as long as its type says.
struct EncryptedDepot {
  static let openSSL: String? = {
    let places: [String] = ["/usr/bin/openssl", "/usr/local/bin/openssl"]
    return places.first { access($0, X_OK) == 0 }
  }()

  let fixture = SQLFixture()
  let cluster: ScratchPostgres
  let port: UInt16

  init() throws {
    // The server's user reads the certificate and its key there.
    chmod(fixture.folder, 0o711)
    let folder = fixture.folder
    try Self.makeAuthority(folder, "ca")
    try Self.makeAuthority(folder, "other")
    try Self.run([
      "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
      folder + "/server.key", "-out", folder + "/server.csr", "-subj", "/CN=depot.example",
      "-addext", "subjectAltName=DNS:depot.example",
    ])
    try Self.run([
      "x509", "-req", "-in", folder + "/server.csr", "-CA", folder + "/ca.crt", "-CAkey",
      folder + "/ca.key", "-CAcreateserial", "-out", folder + "/server.crt", "-days", "2",
      "-copy_extensions", "copy",
    ])
    for name in ["server.key", "server.crt"] {
      chmod(folder + "/" + name, 0o600)
      if case .other(let user) = ServerPrograms.user(for: "") {
        chown(folder + "/" + name, user.uid, user.gid)
      }
    }
    for name in [
      "ca.key", "ca.crt", "ca.srl", "other.key", "other.crt", "server.key", "server.csr",
      "server.crt",
    ] { fixture.adopt(name) }
    port = try #require(Self.freePort())
    cluster = try ScratchPostgres(
      settings: [
        "listen_addresses": "127.0.0.1", "port": "\(port)", "ssl": "on",
        "ssl_cert_file": folder + "/server.crt", "ssl_key_file": folder + "/server.key",
      ], hostRules: "hostssl all tradewind 127.0.0.1/32 trust\n")
  }

  func conninfo(authority: String = "ca", host: String = "depot.example", mode: String)
    -> String
  {
    "host=\(host) hostaddr=127.0.0.1 port=\(port) user=tradewind dbname=postgres "
      + "sslmode=\(mode) sslrootcert=\(fixture.folder)/\(authority).crt"
  }

  private static func makeAuthority(_ folder: String, _ name: String) throws {
    try run([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
      "-keyout", "\(folder)/\(name).key", "-out", "\(folder)/\(name).crt", "-subj",
      "/CN=\(name) of a test", "-days", "2",
    ])
  }

  private static func run(_ arguments: [String]) throws {
    let openSSL = try #require(Self.openSSL)
    #expect(try ServerCommand([openSSL] + arguments).run(seconds: 30) == 0)
  }

  /// A port that nobody listens on now.
  private static func freePort() -> UInt16? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    return isBound ? UInt16(bigEndian: address.sin_port) : nil
  }
}
