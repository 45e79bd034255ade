/// Refuses hosts beyond this machine whose identity nobody checks.
enum HostPolicy {
  /// The first host that is neither on this machine nor proven by its certificate; nil if there is none.
  ///
  /// - Parameter effective: What libpq takes from string, service file and environment.
  /// - Returns: The name or address.
  static func unverifiedHost(in effective: [String: String]) -> String? {
    guard effective["sslmode"] != "verify-full" else { return nil }
    let hosts = list(effective["host"])
    let addresses = list(effective["hostaddr"])
    // An address says where the bytes go; the name beside it is only what the certificate must say.
    let targets = addresses.indices.map { index in
      addresses[index].isEmpty && hosts.indices.contains(index) ? hosts[index] : addresses[index]
    }
    return (targets.isEmpty ? hosts : targets).first { !isOnThisMachine($0) }
  }

  /// Whether a host is a socket folder, an abstract socket or a loopback address.
  static func isOnThisMachine(_ host: String) -> Bool {
    guard let first = host.first else { return true }
    if first == "/" || first == "@" { return true }
    if host.lowercased() == "localhost" || host == "::1" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  private static func list(_ value: String?) -> [String] {
    guard let value, !value.isEmpty else { return [] }
    return value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }
}
