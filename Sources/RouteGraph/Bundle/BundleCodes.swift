/// Finding codes of the network bundle.
///
/// A code never changes its meaning. Faults in the shape of a file or a cell carry the codes of the CSV
/// reader instead (`TW-CSV-...`).
public enum BundleCode {
  /// A file the bundle cannot do without is missing.
  public static let fileMissing = "TW-BND-001"
  /// A file that cannot be read.
  public static let fileUnreadable = "TW-BND-002"
  /// `bundle.json` is not the object it should be.
  public static let manifestMalformed = "TW-BND-003"
  /// An id that holds a blank, comma, quote or control character, or is too long.
  public static let idMalformed = "TW-BND-004"
  /// An id that stands twice.
  public static let idTwice = "TW-BND-005"
  /// A validity range that ends before it begins.
  public static let datesReversed = "TW-BND-006"
  /// A date that does not exist or is not `YYYY-MM-DD`.
  public static let dateImpossible = "TW-BND-007"
  /// A clock time that is not `HH:MM`, or a window that does not open before it closes.
  public static let clockImpossible = "TW-BND-008"
  /// A weekday mask that is not seven characters `0` or `1`.
  public static let weekdaysMalformed = "TW-BND-009"
  /// A zone name the system has no file for.
  public static let timeZoneUnknown = "TW-BND-010"
  /// A calendar nobody defines.
  public static let calendarUnknown = "TW-BND-011"
  /// A schedule nobody defines.
  public static let scheduleUnknown = "TW-BND-012"
  /// A delay law nobody defines.
  public static let lawUnknown = "TW-BND-013"
  /// A date set nobody defines.
  public static let dateSetUnknown = "TW-BND-014"
  /// A rate-card family nobody defines.
  public static let cardUnknown = "TW-BND-015"
  /// A leg from a node to itself.
  public static let legLoop = "TW-BND-016"
  /// A node nobody defines; withdrawn codes name their successor.
  public static let nodeUnknown = "TW-BND-017"
  /// A node that goes by a withdrawn UN/LOCODE.
  public static let codeWithdrawn = "TW-BND-018"
  /// A leg no parcel can use: no goods, no weight, or nothing to board.
  public static let legUnusable = "TW-BND-019"
  /// A leg with nothing to board in the planning window, though it has at other times.
  public static let legOutOfSeason = "TW-BND-020"
  /// A destination zone that no origin reaches.
  public static let zoneUnreachable = "TW-BND-021"
  /// A departure on days that never come: no weekday, or only days that its date set closes.
  public static let departureNever = "TW-BND-022"
  /// Delay weights that do not add up to 1024.
  public static let lawWeights = "TW-BND-023"
  /// A delay or weight that no law can have.
  public static let lawAtom = "TW-BND-024"
  /// A leg on which a later departure can arrive before an earlier one.
  public static let legOvertakes = "TW-BND-025"
  /// A duration that is zero or negative.
  public static let durationNotPositive = "TW-BND-026"
  /// A postal prefix that stands twice.
  public static let prefixTwice = "TW-BND-027"
  /// A date that stands twice in one date set.
  public static let dateTwice = "TW-BND-028"
  /// Rows of one calendar that name different date sets.
  public static let calendarDatesDiffer = "TW-BND-029"
  /// A leg whose kind does not fit what it names: scheduled without schedule, continuous without calendar.
  public static let legIncomplete = "TW-BND-030"
  /// A leg with neither a rate card nor a price paid by another leg, or with both.
  public static let priceBasisContradicts = "TW-BND-031"
  /// A tier that is missing or stands twice.
  public static let tierIncomplete = "TW-BND-032"
  /// A pair of tier and goods class that is missing or stands twice.
  public static let acceptanceIncomplete = "TW-BND-033"
  /// A coordinate that is no number of degrees.
  public static let coordinateMalformed = "TW-BND-034"
  /// A country that is no two-letter code.
  public static let countryMalformed = "TW-BND-035"
  /// A UN/LOCODE not of its form.
  public static let locodeMalformed = "TW-BND-036"
  /// A node that no leg touches.
  public static let nodeIsolated = "TW-BND-037"
  /// A network without any origin.
  public static let originMissing = "TW-BND-038"
  /// A successor that is itself withdrawn, or the code itself.
  public static let successorCircular = "TW-BND-039"
  /// A half day without its closing time, or a closing time on another kind of day.
  public static let halfDayMalformed = "TW-BND-040"
  /// A bundle whose validity does not include today.
  public static let bundleOutOfDate = "TW-BND-041"
}
