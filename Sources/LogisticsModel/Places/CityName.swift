/// City names compared as people type them: case, accents and punctuation do not matter.
public enum CityName {
  /// The key two spellings of one city share: `São Paulo`, `sao paulo` and `SAO-PAULO` are `saopaulo`.
  ///
  /// Latin letters lose their accents; other scripts only their case.
  public static func key(_ name: some StringProtocol) -> String {
    var key = ""
    for scalar in name.unicodeScalars {
      // Lower case first: the small letter of İ is i with an accent of its own, which is then dropped.
      for lower in scalar.properties.lowercaseMapping.unicodeScalars {
        switch lower.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .modifierLetter,
          .decimalNumber:
          key += plain[lower] ?? String(lower)
        default: continue  // blanks, punctuation, combining accents
        }
      }
    }
    return key
  }

  /// Latin letters with accents and what they are without.
  private static let plain: [Unicode.Scalar: String] = {
    let groups: [(String, String)] = [
      ("a", "àáâãäåāăąǎạảấầẩẫậắằẳẵặə"), ("c", "çćĉċč"), ("d", "ďđðḑḍ"), ("e", "èéêëēĕėęěẹẻẽếềểễệ"),
      ("g", "ĝğġģ"), ("h", "ĥħḩḥ"), ("i", "ìíîïĩīĭįıỉị"), ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľŀł"),
      ("n", "ñńņňŋ"), ("o", "òóôõöøōŏőơọỏốồổỗộớờởỡợ"), ("r", "ŕŗř"), ("s", "śŝşšșṣ"),
      ("t", "ţťŧțṭ"), ("u", "ùúûüũūŭůűųưụủứừửữự"), ("w", "ŵ"), ("y", "ýÿŷỳỵỷỹ"), ("z", "źżžẓ"),
      ("ss", "ß"), ("ae", "æ"), ("oe", "œ"), ("th", "þ"),
    ]
    var table: [Unicode.Scalar: String] = [:]
    for (letter, accented) in groups {
      for scalar in accented.unicodeScalars { table[scalar] = letter }
    }
    return table
  }()
}
