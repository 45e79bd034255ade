import Testing

@testable import PostgresClient

@Suite struct ClusterMachineTests {
  let marker = ClusterMarker(identity: "0123456789abcdef0123456789abcdef")
  let layout = ClusterLayout(folder: "/d")

  func machine(_ goal: ClusterMachine.Goal) -> ClusterMachine {
    ClusterMachine(goal: goal, layout: layout, patience: .seconds(60))
  }

  /// A machine with version 15, and what the change makes of it.
  func facts(_ change: (inout ClusterFacts) -> Void = { _ in }) -> ClusterFacts {
    var facts = ClusterFacts()
    facts.programs = [15: "/pg15", 14: "/pg14"]
    change(&facts)
    return facts
  }

  func made(_ change: (inout ClusterFacts) -> Void = { _ in }) -> ClusterFacts {
    facts {
      $0.folder = .marked(marker)
      $0.data = .marked(marker, major: 15)
      change(&$0)
    }
  }

  func code(_ step: ClusterMachine.Step) -> ClusterError.Code? {
    if case .refuse(let error) = step { error.code } else { nil }
  }

  @Test func fromNothing() {
    var machine = machine(.running)
    #expect(machine.step(facts(), at: .zero) == .prepare)
    #expect(machine.step(facts { $0.folder = .empty }, at: .zero) == .prepare)
    #expect(
      machine.step(facts { $0.folder = .marked(marker) }, at: .zero) == .make(programs: "/pg15"))
    #expect(machine.step(made(), at: .zero) == .start(programs: "/pg15"))
    #expect(machine.step(made { $0.child = .running }, at: .seconds(1)) == .wait)
    #expect(
      machine.step(made { ($0.child, $0.server) = (.running, .starting(7)) }, at: .seconds(2))
        == .wait)
    #expect(
      machine.step(made { ($0.child, $0.server) = (.running, .ready(7)) }, at: .seconds(3))
        == .finish(7))
  }

  /// The programs of its own version, not the newest.
  @Test func ownVersion() {
    var machine = machine(.running)
    let older = made { $0.data = .marked(marker, major: 14) }
    #expect(machine.step(older, at: .zero) == .start(programs: "/pg14"))
    let gone = made { $0.data = .marked(marker, major: 13) }
    let step = machine.step(gone, at: .zero)
    #expect(code(step) == .otherVersion)
    if case .refuse(let error) = step {
      #expect(error.message.contains("PostgreSQL 13; installed: 14, 15"))
    }
    // One that runs is used whatever is installed by now.
    #expect(
      machine.step(made { ($0.server, $0.programs) = (.ready(7), [:]) }, at: .zero) == .finish(7))
  }

  @Test func brokenOffInTheMaking() {
    var machine = machine(.running)
    #expect(
      machine.step(
        facts { ($0.folder, $0.hasUnfinished) = (.marked(marker), true) }, at: .zero) == .clear)
    #expect(machine.step(made { $0.hasUnfinished = true }, at: .zero) == .clear)
  }

  @Test func refusals() {
    func refusal(_ facts: ClusterFacts, _ goal: ClusterMachine.Goal = .running) -> String? {
      var machine = machine(goal)
      return code(machine.step(facts, at: .zero))?.rawValue
    }
    let other = ClusterMarker(identity: "ffffffffffffffffffffffffffffffff")
    #expect(refusal(facts { $0.programs = [:] }) == "TW-CLU-001")
    #expect(refusal(facts { $0.folder = .foreign("PG_VERSION") }) == "TW-CLU-002")
    #expect(refusal(facts { $0.folder = .foreign("PG_VERSION") }, .stopped) == "TW-CLU-002")
    #expect(refusal(made { $0.data = .foreign }) == "TW-CLU-002")
    #expect(refusal(made { $0.data = .marked(other, major: 15) }) == "TW-CLU-002")
    // Not even a server that runs there is touched.
    #expect(
      refusal(made { ($0.data, $0.server) = (.marked(other, major: 15), .ready(7)) }, .stopped)
        == "TW-CLU-002")
    #expect(refusal(facts { $0.folder = .ofOther(1000) }) == "TW-CLU-003")
    #expect(refusal(facts { $0.closedParent = "/root" }) == "TW-CLU-004")
    #expect(refusal(facts { $0.user = .none }) == "TW-CLU-010")
  }

  @Test func crashedServer() {
    var machine = machine(.running)
    let crashed = made { $0.server = .crashed }
    let ended = made { ($0.server, $0.child) = (.crashed, .ended) }
    #expect(machine.step(crashed, at: .zero) == .start(programs: "/pg15"))
    // Its children are still there, and the new server ends at once: again a moment later, for five seconds.
    #expect(machine.step(ended, at: .milliseconds(100)) == .wait)
    #expect(machine.step(ended, at: .milliseconds(250)) == .start(programs: "/pg15"))
    #expect(machine.step(ended, at: .milliseconds(300)) == .wait)
    #expect(code(machine.step(ended, at: .seconds(5))) == .cannotStart)
  }

  /// A server that does not start though none crashed has something wrong with it.
  @Test func failingServer() {
    var machine = machine(.running)
    #expect(machine.step(made(), at: .zero) == .start(programs: "/pg15"))
    #expect(
      code(machine.step(made { $0.child = .ended }, at: .milliseconds(50))) == .cannotStart)
  }

  @Test func numberGivenAway() {
    var machine = machine(.running)
    #expect(machine.step(made { $0.server = .impostor }, at: .zero) == .forget)
    #expect(machine.step(made(), at: .zero) == .start(programs: "/pg15"))
  }

  @Test func stopping() {
    var machine = machine(.stopped)
    #expect(machine.step(made { $0.server = .ready(7) }, at: .zero) == .stop(7))
    #expect(machine.step(made { $0.server = .ready(7) }, at: .zero) == .wait)
    #expect(machine.step(made { $0.server = .stopping(7) }, at: .seconds(1)) == .wait)
    #expect(machine.step(made(), at: .seconds(2)) == .finish(nil))
    for server in [ClusterFacts.Server.none, .crashed, .impostor] {
      var machine = self.machine(.stopped)
      #expect(machine.step(made { $0.server = server }, at: .zero) == .finish(nil))
    }
    var idle = self.machine(.stopped)
    #expect(idle.step(facts(), at: .zero) == .finish(nil))
  }

  @Test func patience() {
    var up = machine(.running)
    #expect(up.step(made { $0.server = .starting(7) }, at: .seconds(59)) == .wait)
    #expect(code(up.step(made { $0.server = .starting(7) }, at: .seconds(60))) == .slow)
    var down = machine(.stopped)
    #expect(code(down.step(made { $0.server = .stopping(7) }, at: .seconds(60))) == .slow)
  }
}
