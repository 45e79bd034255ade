internal import CZlib
public import LogisticsModel

/// Unpacks gzip (RFC 1952), for tables that are kept packed.
///
/// Bounds relied on: zlib is handed what is left of the two buffers and their lengths, and writes no further. Its
/// state stays at one address, since zlib keeps that.
public enum GzipText {
  /// Unpacked bytes at most.
  static let mostBytes = 1 << 29

  private struct Fault: Error {
    let text: String
  }

  /// A packed text that cannot be unpacked.
  public struct Broken: Error, Hashable, Sendable {
    /// What is wrong with which file.
    public let finding: Finding
  }

  /// The bytes as they are, or unpacked where they begin as gzip does.
  ///
  /// Several packed texts one after another give one text; what follows them and is none is left out.
  /// - Throws: a finding where the packed text is broken.
  /// - Complexity: O(bytes), packed and unpacked.
  public static func unpacked(_ bytes: [UInt8], file: String) throws(Broken) -> [UInt8] {
    guard isPacked(bytes[...]) else { return bytes }
    do throws(Fault) {
      return try inflated(bytes)
    } catch {
      throw Broken(finding: Finding(code: CSVCode.packed, file: file, message: error.text))
    }
  }

  private static func isPacked(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.count > 2 && bytes.starts(with: [0x1F, 0x8B])
  }

  private static func inflated(_ bytes: [UInt8]) throws(Fault) -> [UInt8] {
    guard bytes.count < 1 << 31 else { throw Fault(text: "the packed text is too long") }
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    // 16 beyond the window's bits asks for a gzip header and for its checksum.
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(stream, MAX_WBITS + 16, ZLIB_VERSION, size) == Z_OK else {
      throw Fault(text: "there is no memory to unpack the text")
    }
    defer { inflateEnd(stream) }
    var out = [UInt8](repeating: 0, count: expected(bytes))
    var (taken, filled) = (0, 0)
    while true {
      if filled == out.count {
        guard filled < mostBytes else { throw Fault(text: "the packed text is too long") }
        out += [UInt8](repeating: 0, count: min(max(filled, 4096), mostBytes - filled))
      }
      let room = out.count - filled
      let code = bytes.withUnsafeBufferPointer { packed in
        out.withUnsafeMutableBufferPointer { plain in
          stream.pointee.next_in = packed.baseAddress.map {
            UnsafeMutablePointer(mutating: $0 + taken)
          }
          stream.pointee.avail_in = UInt32(packed.count - taken)
          stream.pointee.next_out = plain.baseAddress.map { $0 + filled }
          stream.pointee.avail_out = UInt32(room)
          return inflate(stream, Z_NO_FLUSH)
        }
      }
      taken = bytes.count - Int(stream.pointee.avail_in)
      filled += room - Int(stream.pointee.avail_out)
      switch code {
      case Z_STREAM_END:
        guard isPacked(bytes[taken...]), inflateReset(stream) == Z_OK else {
          out.removeLast(out.count - filled)
          return out
        }
      case Z_OK, Z_BUF_ERROR:
        // With room left, it is the packed text that came to its end.
        guard filled == out.count else { throw Fault(text: "the packed text ends too soon") }
      default:
        let said = stream.pointee.msg.map { String(cString: $0) } ?? "code \(code)"
        throw Fault(text: "the packed text is broken: \(said)")
      }
    }
  }

  /// As many bytes as the packed text says it has, as far as that can be.
  private static func expected(_ bytes: [UInt8]) -> Int {
    let said = bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    // Deflation packs no more than 1032 bytes into one; one more shows the end without another turn.
    return min(max(said, 64) + 1, bytes.count * 1032, mostBytes)
  }
}
