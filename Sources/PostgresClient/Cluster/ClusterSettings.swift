/// How the private server is set up.
enum ClusterSettings {
  /// What the program relies upon, given at each start, so that no edited file takes it away: reachable by one socket only,
  /// nothing acknowledged is lost, and the times of commits are kept, by which a lost `COMMIT` is told.
  static func arguments(socketFolder: String) -> [String] {
    [
      ("listen_addresses", ""), ("port", "\(ClusterLayout.port)"),
      ("unix_socket_directories", quoted(socketFolder)), ("unix_socket_permissions", "0700"),
      ("fsync", "on"), ("synchronous_commit", "on"), ("full_page_writes", "on"),
      ("track_commit_timestamp", "on"),
      // After a crash one call writes everything down, instead of one for each of a thousand files.
      ("recovery_init_sync_method", "syncfs"),
    ].flatMap { ["-c", "\($0.0)=\($0.1)"] }
  }

  /// What a user may change: written once, into `tradewind.conf` beside `postgresql.conf`.
  static func configuration(memory: Int) -> String {
    // An eighth: planners and pages of the operating system live on the same machine.
    let buffers = min(max(memory / 8, 64 << 20), 1 << 30) >> 20
    return """
      # Settings of tradewind's private server, written when it was made; yours to change.
      # The socket and what keeps data safe are given on its command line and win over this file.
      shared_buffers = '\(buffers)MB'
      max_connections = 200
      max_wal_size = '2GB'
      checkpoint_timeout = '15min'
      wal_compression = on
      random_page_cost = 1.1

      # One file for each day of the week, each overwritten a week later. Values of statements are never logged.
      logging_collector = on
      log_directory = 'log'
      log_filename = 'postgresql-%a.log'
      log_rotation_age = '1d'
      log_rotation_size = 0
      log_truncate_on_rotation = on
      log_line_prefix = '%m [%p] %q%a '
      log_lock_waits = on
      log_parameter_max_length = 0
      log_parameter_max_length_on_error = 0

      """
  }

  /// Who may connect: by the socket, who is proven by the kernel to be one of the users named.
  static let hostRules = """
    # Made by tradewind: the users of pg_ident.conf, as the kernel names them, and nobody else.
    local all all peer map=tradewind
    local replication all peer map=tradewind

    """

  /// Root may do anything on its machine; the others are listed.
  static func identities(of users: [String]) -> String {
    var seen: Set<String> = []
    return users.filter { seen.insert($0).inserted }
      .map { "tradewind \"\($0)\" \(ClusterLayout.superuser)\n" }.joined()
  }

  /// A list of folders, of which this is one: commas and quotes in it would part it.
  private static func quoted(_ folder: String) -> String {
    "\"" + folder.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}
