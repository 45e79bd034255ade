import Testing

@testable import PostgresClient

@Suite struct HostPolicyTests {
  @Test(arguments: [
    "", "/run/postgresql", "@abstract", "localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1",
  ])
  func here(_ host: String) { #expect(HostPolicy.isOnThisMachine(host)) }

  @Test(arguments: [
    "db", "10.0.0.1", "128.0.0.1", "127.0.0.1.example.com", "127.0.0", "localhost.example.com",
    "::2",
  ])
  func elsewhere(_ host: String) { #expect(!HostPolicy.isOnThisMachine(host)) }

  @Test func lists() {
    #expect(HostPolicy.unverifiedHost(in: [:]) == nil)
    #expect(HostPolicy.unverifiedHost(in: ["host": "/tmp,db"]) == "db")
    #expect(HostPolicy.unverifiedHost(in: ["host": "db", "sslmode": "require"]) == "db")
    #expect(HostPolicy.unverifiedHost(in: ["host": "db", "sslmode": "verify-ca"]) == "db")
    #expect(HostPolicy.unverifiedHost(in: ["host": "db", "sslmode": "verify-full"]) == nil)
    // The address says where the bytes go.
    #expect(HostPolicy.unverifiedHost(in: ["host": "db", "hostaddr": "127.0.0.1"]) == nil)
    #expect(
      HostPolicy.unverifiedHost(in: ["host": "localhost", "hostaddr": "10.0.0.1"]) == "10.0.0.1")
    #expect(HostPolicy.unverifiedHost(in: ["host": "a,b", "hostaddr": "127.0.0.1,"]) == "b")
  }
}

/// What libpq takes from a string, asked of libpq itself.
@Suite struct ConninfoTests {
  @Test func uriAndKeywords() throws {
    let uri = try Conninfo.effectiveOptions(
      of: "postgresql://me:secret@a:1,b:2/base?target_session_attrs=read-write&sslmode=verify-full")
    #expect(uri["host"] == "a,b")
    #expect(uri["port"] == "1,2")
    #expect(uri["dbname"] == "base")
    #expect(uri["password"] == nil, "never read, so never printed")
    #expect(HostPolicy.unverifiedHost(in: uri) == nil)
    let keywords = try Conninfo.effectiveOptions(of: "host=/tmp dbname=x connect_timeout=9")
    #expect(keywords["connect_timeout"] == "9")
    let name = try Conninfo.effectiveOptions(of: "base")
    #expect(name["dbname"] == "base")
  }

  /// The message does not quote the string: it may hold a password.
  @Test(arguments: ["postgresql://me:secret@[", "host=a secret", "sekret=1"])
  func notUnderstood(_ text: String) {
    let error = #expect(throws: PostgresError.self) { try Conninfo.effectiveOptions(of: text) }
    #expect(error?.code == .badConninfo)
    #expect(error.map { "\($0)".contains("secret") || "\($0)".contains("sekret") } == false)
  }

  @Test func defaultsGiveWay() throws {
    var settings = ConnectionSettings("dbname=x")
    settings.statementTimeout = .seconds(3)
    settings.lockTimeout = .microseconds(1)
    func value(_ key: String, _ effective: [String: String]) -> String? {
      settings.keywords(given: effective).last { $0.0 == key }?.1
    }
    #expect(value("connect_timeout", [:]) == "5")
    #expect(value("connect_timeout", ["connect_timeout": "30"]) == nil)
    #expect(value("application_name", ["application_name": "mine"]) == nil)
    #expect(value("options", [:]) == "-c statement_timeout=3000 -c lock_timeout=1")
    #expect(
      value("options", ["options": "-c a=b"])
        == "-c a=b -c statement_timeout=3000 -c lock_timeout=1")
    settings.plansOnce = true
    #expect(
      value("options", [:])
        == "-c statement_timeout=3000 -c lock_timeout=1 -c plan_cache_mode=force_generic_plan")
    #expect(value("client_encoding", ["client_encoding": "LATIN1"]) == "UTF8")
    #expect(value("dbname", [:]) == "dbname=x", "libpq reads the string itself")
  }

  @Test func refused() async throws {
    let error = await #expect(throws: PostgresError.self) {
      try await Connection.open(ConnectionSettings("host=db.example.com"))
    }
    #expect(error?.code == .unverifiedHost)
    #expect(error?.message.contains("sslmode is prefer") == true)
  }

  /// Said aloud it is tried; nobody listens on that port of this machine's second loopback address.
  @Test func saidAloud() async throws {
    var settings = ConnectionSettings("host=unverified.example.com hostaddr=127.0.0.2 port=1")
    settings.allowsUnverifiedHosts = true
    let error = await #expect(throws: PostgresError.self) { try await Connection.open(settings) }
    #expect(error?.code == .cannotConnect)
    #expect(error?.errorClass == .reconnect)
  }
}
