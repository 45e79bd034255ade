import Foundation
import Glibc
import TestSupport
import Testing

/// `tradewind db` with real servers, each below a folder of its own.
@Suite(
  .enabled(if: ScratchPostgres.programs != nil, "no PostgreSQL server is installed"), .serialized,
  .timeLimit(.minutes(3)))
struct DatabaseCommandTests {
  /// A folder for a private server, which is stopped when the test is over.
  final class Place {
    let folder: ScratchFolder
    var variables: [String: String] { ["TRADEWIND_DATA": folder.path + "/data"] }

    init() throws {
      folder = try ScratchFolder()
      // Root's server runs as another user, who must get in.
      chmod(folder.path, 0o711)
    }

    deinit { _ = try? Tradewind.run(["db", "stop"], environment: variables) }

    func run(_ arguments: [String], _ more: [String: String] = [:]) throws -> Tradewind.Outcome {
      try Tradewind.run(
        ["db"] + arguments, environment: variables.merging(more) { $1 })
    }

    func document(_ arguments: [String], _ more: [String: String] = [:]) throws -> [String: Any] {
      let outcome = try run(arguments + ["--json"], more)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let value = try JSONSerialization.jsonObject(with: Data(outcome.out.utf8))
      return try #require(value as? [String: Any])
    }
  }

  @Test("start, migrate, status, url and stop with nothing configured")
  func firstRun() throws {
    let place = try Place()
    let nothing = try place.run(["status"])
    #expect(nothing.status == 69 && nothing.out.contains("absent"))
    let noURL = try place.run(["url"])
    #expect(noURL.status == 69 && noURL.errors.contains("TW-CLI-081"))

    let start = try place.document(["start"])
    #expect(start["state"] as? String == "started")
    let again = try place.document(["start"])
    #expect(again["state"] as? String == "running")
    #expect(again["pid"] as? Int == start["pid"] as? Int)

    let before = try place.document(["status"])
    let pending = try #require(before["migrations"] as? [String: Any])
    #expect(pending["usable"] as? Bool == false && pending["applied"] as? Int == 0)
    let migrate = try place.document(["migrate"])
    let applied = try #require(migrate["applied"] as? [[String: Any]])
    #expect(applied.first?["migration"] as? String == "0001_roles")
    #expect(applied.count == migrate["total"] as? Int)
    let second = try place.run(["migrate"])
    #expect(second.status == 0 && second.out.hasPrefix("up to date: "))
    let after = try place.document(["status"])
    #expect((after["migrations"] as? [String: Any])?["usable"] as? Bool == true)

    let url = try place.run(["url"]).out.trimmingCharacters(in: .newlines)
    #expect(url == start["url"] as? String)
    // What it prints is a connection string for any command, and any program.
    let named = try place.document(["status", "--database", url])
    #expect(named["origin"] as? String == "--database" && named["state"] as? String == "running")

    let stop = try place.document(["stop"])
    #expect(stop["was_running"] as? Bool == true)
    #expect(try place.document(["stop"])["was_running"] as? Bool == false)
    #expect(try place.run(["status"]).status == 69)
  }

  @Test("on the private server the store is used by who may change no table")
  func serviceRole() throws {
    let place = try Place()
    let programs = try #require(ScratchPostgres.programs)
    func list() throws -> Tradewind.Outcome {
      try Tradewind.run(["shipment", "list", "--quiet"], environment: place.variables)
    }
    #expect(try list().status == 0)
    let url = try place.run(["url"]).out.trimmingCharacters(in: .newlines)
    // What the owner could still do, this role cannot.
    let revoke = Process()
    revoke.executableURL = URL(fileURLWithPath: programs + "/psql")
    revoke.arguments = [
      "-qX", "-v", "ON_ERROR_STOP=1", "-c",
      "REVOKE SELECT ON tradewind.shipment FROM tradewind_service", url,
    ]
    try revoke.run()
    revoke.waitUntilExit()
    #expect(revoke.terminationStatus == 0)
    let refused = try list()
    #expect(refused.status != 0 && refused.errors.contains("42501"), "\(refused.errors)")
  }

  /// Started on demand, by a shell that is killed with all its group: the server stays.
  @Test("the server survives kill -9 of whoever started it")
  func survives() throws {
    let place = try Place()
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = [
      "-c", "sleep 600 & \"$0\" db migrate && echo done > \"$1\"; wait",
      Tradewind.binary, place.folder.path + "/done",
    ]
    shell.currentDirectoryURL = URL(fileURLWithPath: Fixtures.root(above: #filePath))
    shell.environment = Tradewind.environment.merging(place.variables) { $1 }
    shell.standardOutput = FileHandle.nullDevice
    shell.standardError = FileHandle.nullDevice
    try shell.run()
    var waited = 0
    while !FileManager.default.fileExists(atPath: place.folder.path + "/done"), waited < 6000 {
      usleep(10_000)
      waited += 1
    }
    let before = try place.document(["status"])
    // Its group holds the shell and a bystander; it would hold the server, had that no session of its own.
    #expect(kill(-shell.processIdentifier, SIGKILL) == 0)
    shell.waitUntilExit()
    #expect(shell.terminationReason == .uncaughtSignal)
    let after = try place.document(["status"])
    #expect(after["pid"] as? Int == before["pid"] as? Int)
    #expect(after["state"] as? String == "running")
  }

  @Test("several processes start it at once")
  func concurrentStarts() async throws {
    let place = try Place()
    let variables = place.variables
    let outcomes = try await withThrowingTaskGroup(of: (Int32, String).self) { group in
      for _ in 0..<4 {
        group.addTask {
          try await withCheckedThrowingContinuation { continuation in
            startDetached {
              continuation.resume(
                with: Result {
                  let outcome = try Tradewind.run(["db", "migrate"], environment: variables)
                  return (outcome.status, outcome.out)
                })
            }
          }
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.map(\.0) == [0, 0, 0, 0])
    #expect(outcomes.count { $0.1.hasPrefix("applied 0001_roles") } == 1)
  }

  /// Root in a container may not look into another user's process: not at its program, nor its folder.
  @Test("the server is known without the right to look into it", .enabled(if: geteuid() == 0))
  func withoutPtrace() throws {
    let place = try Place()
    let start = try place.document(["start"])
    let kept = [
      "chown", "dac_override", "fowner", "fsetid", "kill", "setgid", "setuid", "setpcap",
      "net_bind_service", "net_raw", "sys_chroot", "mknod", "audit_write", "setfcap",
    ]
    let log = place.folder.path + "/out"
    func confined(_ arguments: [String]) throws -> String {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
      process.arguments =
        ["--bounding-set=-all," + kept.map { "+" + $0 }.joined(separator: ","), "--inh-caps=-all"]
        + [Tradewind.binary, "db"] + arguments
      process.currentDirectoryURL = URL(fileURLWithPath: Fixtures.root(above: #filePath))
      process.environment = Tradewind.environment.merging(place.variables) { $1 }
      try Data().write(to: URL(fileURLWithPath: log))
      process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
      try process.run()
      process.waitUntilExit()
      return try Fixtures.text(log)
    }
    let pid = try #require(start["pid"] as? Int)
    #expect(try confined(["start"]).hasPrefix("running, process \(pid):"))
    #expect(try confined(["stop"]) == "stopped\n")
    #expect(try confined(["start"]).hasPrefix("started, process "))
    #expect(try confined(["status"]).hasPrefix("state       running"))
  }

  @Test("a folder that tradewind did not make is left alone")
  func foreignFolder() throws {
    let place = try Place()
    let own = place.folder.path + "/data/postgres"
    try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
    try place.folder.write("data/postgres/PG_VERSION", "15\n")
    for verb in ["start", "stop", "migrate", "status"] {
      let outcome = try place.run([verb])
      #expect(outcome.status == 78 && outcome.errors.contains("error TW-CLU-002"), "\(verb)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: own) == ["PG_VERSION"])
  }

  /// Flag, TRADEWIND_DATABASE_URL, libpq's variables, file, private server: each wins over those behind it.
  @Test("who names the server")
  func precedence() throws {
    let place = try Place()
    let config = try place.folder.write("t.toml", "database = \"host=from.file sslmode=require\"\n")
    func origin(_ arguments: [String], _ variables: [String: String]) throws -> String {
      let answer = try place.document(["url", "--config", config] + arguments, variables)
      return "\(answer["origin"] ?? "") \(answer["url"] ?? "")"
    }
    let libpq = ["PGHOST": "from.libpq", "PGUSER": "ada"]
    let all = libpq.merging(["TRADEWIND_DATABASE_URL": "postgresql://ada:secret@from.url/x"]) { $1 }
    #expect(
      try origin(["--database", "host=from.flag user=ada dbname=x"], all)
        == "--database postgresql://ada@/x?host=from.flag&port=5432")
    #expect(
      try origin([], all) == "TRADEWIND_DATABASE_URL postgresql://ada@/x?host=from.url&port=5432")
    #expect(try origin([], libpq) == "PGHOST postgresql://ada@/ada?host=from.libpq&port=5432")
    #expect(try origin([], [:]).hasSuffix("host=from.file&port=5432&sslmode=require"))
    let doctor = try Tradewind.run(["doctor"] + Tradewind.demo, environment: all)
    let line = doctor.out.split(separator: "\n").first { $0.contains("  database ") } ?? ""
    #expect(line.contains("from.url") && line.hasSuffix("TRADEWIND_DATABASE_URL"))
    #expect(!doctor.out.contains("secret"))
  }

  @Test("servers that cannot be had, each with a code and a status of its own")
  func unavailable() throws {
    let place = try Place()
    func outcome(_ conninfo: String) throws -> (Int32, String) {
      let outcome = try place.run(["migrate", "--database", conninfo])
      return (outcome.status, String(outcome.errors.prefix(16)))
    }
    #expect(try outcome("host=/no/such/folder") == (69, "error TW-PG-002:"))
    #expect(try outcome("host=db.example sslmode=require") == (78, "error TW-PG-004:"))
    #expect(try outcome("postgresql://%zz") == (78, "error TW-PG-005:"))
    if geteuid() == 0 {
      // A folder of root's own: the server runs as another user, who cannot get in.
      let own = try ScratchFolder()
      chmod(own.path, 0o700)
      let data = own.path + "/never-made"
      let closed = try place.run(["start"], ["TRADEWIND_DATA": data])
      #expect(closed.status == 78 && closed.errors.contains("TW-CLU-004"))
      #expect(!FileManager.default.fileExists(atPath: data))
    }
  }
}
