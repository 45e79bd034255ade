import CLibPQ
import Glibc
import Synchronization

/// A connection of libpq, used by one thread at a time: whoever holds the lock around it.
///
/// Bounds relied on: the pointer is freed once, by `finish` or at the end, and not used after; results are taken over by
/// `ResultMemory`; buffers live for the call they are passed to, and libpq copies what it keeps.
struct ServerLink: ~Copyable, @unchecked Sendable {
  private var pointer: OpaquePointer?
  private let notices: NoticeBox
  let descriptor: Int32
  let processID: Int32
  /// What a request to stop is addressed with.
  let cancelKey: CancelKey?

  /// Takes over a connection that stands.
  init(owning pointer: OpaquePointer, onNotice: (@Sendable (PostgresError.Report) -> Void)?) {
    self.pointer = pointer
    descriptor = PQsocket(pointer)
    processID = PQbackendPID(pointer)
    cancelKey = PQgetCancel(pointer).map(CancelKey.init)
    let notices = NoticeBox(handler: onNotice)
    self.notices = notices
    PQsetNoticeReceiver(
      pointer,
      { context, result in
        guard let context, let result else { return }
        Unmanaged<NoticeBox>.fromOpaque(context).takeUnretainedValue()
          .received(ServerLink.report(of: result))
      }, Unmanaged.passUnretained(notices).toOpaque())
  }

  deinit { if let pointer { PQfinish(pointer) } }

  /// Says goodbye and closes the socket.
  mutating func finish() {
    if let pointer { PQfinish(pointer) }
    pointer = nil
  }

  var isFinished: Bool { pointer == nil }

  /// Whether a transaction is open.
  var transactionStatus: TransactionStatus {
    guard let pointer else { return .unknown }
    return switch PQtransactionStatus(pointer) {
    case PQTRANS_IDLE: .idle
    case PQTRANS_ACTIVE: .active
    case PQTRANS_INTRANS: .open
    case PQTRANS_INERROR: .failed
    default: .unknown
    }
  }

  /// What the server says of one of its reported settings, such as `server_version`.
  func parameter(_ name: String) -> String? {
    pointer.flatMap { PQparameterStatus($0, name) }.map { String(cString: $0) }
  }

  // MARK: Sending

  /// Queues any number of statements in text form.
  func sendScript(_ sql: String) -> Bool {
    guard let pointer else { return false }
    return PQsendQuery(pointer, sql) == 1
  }

  /// Queues the preparation of a statement.
  func sendPrepare(name: String, sql: String, _ parameters: Parameters) -> Bool {
    guard let pointer else { return false }
    let types = parameters.slots.map(\.type.rawValue)
    return PQsendPrepare(pointer, name, sql, Int32(types.count), types) == 1
  }

  /// Queues a statement by the name it was prepared under.
  func send(preparedAs name: String, _ parameters: Parameters) -> Bool {
    send(sql: "", preparedAs: name, parameters)
  }

  /// Queues a statement by its text.
  func send(sql: String, _ parameters: Parameters) -> Bool {
    send(sql: sql, preparedAs: nil, parameters)
  }

  private func send(sql: String, preparedAs name: String?, _ parameters: Parameters) -> Bool {
    guard let pointer else { return false }
    let count = parameters.count
    guard count > 0 else {
      return name.map { PQsendQueryPrepared(pointer, $0, 0, nil, nil, nil, 1) == 1 }
        ?? (PQsendQueryParams(pointer, sql, 0, nil, nil, nil, nil, 1) == 1)
    }
    return withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) {
      values in
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: count * 3) { numbers in
        parameters.withBase { base in
          for (index, slot) in parameters.slots.enumerated() {
            values.initializeElement(at: index, to: slot.length < 0 ? nil : base + slot.start)
            numbers.initializeElement(at: index, to: Int32(Swift.max(0, slot.length)))
            numbers.initializeElement(at: count + index, to: 1)
            numbers.initializeElement(
              at: count * 2 + index, to: Int32(bitPattern: slot.type.rawValue))
          }
          guard let lengths = numbers.baseAddress else { return false }
          let formats = lengths + count
          if let name {
            return PQsendQueryPrepared(
              pointer, name, Int32(count), values.baseAddress, lengths, formats, 1) == 1
          }
          return (lengths + count * 2).withMemoryRebound(to: Oid.self, capacity: count) { types in
            PQsendQueryParams(
              pointer, sql, Int32(count), types, values.baseAddress, lengths, formats, 1) == 1
          }
        }
      }
    }
  }

  /// Rows of the statement just queued come one by one.
  func setRowByRow() -> Bool { pointer.map { PQsetSingleRowMode($0) == 1 } ?? false }

  func enterPipeline() -> Bool { pointer.map { PQenterPipelineMode($0) == 1 } ?? false }
  func exitPipeline() -> Bool { pointer.map { PQexitPipelineMode($0) == 1 } ?? false }
  func syncPipeline() -> Bool { pointer.map { PQpipelineSync($0) == 1 } ?? false }

  /// Queues bytes of a copy.
  func putCopy(_ bytes: [UInt8]) -> Bool {
    guard let pointer else { return false }
    return bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return true }
      return PQputCopyData(pointer, base.assumingMemoryBound(to: CChar.self), Int32(buffer.count))
        == 1
    }
  }

  /// Queues the end of a copy; with a reason, the server drops all of it.
  func endCopy(aborting reason: String?) -> Bool {
    pointer.map { PQputCopyEnd($0, reason) == 1 } ?? false
  }

  /// Sends what the socket takes.
  ///
  /// - Returns: Whether something is left; nil if the connection failed.
  func flush() -> Bool? {
    guard let pointer else { return nil }
    let status = PQflush(pointer)
    return status < 0 ? nil : status == 1
  }

  // MARK: Receiving

  /// Takes what the socket has; false if the connection has ended.
  func consume() -> Bool { pointer.map { PQconsumeInput($0) == 1 } ?? false }

  /// Whether the next answer is not complete yet.
  var isBusy: Bool { pointer.map { PQisBusy($0) != 0 } ?? true }

  /// The next answer.
  ///
  /// Ask only when not busy, or this blocks.
  func nextReply() -> SessionMachine<ResultSet>.Reply {
    guard let pointer, let result = PQgetResult(pointer) else {
      let status = transactionStatus
      return .end(inTransaction: status == .open || status == .failed)
    }
    let status = PQresultStatus(result)
    switch status {
    case PGRES_COMMAND_OK, PGRES_EMPTY_QUERY, PGRES_TUPLES_OK:
      return .result(ResultSet(memory: ResultMemory(owning: result)))
    case PGRES_SINGLE_TUPLE:
      return .row(ResultSet(memory: ResultMemory(owning: result)))
    default: break
    }
    defer { PQclear(result) }
    switch status {
    case PGRES_COPY_IN: return .copyIn
    case PGRES_COPY_OUT: return .copyOut
    case PGRES_PIPELINE_SYNC: return .sync
    case PGRES_PIPELINE_ABORTED: return .aborted
    default:
      let report = Self.report(of: result)
      return .failure(
        report.sqlState.rawValue.isEmpty
          ? PostgresError(.connectionLost, report.message) : PostgresError(report))
    }
  }

  /// One message of a copy.
  enum CopyPiece {
    case bytes([UInt8])
    case later
    case end
  }

  /// The next message of a copy, if it has come.
  func nextCopyPiece() -> CopyPiece {
    guard let pointer else { return .end }
    var buffer: UnsafeMutablePointer<CChar>?
    let count = PQgetCopyData(pointer, &buffer, 1)
    defer { PQfreemem(buffer) }
    guard count > 0 else { return count == 0 ? .later : .end }
    return .bytes(Array(UnsafeRawBufferPointer(start: buffer, count: Int(count))))
  }

  /// Notifications that came with other answers.
  func takeNotifications() -> [Notification] {
    guard let pointer else { return [] }
    var all: [Notification] = []
    while let notify = PQnotifies(pointer) {
      all.append(
        Notification(
          channel: String(cString: notify.pointee.relname),
          payload: String(cString: notify.pointee.extra), senderProcessID: notify.pointee.be_pid))
      PQfreemem(notify)
    }
    return all
  }

  /// The error to report when the connection has ended: the server's last words, or libpq's.
  func lastWords() -> PostgresError {
    if let report = notices.lastFatal { return PostgresError(report, code: .connectionLost) }
    let text = pointer.flatMap { PQerrorMessage($0) }.map { String(cString: $0) } ?? ""
    let line = text.split(whereSeparator: \.isNewline).joined(separator: "; ")
    return PostgresError(.connectionLost, line.isEmpty ? "the connection has ended" : line)
  }

  private static func report(of result: OpaquePointer) -> PostgresError.Report {
    func field(_ code: Character) -> String? {
      PQresultErrorField(result, Int32(code.asciiValue ?? 0)).map { String(cString: $0) }
    }
    var report = PostgresError.Report(
      sqlState: SQLState(rawValue: field("C") ?? ""),
      severity: field("V") ?? "ERROR",
      message: field("M") ?? PQresultErrorMessage(result).map { String(cString: $0) } ?? "")
    report.detail = field("D")
    report.hint = field("H")
    report.context = field("W")
    report.schema = field("s")
    report.table = field("t")
    report.column = field("c")
    report.constraint = field("n")
    report.dataType = field("d")
    report.position = field("P").flatMap { Int($0) }
    report.sourceFunction = field("R")
    return report
  }
}

extension Parameters {
  /// Lends the bytes of all values.
  ///
  /// Bound relied on: slots lie within the buffer.
  func withBase<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    // An empty value must not look like null, so there is always an address.
    guard byteCount > 0 else { return "".withCString(body) }
    return buffer.bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return "".withCString(body) }
      return body(base.assumingMemoryBound(to: CChar.self))
    }
  }
}

/// Keeps what the server says unasked.
private final class NoticeBox: Sendable {
  private let handler: (@Sendable (PostgresError.Report) -> Void)?
  private let fatal = Mutex<PostgresError.Report?>(nil)

  init(handler: (@Sendable (PostgresError.Report) -> Void)?) { self.handler = handler }

  /// What the server said before it closed the connection.
  var lastFatal: PostgresError.Report? { fatal.withLock { $0 } }

  func received(_ report: PostgresError.Report) {
    if report.severity == "FATAL" || report.severity == "PANIC" {
      fatal.withLock { $0 = report }
    }
    handler?(report)
  }
}

/// Where a request to stop is sent, which libpq allows from any thread.
final class CancelKey: @unchecked Sendable {
  private let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) { self.pointer = pointer }

  deinit { PQfreeCancel(pointer) }

  /// Connects to the server, names its process and waits until it has been signalled; blocks.
  func send() {
    var message = [CChar](repeating: 0, count: 256)
    _ = PQcancel(pointer, &message, Int32(message.count))
  }
}
