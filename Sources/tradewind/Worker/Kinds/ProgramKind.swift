import Foundation
import JobQueue
import PostgresClient

/// Kinds that are verbs of the program itself, run as a process of its own: `place`, `calibrate`, `export` and `report`.
///
/// They compute for long and take much memory; in a process of their own they can be stopped at any moment, and take nothing with
/// them. A payload names files of the worker's folder and the flags of the verb, nothing else.
struct ProgramKind {
  /// What a key of the payload becomes.
  enum Argument {
    /// A flag with a text or a number.
    case value(String)
    /// A flag with a file that is there already or will be written.
    case file(String)
    /// A flag repeated for each file of a list.
    case files(String)
    /// A flag without value.
    case flag(String)
  }

  let name: String
  /// The verb and what it always says.
  let words: [String]
  let arguments: [String: Argument]
  let timeout: Duration

  /// All of them.
  static let all = [
    ProgramKind(
      name: "place", words: ["place", "--json", "--quiet"],
      arguments: [
        "instance": .file("--instance"), "format": .value("--format"), "kind": .value("--kind"),
        "p": .value("--p"), "capacity": .value("--capacity"), "reach": .value("--reach"),
        "open": .value("--open"), "close": .value("--close"), "start": .value("--start"),
        "time_limit": .value("--time-limit"), "seed": .value("--seed"),
        "certificate": .file("--certificate"),
      ], timeout: .seconds(3600)),
    ProgramKind(
      name: "calibrate", words: ["calibrate", "--replay", "--json"],
      arguments: [
        "history": .files("--history"), "columns": .file("--columns"),
        "score_from": .value("--score-from"), "service_level": .value("--service-level"),
      ], timeout: .seconds(3600)),
    ProgramKind(
      name: "export", words: ["network", "export", "--quiet"],
      arguments: [
        "out": .file("--out"), "gtfs": .file("--gtfs"), "days": .value("--days"),
        "dimacs": .flag("--dimacs"), "mode": .value("--mode"), "stage": .value("--stage"),
      ], timeout: .seconds(600)),
    ProgramKind(
      name: "report", words: ["report", "on-time", "--json", "--quiet"],
      arguments: ["from": .value("--from"), "through": .value("--through")],
      timeout: .seconds(600)),
  ]

  func register(_ kinds: inout JobKinds, _ desk: Workplace) {
    kinds.registerEach(name, timeout: timeout, limit: .atOnce(1)) { job, control in
      try await Workplace.settling {
        guard let folder = desk.folder else {
          throw JobFault(code: "no_folder", message: "the worker was started without --files")
        }
        let values = try JobText.read(job, as: [String: ProgramValue].self)
        let run = ProgramRun(
          arguments: try words(for: values, in: folder),
          environment: desk.environment(for: job))
        let ended = try await run.run { control.isStopped || control.isCancelled(job) }
        if control.isCancelled(job) { return .cancelled }
        if control.isStopped { return .retry(Setback("stopped", "stopped before it ended")) }
        return ended.outcome
      }
    }
  }

  /// The command line for a payload.
  ///
  /// - Throws: ``JobFault`` for a key that the kind has not, or a value that is none of its.
  func words(for values: [String: ProgramValue], in folder: JobFolder) throws -> [String] {
    var words = self.words
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      guard let argument = arguments[key] else {
        throw JobFault(
          code: "bad_payload",
          message: "\(name) has no \(key.prefix(40)); it has "
            + arguments.keys.sorted().joined(separator: ", "))
      }
      switch (argument, value) {
      // Joined, so that a value that begins with a dash is no flag.
      case (.value(let flag), .text(let text)): words.append("\(flag)=\(text)")
      case (.file(let flag), .text(let text)): words.append("\(flag)=\(try folder.file(text))")
      case (.files(let flag), .list(let names)):
        for name in names { words.append("\(flag)=\(try folder.file(name))") }
      case (.files(let flag), .text(let text)): words.append("\(flag)=\(try folder.file(text))")
      case (.flag(let flag), .flag(let isSet)): if isSet { words.append(flag) }
      default: throw JobFault(code: "bad_payload", message: "\(key) is of another type")
      }
    }
    return words
  }
}

/// A value of such a payload.
enum ProgramValue: Decodable {
  case text(String)
  case list([String])
  case flag(Bool)

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Int64.self) {
      self = .text("\(number)")
    } else if let number = try? container.decode(Double.self) {
      self = .text("\(number)")
    } else {
      self = .list(try container.decode([String].self))
    }
  }
}
