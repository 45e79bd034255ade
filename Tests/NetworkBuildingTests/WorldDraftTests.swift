import Testing

@testable import NetworkBuilding

@Suite struct WorldDraftTests {
  @Test(arguments: [
    ("Xi’an", "xian"), ("Ürümqi", "urumqi"), ("Hong Kong", "hong-kong"), ("Sé", "se"),
    ("Ho Chi Minh City", "ho-chi-minh-city"), ("Ḩalwān", "halwan"),
  ]) func slugs(name: String, slug: String) {
    #expect(WorldDraft.slug(name) == slug)
  }

  @Test func spreadDependsOnTheTextOnly() {
    #expect(WorldDraft.spread("", over: 7) == Int(UInt32(2_166_136_261) % 7))
    #expect((0..<8).contains(WorldDraft.spread("air-PVG-FRA", over: 8)))
  }
}
