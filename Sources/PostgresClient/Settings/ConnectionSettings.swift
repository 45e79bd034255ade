/// How to reach a server: libpq's own connection string, and what this client adds to it.
///
/// Whatever the string leaves out comes from where libpq looks: the service file, `PG*` variables, `pgpass`, its defaults.
/// Nothing here parses the string; libpq does.
public struct ConnectionSettings: Sendable {
  /// A URI or `key=value` string; several hosts and `target_session_attrs` are welcome.
  ///
  /// Empty: all from the environment.
  public var conninfo: String
  /// What the server shows beside the connection, such as `tradewind/worker/17`; one in the string or environment wins.
  public var applicationName: String
  /// The server ends statements that take longer; nil leaves it to the server's setting.
  public var statementTimeout: Duration?
  /// The server ends statements that wait longer for a lock.
  public var lockTimeout: Duration?
  /// The server ends connections that hold a transaction open for longer without doing anything.
  public var idleInTransactionTimeout: Duration?
  /// Most statements kept prepared on a connection; 0 behind a pooler that hands servers on between transactions.
  public var preparedStatements: Int
  /// Says aloud that a host beyond this machine may be reached without proof that it is the right one
  /// (`sslmode` below `verify-full`).
  ///
  /// Whoever sits between can then read and change everything.
  public var allowsUnverifiedHosts: Bool
  /// How long a cancelled statement may take to stop before the connection is given up.
  public var cancelPatience: Duration
  /// The server plans a prepared statement once, whatever its values.
  ///
  /// For statements of which one plan only is sane, such as those that take arrays.
  public var plansOnce = false
  /// A task that alone waits for a result looks out for it for some microseconds before it suspends.
  ///
  /// Saves two changes of threads where the server is near and quick; see ``BusyPolling`` for when it is left alone.
  public var pollsBriefly = true
  /// Server settings for the session, such as `enable_seqscan`: names and values without spaces.
  public var serverOptions: [String: String] = [:]

  /// Settings for a connection string.
  public init(
    _ conninfo: String = "", applicationName: String = "tradewind",
    statementTimeout: Duration? = nil, lockTimeout: Duration? = nil,
    idleInTransactionTimeout: Duration? = nil, preparedStatements: Int = 100,
    allowsUnverifiedHosts: Bool = false, cancelPatience: Duration = .seconds(2)
  ) {
    self.conninfo = conninfo
    self.applicationName = applicationName
    self.statementTimeout = statementTimeout
    self.lockTimeout = lockTimeout
    self.idleInTransactionTimeout = idleInTransactionTimeout
    self.preparedStatements = preparedStatements
    self.allowsUnverifiedHosts = allowsUnverifiedHosts
    self.cancelPatience = cancelPatience
  }

  /// The keywords to connect with, given what libpq takes from the string, the service file and the environment.
  ///
  /// Defaults are added only where nobody chose otherwise. UTF-8 is not a choice: texts are decoded as such.
  func keywords(given effective: [String: String]) -> [(String, String)] {
    var keywords = [("dbname", conninfo)]
    func addDefault(_ key: String, _ value: String) {
      if effective[key, default: ""].isEmpty { keywords.append((key, value)) }
    }
    addDefault("application_name", applicationName)
    addDefault("connect_timeout", "5")
    // A cut network is noticed within fifteen seconds instead of the kernel's quarter of an hour.
    addDefault("tcp_user_timeout", "10000")
    addDefault("keepalives_idle", "5")
    addDefault("keepalives_interval", "3")
    addDefault("keepalives_count", "3")
    let timeouts = [
      ("statement_timeout", statementTimeout), ("lock_timeout", lockTimeout),
      ("idle_in_transaction_session_timeout", idleInTransactionTimeout),
    ].compactMap { setting in setting.1.map { "-c \(setting.0)=\($0.milliseconds)" } }
    let plans =
      (plansOnce ? ["-c plan_cache_mode=force_generic_plan"] : [])
      + serverOptions.sorted { $0.key < $1.key }.map { "-c \($0.key)=\($0.value)" }
    if !timeouts.isEmpty || !plans.isEmpty {
      let standing = effective["options", default: ""]
      keywords.append(
        ("options", ([standing] + timeouts + plans).filter { !$0.isEmpty }.joined(separator: " ")))
    }
    keywords.append(("client_encoding", "UTF8"))
    return keywords
  }
}

extension Duration {
  /// Whole milliseconds, at least one for anything above nothing.
  var milliseconds: Int64 {
    let whole = components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    return whole == 0 && self > .zero ? 1 : whole
  }
}
