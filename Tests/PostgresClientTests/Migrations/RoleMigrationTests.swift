import TestSupport
import Testing

@testable import PostgresClient

/// `sql/migrations/0001_roles.sql`, on a cluster of its own: roles belong to all databases of one.
@Suite(.needsServer, .serialized, .timeLimit(.minutes(2))) struct RoleMigrationTests {
  /// The shipped first migration, and a table made as later ones make theirs.
  func migrator() throws -> (Migrator, SQLFixture) {
    let shipped = try ScratchPostgres.text(of: SQLFixture.project("migrations/0001_roles.sql"))
    let fixture = SQLFixture([
      "0001_roles.sql": shipped,
      "0002_parcel.sql": """
      SET LOCAL ROLE tradewind_owner;
      CREATE TABLE tradewind.parcel (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text);
      CREATE SEQUENCE tradewind.parcel_number;
      CREATE FUNCTION tradewind.parcels() RETURNS int8 LANGUAGE sql
        AS $$ SELECT count(*) FROM tradewind.parcel $$;
      """,
    ])
    return (try Migrator(folder: fixture.folder), fixture)
  }

  func refused(_ connection: Connection, _ statement: Statement) async -> Bool {
    do {
      try await connection.query(statement)
      return false
    } catch let error as PostgresError {
      return error.sqlState == "42501"
    } catch {
      return false
    }
  }

  @Test func privileges() async throws {
    let cluster = try ScratchPostgres(hostRules: "local all all trust\n")
    defer { cluster.remove() }
    let admin = try await Connection.open(ConnectionSettings(cluster.conninfo()))
    defer { admin.close() }
    let (migrator, _) = try migrator()
    #expect(try await migrator.migrate(on: admin).applied.count == 2)
    try await admin.run(
      script: """
        CREATE ROLE checkout LOGIN IN ROLE tradewind_service;
        CREATE ROLE analyst LOGIN IN ROLE tradewind_read_only;
        CREATE ROLE stranger LOGIN;
        """)
    func open(_ user: String) async throws -> Connection {
      try await .open(ConnectionSettings(cluster.conninfo() + " user=\(user)"))
    }

    let service = try await open("checkout")
    defer { service.close() }
    try await service.query("INSERT INTO tradewind.parcel (name) VALUES ('a'), ('b')")
    try await service.query("UPDATE tradewind.parcel SET name = 'c' WHERE name = 'b'")
    try await service.query("DELETE FROM tradewind.parcel WHERE name = 'a'")
    try await service.query("SELECT nextval('tradewind.parcel_number')")
    #expect(try await service.query("SELECT tradewind.parcels()")[0].decode(Int64.self) == 1)
    #expect(try await migrator.status(on: service).isUsable)
    for statement: Statement in [
      "DROP TABLE tradewind.parcel", "ALTER TABLE tradewind.parcel ADD x int4",
      "TRUNCATE tradewind.parcel", "CREATE TABLE tradewind.own ()", "DROP SCHEMA tradewind CASCADE",
      "CREATE INDEX ON tradewind.parcel (name)", "CREATE SCHEMA other", "CREATE ROLE other",
      "SET ROLE tradewind_owner", "ALTER SEQUENCE tradewind.parcel_number RESTART",
      "INSERT INTO tradewind_history.migration VALUES (9, 'x', sha256('x'))",
      "DELETE FROM tradewind_history.migration", "CREATE TABLE public.own ()",
    ] {
      #expect(await refused(service, statement), "the service may \(statement)")
    }

    let reader = try await open("analyst")
    defer { reader.close() }
    let names = try await reader.query("SELECT name FROM tradewind.parcel").decode(String.self)
    #expect(names == ["c"])
    #expect(try await migrator.status(on: reader).isUsable)
    for statement: Statement in [
      "INSERT INTO tradewind.parcel (name) VALUES ('x')", "UPDATE tradewind.parcel SET name = 'x'",
      "DELETE FROM tradewind.parcel", "TRUNCATE tradewind.parcel", "DROP TABLE tradewind.parcel",
      "SELECT nextval('tradewind.parcel_number')", "CREATE TABLE tradewind.own ()",
      "SELECT name FROM tradewind.parcel FOR UPDATE", "SET ROLE tradewind_service",
    ] {
      #expect(await refused(reader, statement), "the reader may \(statement)")
    }

    let stranger = try await open("stranger")
    defer { stranger.close() }
    #expect(await refused(stranger, "SELECT name FROM tradewind.parcel"))
    #expect(await refused(stranger, "SELECT tradewind.parcels()"))

    #expect(
      try await admin.query(
        "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'tradewind'"
      ).decode(String.self) == ["tradewind_owner"])
  }

  /// Four databases of one new cluster, migrated at the same moment: all want to make the same roles.
  @Test func databasesOfOneCluster() async throws {
    let cluster = try ScratchPostgres()
    defer { cluster.remove() }
    let admin = try await Connection.open(ConnectionSettings(cluster.conninfo()))
    defer { admin.close() }
    let (migrator, _) = try migrator()
    for round in 0..<3 {
      let names = (0..<4).map { "shop\(round)_\($0)" }
      for name in names { try await admin.query(Statement(trusted: "CREATE DATABASE \(name)")) }
      try await withThrowingTaskGroup(of: Int.self) { group in
        for name in names {
          let settings = ConnectionSettings(cluster.conninfo(database: name))
          group.addTask {
            let own = try await Connection.open(settings)
            defer { own.close() }
            return try await migrator.migrate(on: own).applied.count
          }
        }
        for try await count in group { #expect(count == 2) }
      }
      for name in names {
        try await admin.query(Statement(trusted: "DROP DATABASE \(name) WITH (FORCE)"))
      }
      try await admin.run(
        script: "DROP ROLE tradewind_owner, tradewind_service, tradewind_read_only")
    }
  }

  /// An administrator who is no superuser, as on a rented server.
  @Test func administratorWithoutSuperuser() async throws {
    let cluster = try ScratchPostgres(hostRules: "local all all trust\n")
    defer { cluster.remove() }
    let admin = try await Connection.open(ConnectionSettings(cluster.conninfo()))
    defer { admin.close() }
    try await admin.query("CREATE ROLE keeper LOGIN CREATEROLE")
    try await admin.query("CREATE DATABASE rented OWNER keeper")
    let keeper = try await Connection.open(
      ConnectionSettings(cluster.conninfo(database: "rented") + " user=keeper"))
    defer { keeper.close() }
    let (migrator, _) = try migrator()
    #expect(try await migrator.migrate(on: keeper).applied.count == 2)
    #expect(
      try await keeper.query(
        "SELECT tableowner FROM pg_tables WHERE schemaname = 'tradewind'"
      ).decode(String.self) == ["tradewind_owner"])
  }

  /// A role of that name with more power than its rows call for is not taken over.
  @Test func powerfulRoleIsRefused() async throws {
    let cluster = try ScratchPostgres()
    defer { cluster.remove() }
    let admin = try await Connection.open(ConnectionSettings(cluster.conninfo()))
    defer { admin.close() }
    try await admin.query("CREATE ROLE tradewind_service SUPERUSER")
    let (migrator, _) = try migrator()
    let error = await #expect(throws: MigrationError.self) {
      try await migrator.migrate(on: admin)
    }
    #expect(error?.description.contains("tradewind_service may do more") == true)
  }

  /// The shipped migrations are in order, and all but the first act as the owner.
  @Test func shippedMigrations() throws {
    for migration in try Migration.read(SQLFixture.project("migrations")).dropFirst() {
      let first = try SQLScanner.fragments(of: migration.sql).first
      guard case .statement(let statement) = first else { continue }
      #expect(statement.text == "SET LOCAL ROLE tradewind_owner", "\(migration.file)")
    }
  }
}
