import Foundation
import Fulfilment
import JobQueue
import PostgresClient

/// A payload that a job cannot be done from: another attempt would end the same way.
struct JobFault: Error {
  /// Stable, such as `bad_payload`.
  let code: String
  /// What is wrong, and with which value.
  let message: String

  /// As the queue keeps it.
  var outcome: Outcome { .failed(Setback(code, message)) }
}

/// Payloads and results as JSON.
enum JobText {
  /// Reads a payload.
  ///
  /// - Throws: ``JobFault`` naming the key that is missing or of another type.
  static func read<Payload: Decodable>(_ job: Job, as type: Payload.Type) throws -> Payload {
    do {
      return try JSONDecoder().decode(type, from: Data(job.payload.text.utf8))
    } catch let error as DecodingError {
      throw JobFault(code: "bad_payload", message: JobText.message(of: error))
    }
  }

  private static func message(of error: DecodingError) -> String {
    func path(_ context: DecodingError.Context) -> String {
      context.codingPath.map(\.stringValue).joined(separator: ".")
    }
    return switch error {
    case .keyNotFound(let key, let context):
      "\(path(context).isEmpty ? "" : path(context) + ".")\(key.stringValue) is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "\(path(context)): \(context.debugDescription)"
    case .dataCorrupted(let context): "\(path(context)): \(context.debugDescription)"
    @unknown default: "\(error)"
    }
  }
}
