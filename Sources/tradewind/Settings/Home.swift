import Glibc

/// Where the shipped `config` lies: `TRADEWIND_HOME`, the working folder, or above the executable.
enum Home {
  /// The folder that holds `config/networks`.
  static let folder: String = {
    if let home = getenv("TRADEWIND_HOME") { return String(cString: home) }
    if InputFiles.isDirectory("config/networks") { return "." }
    var parts = executable.split(separator: "/").dropLast()
    while !parts.isEmpty {
      let folder = "/" + parts.joined(separator: "/")
      if InputFiles.isDirectory(folder + "/config/networks") { return folder }
      parts = parts.dropLast()
    }
    return "."
  }()

  /// A path below the folder.
  static func path(_ relative: String) -> String {
    folder == "." ? relative : folder + "/" + relative
  }

  /// Folder for things that can be made again.
  static func cache(_ setting: String) -> String {
    if !setting.isEmpty { return setting }
    if let cache = getenv("XDG_CACHE_HOME") { return String(cString: cache) + "/tradewind" }
    if let home = getenv("HOME") { return String(cString: home) + "/.cache/tradewind" }
    return "/tmp/tradewind-\(getuid())"
  }

  /// Folder for things that cannot be made again.
  ///
  /// Root's is not in its home, which is closed to the user who runs the server for it.
  ///
  /// - Returns: An absolute path.
  /// - Throws: exit 78 where nobody says where this user's things are.
  static func data(_ setting: String) throws -> String {
    func variable(_ name: String) -> String? {
      getenv(name).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    if setting.hasPrefix("/") { return setting }
    if !setting.isEmpty {
      guard let folder = getcwd(nil, 0) else { throw ExitStatus.configuration }
      defer { free(folder) }
      return String(cString: folder) + "/" + setting
    }
    if let data = variable("XDG_DATA_HOME") { return data + "/tradewind" }
    if geteuid() == 0 { return "/var/lib/tradewind" }
    if let home = variable("HOME") { return home + "/.local/share/tradewind" }
    Streams.complain(
      "error TW-CFG-005: neither HOME nor XDG_DATA_HOME is set; set TRADEWIND_DATA to a folder")
    throw ExitStatus.configuration
  }

  private static var executable: String {
    guard let resolved = realpath("/proc/self/exe", nil) else { return "" }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
