import LogisticsModel

extension BundleManifest {
  /// Reads `bundle.json`; every fault is reported, and nil returned when there is any.
  static func parse(_ bytes: [UInt8], file: String, findings: inout [Finding]) -> BundleManifest? {
    let members: [String: JSONValue]
    do throws(JSONValue.Fault) {
      guard case .object(let found) = try JSONValue.parse(bytes) else {
        throw JSONValue.Fault(line: 1, message: "the manifest is no JSON object")
      }
      members = found
    } catch {
      findings.append(
        Finding(
          code: BundleCode.manifestMalformed, file: file, line: error.line, message: error.message))
      return nil
    }
    var reader = ManifestReader(file: file, members: members)
    let manifest = reader.manifest()
    findings += reader.findings
    return reader.findings.isEmpty ? manifest : nil
  }
}

/// Takes the members of the manifest apart, collecting every fault.
private struct ManifestReader {
  let file: String
  let members: [String: JSONValue]
  var findings: [Finding] = []

  init(file: String, members: [String: JSONValue]) {
    self.file = file
    self.members = members
  }

  private mutating func report(_ code: String, _ message: String) {
    findings.append(Finding(code: code, file: file, message: message))
  }

  mutating func manifest() -> BundleManifest {
    let name = word("name")
    let version = word("version")
    let currency = string("currency")
    if let currency, !currency.isEmpty,
      currency.utf8.count != 3 || !currency.utf8.allSatisfy({ (0x41...0x5A).contains($0) })
    {
      report(
        BundleCode.manifestMalformed,
        "currency \"\(currency.prefix(40))\" is not three capital letters")
    }
    let from = date("valid_from")
    let to = date("valid_to")
    if let from, let to, to < from {
      report(BundleCode.datesReversed, "valid_to \(to) is before valid_from \(from)")
    }
    return BundleManifest(
      name: name ?? "", version: version ?? "", currency: currency ?? "", validFrom: from,
      validTo: to, sources: sources())
  }

  /// A string that must be there.
  private mutating func string(_ key: String) -> String? {
    switch members[key] {
    case .string(let text)? where !text.isEmpty: return text
    case .string?: report(BundleCode.manifestMalformed, "\"\(key)\" is empty")
    case nil, .null?: report(BundleCode.manifestMalformed, "\"\(key)\" is missing")
    default: report(BundleCode.manifestMalformed, "\"\(key)\" is no string")
    }
    return nil
  }

  private mutating func word(_ key: String) -> String? {
    guard let text = string(key) else { return nil }
    if !RowId.isWellFormed(text) {
      report(BundleCode.idMalformed, "\(key) \"\(text.prefix(40))\" is no free word")
    }
    return text
  }

  /// A date, or nil where there is none.
  private mutating func date(_ key: String) -> CivilDate? {
    switch members[key] {
    case nil, .null?, .string("")?: return nil
    case .string(let text)?:
      if let date = CivilDate(iso: text) { return date }
      report(
        BundleCode.dateImpossible,
        "\(key) \"\(text.prefix(40))\" is no date of the form YYYY-MM-DD")
    default: report(BundleCode.manifestMalformed, "\"\(key)\" is no string")
    }
    return nil
  }

  private mutating func sources() -> [BundleManifest.Source] {
    guard let value = members["sources"], value != .null else { return [] }
    guard case .array(let elements) = value else {
      report(BundleCode.manifestMalformed, "\"sources\" is no list")
      return []
    }
    return elements.compactMap { element in
      guard case .object(let members) = element else { return nil }
      func text(_ key: String) -> String {
        if case .string(let text)? = members[key] { return text }
        return ""
      }
      return BundleManifest.Source(
        file: text("file"), title: text("title"), licence: text("licence"),
        provenance: text("provenance"))
    }
  }
}
