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

  private static var executable: String {
    guard let resolved = realpath("/proc/self/exe", nil) else { return "" }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
