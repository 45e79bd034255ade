extension ConnectionSettings {
  /// Where this would connect to, whoever named it: string, service file or environment; without password.
  ///
  /// Good for another program's connection string, which finds the password where this one does. Nothing is connected.
  ///
  /// - Returns: A URI.
  /// - Throws: `PostgresError` with code `badConninfo`.
  public func address() throws(PostgresError) -> String {
    let effective = try Conninfo.effectiveOptions(of: conninfo)
    func value(_ key: String) -> String? { effective[key].flatMap { $0.isEmpty ? nil : $0 } }
    func encoded(_ text: String) -> String { ClusterLayout.encoded(text) }
    let user = value("user").map { encoded($0) + "@" } ?? ""
    let database = value("dbname").map(encoded) ?? ""
    // Those that say where, and how it is made sure to be the right place.
    let rest = ["host", "hostaddr", "port", "sslmode", "sslrootcert"].compactMap { key in
      value(key).map { "\(key)=\(encoded($0))" }
    }.filter { $0 != "sslmode=prefer" }
    return "postgresql://\(user)/\(database)" + (rest.isEmpty ? "" : "?")
      + rest.joined(separator: "&")
  }
}
