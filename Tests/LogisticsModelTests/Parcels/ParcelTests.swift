import LogisticsModel
import Testing

@Suite struct ParcelTests {
  @Test func volumetricWeightIsExactAndRoundedUp() throws {
    let parcel = Parcel(weight: Grams(480), dimensions: try Dimensions("40x30x20cm"))
    // 24,000 cm3 / 6000 = 4 kg; / 12000 = 2 kg; / 5000 = 4.8 kg; 24,000,000 mm3 / 7000 = 3428.57 g.
    #expect(parcel.volumetricWeight(divisor: 6000) == Grams(4000))
    #expect(parcel.volumetricWeight(divisor: 12_000) == Grams(2000))
    #expect(parcel.volumetricWeight(divisor: 5000) == Grams(4800))
    #expect(parcel.volumetricWeight(divisor: 7000) == Grams(3429))
  }

  @Test func withoutSizeThereIsNoVolumetricWeight() {
    #expect(Parcel(weight: Grams(1)).volumetricWeight(divisor: 6000) == nil)
  }
}
