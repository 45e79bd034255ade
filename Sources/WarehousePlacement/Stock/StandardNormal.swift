/// The standard normal law as two tables, so that stock figures are the same on every machine.
///
/// Values at every twentieth from 0 to 4, straight lines between: wrong by at most 0.0003 in a probability.
public enum StandardNormal {
  /// Thousandths between two rows.
  private static let step: Int64 = 50

  /// P(Z <= z) in millionths.
  private static let below: [Int64] = [
    500_000, 519_939, 539_828, 559_618, 579_260, 598_706, 617_911, 636_831, 655_422, 673_645,
    691_462, 708_840, 725_747, 742_154, 758_036, 773_373, 788_145, 802_337, 815_940, 828_944,
    841_345, 853_141, 864_334, 874_928, 884_930, 894_350, 903_200, 911_492, 919_243, 926_471,
    933_193, 939_429, 945_201, 950_529, 955_435, 959_941, 964_070, 967_843, 971_283, 974_412,
    977_250, 979_818, 982_136, 984_222, 986_097, 987_776, 989_276, 990_613, 991_802, 992_857,
    993_790, 994_614, 995_339, 995_975, 996_533, 997_020, 997_445, 997_814, 998_134, 998_411,
    998_650, 998_856, 999_032, 999_184, 999_313, 999_423, 999_517, 999_596, 999_663, 999_720,
    999_767, 999_807, 999_841, 999_869, 999_892, 999_912, 999_928, 999_941, 999_952, 999_961,
    999_968,
  ]

  /// E[max(0, Z - z)] in millionths: what is short on average.
  private static let short: [Int64] = [
    398_942, 374_441, 350_935, 328_422, 306_895, 286_345, 266_761, 248_131, 230_439, 213_667,
    197_797, 182_806, 168_673, 155_372, 142_879, 131_167, 120_207, 109_972, 100_431, 91_556,
    83_315, 75_680, 68_620, 62_104, 56_102, 50_587, 45_528, 40_898, 36_668, 32_813,
    29_307, 26_124, 23_242, 20_637, 18_288, 16_174, 14_276, 12_575, 11_054, 9_698,
    8_491, 7_418, 6_468, 5_628, 4_887, 4_235, 3_662, 3_159, 2_720, 2_337,
    2_004, 1_715, 1_464, 1_247, 1_060, 899, 761, 643, 542, 455,
    382, 320, 267, 223, 185, 154, 127, 105, 87, 71,
    58, 48, 39, 32, 26, 21, 17, 14, 11, 9,
    7,
  ]

  /// The z with P(Z <= z) = `probability`, both in their small units: millionths in, thousandths out.
  ///
  /// Ends at 4 and -4.
  public static func quantile(millionths probability: Int64) -> Int64 {
    if probability < 500_000 { return -quantile(millionths: 1_000_000 - probability) }
    guard let row = below.firstIndex(where: { $0 >= probability }) else {
      return step * Int64(below.count - 1)
    }
    guard row > 0 else { return 0 }
    let (low, high) = (below[row - 1], below[row])
    return step * Int64(row - 1) + (step * (probability - low) + (high - low) / 2) / (high - low)
  }

  /// What is short on average, in millionths of a deviation, where stock exceeds the mean by z thousandths of one.
  public static func expectedShortage(thousandths z: Int64) -> Int64 {
    // E[(Z - z)+] = E[(Z + z)+] - z.
    if z < 0 { return expectedShortage(thousandths: -z) - z * 1000 }
    let row = Int(z / step)
    guard row + 1 < short.count else { return 0 }
    let part = z - step * Int64(row)
    return short[row] - (short[row] - short[row + 1]) * part / step
  }

  /// What is left on average, in millionths of a deviation, where stock exceeds the mean by z thousandths of one.
  public static func expectedLeftover(thousandths z: Int64) -> Int64 {
    expectedShortage(thousandths: z) + z * 1000
  }
}
