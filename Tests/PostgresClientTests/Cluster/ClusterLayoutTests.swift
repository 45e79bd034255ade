import Testing

@testable import PostgresClient

@Suite struct ClusterLayoutTests {
  let identity = "0123456789abcdef0123456789abcdef"

  @Test func socketFolder() {
    // 93 bytes for the folder, 14 for the socket's name: 107 in all. "/run" takes four.
    let longest = ClusterLayout(folder: "/" + String(repeating: "d", count: 88))
    #expect(longest.socketFolder(of: identity) == longest.folder + "/run")
    #expect((longest.socketFolder(of: identity) + "/.s.PGSQL.5432").utf8.count == 107)
    let tooLong = ClusterLayout(folder: "/" + String(repeating: "d", count: 89))
    #expect(tooLong.socketFolder(of: identity) == "/tmp/tradewind-0123456789ab")
    // Bytes count, not characters.
    let wide = ClusterLayout(folder: "/" + String(repeating: "é", count: 45))
    #expect(wide.socketFolder(of: identity).hasPrefix("/tmp/"))
  }

  @Test func url() {
    let layout = ClusterLayout(folder: "/home/ada l&=?%#é")
    #expect(
      layout.url(of: identity)
        == "postgresql://tradewind@/tradewind?host=/home/ada%20l%26%3D%3F%25%23%C3%A9/run&port=5432"
    )
  }

  @Test func marker() {
    var generator = SystemRandomNumberGenerator()
    let marker = ClusterMarker.drawn(from: &generator)
    #expect(ClusterMarker(text: marker.text) == marker)
    #expect(ClusterMarker.drawn(from: &generator) != marker)
    let title = "Private PostgreSQL cluster of tradewind; do not edit.\n"
    for text in [
      "", title, "identity \(identity)\n", title + "identity \(identity.dropLast())\n",
      title + "identity \(identity.dropLast())z\n", "other\nidentity \(identity)\n",
      marker.text + "more\n",
    ] { #expect(ClusterMarker(text: text) == nil) }
  }

  @Test func postmasterFile() {
    func file(_ status: String) -> String {
      "4711\n/d/data\n1763759000\n5432\n/d/run\n\n 123 456\n\(status)\n"
    }
    #expect(PostmasterFile(text: file("ready   "))?.status == .ready)
    #expect(PostmasterFile(text: file("standby "))?.status == .ready)
    #expect(PostmasterFile(text: file("stopping"))?.status == .stopping)
    #expect(PostmasterFile(text: file("starting"))?.status == .starting)
    #expect(PostmasterFile(text: file("ready   "))?.pid == 4711)
    // Half written.
    #expect(PostmasterFile(text: "4711\n/d")?.status == .starting)
    for text in ["", "\n", "-3\n", "0\n", "x\n", "99999999999\n"] {
      #expect(PostmasterFile(text: text) == nil)
    }
  }

  @Test func commandLines() {
    func isServer(_ words: [String]) -> Bool {
      ServerProcess.isServer(commandLine: words.map { $0 + "\0" }.joined(), of: "/d/data")
    }
    #expect(isServer(["/usr/lib/postgresql/15/bin/postgres", "-D", "/d/data", "-c", "port=1"]))
    #expect(!isServer(["/usr/lib/postgresql/15/bin/postgres", "-D", "/d/data2", "-c", "port=1"]))
    #expect(!isServer(["/usr/bin/vim", "-D", "/d/data"]))
    #expect(!isServer(["/usr/lib/postgresql/15/bin/postgres", "-D"]))
    #expect(!isServer(["postgres: tradewind"]) && !isServer([]))
  }

  @Test func versions() {
    #expect(ServerPrograms.major(ofVersion: "postgres (PostgreSQL) 15.14 (Debian 15.14-1)\n") == 15)
    #expect(ServerPrograms.major(ofVersion: "postgres (PostgreSQL) 18beta1\n") == 18)
    #expect(ServerPrograms.major(ofVersion: "postgres\n") == nil)
  }

  /// An eighth of the memory, within bounds.
  @Test func sharedBuffers() {
    func buffers(_ memory: Int) -> Bool {
      ClusterSettings.configuration(memory: memory << 20).contains("shared_buffers = '512MB'")
    }
    #expect(buffers(4096) && !buffers(4000))
    #expect(
      ClusterSettings.configuration(memory: 1 << 40).contains("shared_buffers = '1024MB'"))
    #expect(ClusterSettings.configuration(memory: 1).contains("shared_buffers = '64MB'"))
    #expect(
      ClusterSettings.identities(of: ["root", "ada", "root"])
        == "tradewind \"root\" tradewind\ntradewind \"ada\" tradewind\n")
  }
}
