import TestSupport
import Testing

@testable import PostgresClient

@Suite struct SHA256Tests {
  /// The examples of FIPS 180-2, appendix B.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func published(_ text: String, _ digest: String) {
    let hex = SHA256.digest(of: text.utf8).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    #expect(hex.joined() == digest)
  }

  /// All lengths around the edges of two blocks, by the server's own function.
  @Test(.needsServer, .timeLimit(.minutes(1))) func server() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    let texts = (0...200).map { length in
      Bytes((0..<length).map { UInt8(($0 * 7 + length) & 0xFF) })
    }
    let theirs = try await connection.query(
      "SELECT sha256(t) FROM unnest($1) WITH ORDINALITY u(t, n) ORDER BY n", texts
    ).decode(Bytes.self)
    #expect(theirs == texts.map { Bytes(SHA256.digest(of: $0.array)) })
  }
}
