import FoundationEssentials
import LogisticsModel

extension BundleManifest {
  /// The object as the file spells it.
  private struct Document: Decodable {
    struct Origin: Decodable {
      var file: String?
      var title: String?
      var licence: String?
      var provenance: String?
    }
    var name: String
    var version: String
    var currency: String
    var valid_from: String?
    var valid_to: String?
    var sources: [Origin]?
  }

  /// Reads `bundle.json`; every fault is reported, and nil returned when there is any.
  static func parse(_ bytes: [UInt8], file: String, findings: inout [Finding]) -> BundleManifest? {
    var faults: [Finding] = []
    func report(_ code: String, _ message: String) {
      faults.append(Finding(code: code, file: file, message: message))
    }
    defer { findings += faults }
    let document: Document
    do {
      document = try JSONDecoder().decode(Document.self, from: Data(bytes))
    } catch let DecodingError.keyNotFound(key, _) {
      report(BundleCode.manifestMalformed, "\"\(key.stringValue)\" is missing")
      return nil
    } catch let DecodingError.typeMismatch(_, context) {
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      report(BundleCode.manifestMalformed, "\"\(path)\" is not of its type")
      return nil
    } catch {
      report(BundleCode.manifestMalformed, "not a JSON object")
      return nil
    }
    func date(_ text: String?, _ key: String) -> CivilDate? {
      guard let text, !text.isEmpty else { return nil }
      if let date = CivilDate(iso: text) { return date }
      report(
        BundleCode.dateImpossible, "\(key) \"\(text.prefix(40))\" is no date of the form YYYY-MM-DD"
      )
      return nil
    }
    for (key, value) in [("name", document.name), ("version", document.version)]
    where !RowId.isWellFormed(value) {
      report(BundleCode.idMalformed, "\(key) \"\(value.prefix(40))\" is no free word")
    }
    if document.currency.utf8.count != 3
      || !document.currency.utf8.allSatisfy({ (0x41...0x5A).contains($0) })
    {
      report(
        BundleCode.manifestMalformed,
        "currency \"\(document.currency.prefix(40))\" is not three capital letters")
    }
    let from = date(document.valid_from, "valid_from")
    let to = date(document.valid_to, "valid_to")
    if let from, let to, to < from {
      report(BundleCode.datesReversed, "valid_to \(to) is before valid_from \(from)")
    }
    guard faults.isEmpty else { return nil }
    return BundleManifest(
      name: document.name, version: document.version, currency: document.currency, validFrom: from,
      validTo: to,
      sources: (document.sources ?? []).map {
        Source(
          file: $0.file ?? "", title: $0.title ?? "", licence: $0.licence ?? "",
          provenance: $0.provenance ?? "")
      })
  }
}
