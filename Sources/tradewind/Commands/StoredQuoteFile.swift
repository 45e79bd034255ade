import Fulfilment
import RouteGraph

/// A file of quotes: one JSON value, or one a line; lines that hold an error instead of a quote are passed over.
struct StoredQuoteFile {
  private(set) var quotes: [StoredQuote] = []
  /// Lines that could not be read, each complained of.
  private(set) var faults = 0

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - greatestLegs: most legs of a replacement.
  /// - Throws: an exit status where there is no file or no quote in it, having said so.
  init(_ path: String, greatestLegs: Int) throws {
    let bytes = try InputFiles.read(path)
    if let whole = try? JSONValue.parse(bytes) {
      read(whole, at: "\(path):1", greatestLegs)
    } else {
      var number = 0
      for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
        number += 1
        guard line.contains(where: { $0 > 0x20 }) else { continue }
        do throws(JSONValue.Fault) {
          read(try JSONValue.parse(Array(line)), at: "\(path):\(number)", greatestLegs)
        } catch {
          faults += 1
          Streams.complain(
            "\(path):\(number): error \(RequestFault.storedQuote): no JSON: \(error.message)")
          // A value over many lines would complain of every one.
          break
        }
      }
    }
    if quotes.isEmpty, faults == 0 {
      Streams.complain("error \(RequestFault.storedQuote): \(path) holds no quote")
      throw ExitStatus.data
    }
  }

  private mutating func read(_ value: JSONValue, at place: String, _ greatestLegs: Int) {
    if case .object(let members) = value, members["error"] != nil, members["quote"] == nil {
      return
    }
    do throws(RequestFault) {
      quotes.append(try StoredQuote(value, greatestLegs: greatestLegs))
    } catch {
      faults += 1
      Streams.complain("\(place): \(error.description)")
    }
  }
}
