/// How blocks lie in memory and in a file: little-endian, every part at a multiple of its element's size.
///
/// A *segment* holds the blocks of one origin for the ready minutes of one day. Its sections:
///
///     rows          Int64 pairs: first and last ready minute of each row, ascending
///     index         UInt32 by destination class: offset of its block in units of 8 bytes; `absent`: none
///     blocks        the blocks, each at a multiple of 8
///     path-starts   UInt32: first element of each path's legs, one more than there are paths
///     path-legs     Int32: legs from the origin to the tail of the last leg
///     emissions     Int64 by path: milligrams of CO2e per gram over its legs
///     signature-of  UInt16 by path: position of what it is charged among the signatures
///     signatures    UInt16: how many classes each has, then so many for each: charge classes plus one, 0 behind the
///                   last; each list of classes once
///     clearances    UInt64: when and where paths clear customs (``PathClearance``), each way once
///     clearance-of  UInt16, path after path, by row: position among them
///
/// A block begins with the offset of each row (UInt32, from the block's start). A row, at an even place, is
///
///     n, flags      UInt16, UInt8 (bit 0: open, so that the last part stands there; bit 1: it has lists)
///     lists         UInt8: number of lists, 0 without
///     list          UInt8 by cell of ``Shortlisting``: which list is the cell's   } only with lists
///     bits          whole bytes of each list, one bit for each candidate          }
///     gap           none, or one byte to an even place                           }
///     candidates    14 bytes each: path, the path's signature (UInt16 each), last leg, high (UInt8 each), and the
///                   promise of each stored level (UInt16): low bits of the minutes since the segment's start; `high`
///                   has two more bits of each, the first level in the lowest
///     from          UInt16 x n: minutes of the segment before which a candidate is boarded too late
///
/// Candidates are in the order of ``LawOrder``, by which ties are settled.
enum BlockLayout {
  /// Raised whenever a section changes its meaning, or the code that fills it does.
  static let version: UInt64 = 6
  static let absent = UInt32.max
  static let rowHeaderSize = 4
  static let candidateSize = 14
  /// Minutes from a segment's start that a promise can hold.
  static let greatestPromise: Int32 = 1 << 18 - 1
  static let greatestPaths = 1 << 16 - 1
  /// Milligrams per gram of a path: times the weight of any parcel it stays far from overflow.
  static let greatestEmission: Int64 = 1 << 40
  static let isOpen: UInt8 = 1
  static let hasLists: UInt8 = 2
  /// Charge classes that two bytes number, one number standing for none.
  static let greatestChargeCount = 1 << 16 - 1
  /// Charge classes of one path that can be told.
  static let greatestWidth = 64

  /// Number of sections.
  static let sectionCount = 10

  static let rows = "rows"
  static let index = "index"
  static let blocks = "blocks"
  static let pathStarts = "path-starts"
  static let pathLegs = "path-legs"
  static let emissions = "emissions"
  static let signatureOf = "signature-of"
  static let signatures = "signatures"
  static let clearances = "clearances"
  static let clearanceOf = "clearance-of"
}
