public import LogisticsModel

/// The seam for duty, VAT and national fees, which make freight a landed price.
///
/// Nothing conforms to it yet.
///
/// What a conformance must know that freight does not: the planned clearance window (the rule is chosen by the
/// clearance date, not the quote date; a window that straddles a change has two answers), order lines with HS6
/// headings (the EU flat duty counts distinct headings of a consignment), and the value basis (intrinsic, FOB,
/// CIF: freight may be part of the dutiable value). "Unknown after this date" is a legal state and a refusal.
public protocol ImportCharging: Sendable {
  /// What the order is: lines with HS6 code, quantity and value, importer, Incoterm.
  associatedtype Consignment: Sendable
  /// The answer: lines that add up exactly, the rules used, and whether it can be guaranteed.
  associatedtype Assessment: Sendable

  /// Charges for goods that clear on a date, with the freight they came with.
  func assessment(
    of consignment: Consignment, freight: Money, clearingOn date: CivilDate
  ) -> Result<Assessment, Refusal>
}
