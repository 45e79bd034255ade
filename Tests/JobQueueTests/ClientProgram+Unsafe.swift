import Glibc

/// Runs a program of somebody else's.
///
/// Bound relied on: argument arrays end with a null pointer and live for the call.
enum ClientProgram {
  struct Failure: Error {}

  /// The system's own interpreter has the system's own packages.
  static let python = access("/usr/bin/python3", X_OK) == 0 ? "/usr/bin/python3" : "python3"

  static let hasPsycopg = (try? run([python, "-c", "import psycopg"]))?.status == 0

  static func file(_ text: String) throws -> String {
    var template = Array("/tmp/twjq-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw Failure() }
    defer { close(descriptor) }
    _ = text.utf8CString.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count - 1) }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Its standard output, and how it ended.
  static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let path = try file("")
    defer { unlink(path) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, path, O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var pid: pid_t = 0
    guard posix_spawnp(&pid, arguments[0], &actions, nil, &pointers, environ) == 0 else {
      throw Failure()
    }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    guard let output = fopen(path, "r") else { throw Failure() }
    defer { fclose(output) }
    var bytes: [UInt8] = []
    var byte = fgetc(output)
    while byte != EOF {
      bytes.append(UInt8(truncatingIfNeeded: byte))
      byte = fgetc(output)
    }
    return (status & 0x7F == 0 ? (status >> 8) & 0xFF : -1, String(decoding: bytes, as: UTF8.self))
  }
}
