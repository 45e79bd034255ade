/// Edges of the rules of the European Union, Great Britain, Turkey and the Eurasian Economic Union;
/// see ``CustomsGolden`` for the form.
extension CustomsGolden {
  static let europe = """
    [eu-a]
    ES CN courier - 2021-06-30 100.00 5.00 EUR 480 1 1 plain -> !duty_rule_missing
    # 100.00 + 5.00 + 0.21 x 105.00 = 22.05
    ES CN courier - 2021-07-01 100.00 5.00 EUR 480 1 1 plain -> eu-a 127.05 G
    # 100.00 + 5.00 + 0.21 x 105.00 = 22.05
    ES CN courier - 2026-06-30 100.00 5.00 EUR 480 1 1 plain -> eu-a 127.05 G
    # 100.00 + 5.00 + 1 x 3 = 3.00 + 0.21 x 108.00 = 22.68
    ES CN courier - 2026-07-01 100.00 5.00 EUR 480 1 1 plain -> eu-b 130.68 G
    # 150.00 + 5.00 + 0.21 x 155.00 = 32.55
    ES CN courier - 2026-06-30 150.00 5.00 EUR 480 1 1 plain -> eu-a 187.55 G
    ES CN courier - 2026-06-30 150.01 5.00 EUR 480 1 1 plain -> !duty_rate_unknown eu-c:
    # 0.00 + 5.00 + 0.21 x 5.00 = 1.05
    ES CN postal - 2026-06-30 0.00 5.00 EUR 480 1 1 plain -> eu-a 6.05 G
    ES DE courier - 2026-06-30 100.00 5.00 EUR 480 1 1 plain -> !duty_rule_missing
    [eu-b]
    # 40.00 + 3.60 + 0.21 x 43.60 = 9.16
    ES CN courier - 2026-06-30 40.00 3.60 EUR 480 2 1 plain -> eu-a 52.76 G
    # 40.00 + 3.60 + 2 x 3 = 6.00 + 0.21 x 49.60 = 10.42
    ES CN courier - 2026-07-01 40.00 3.60 EUR 480 2 1 plain -> eu-b 60.02 G
    # 40.00 + 3.60 + 1 x 3 = 3.00 + 0.21 x 46.60 = 9.79
    ES CN courier ioss 2028-07-01 40.00 3.60 EUR 480 1 1 plain -> eu-b 56.39 G
    ES CN courier - 2028-07-02 40.00 3.60 EUR 480 1 1 plain -> !duty_rule_missing eu-b-after
    # 150.00 + 5.00 + 1 x 3 = 3.00 + 0.21 x 158.00 = 33.18
    ES CN postal - 2028-07-01 150.00 5.00 EUR 480 1 1 plain -> eu-b 191.18 G
    ES CN courier - 2028-07-01 150.01 5.00 EUR 480 1 1 plain -> !duty_rate_unknown eu-c:
    ES CN courier - 2028-07-02 150.00 5.00 EUR 480 1 1 plain -> !duty_rule_missing eu-b-after
    ES CN courier - 2028-07-02 150.01 5.00 EUR 480 1 1 plain -> !duty_rate_unknown eu-c:
    [eu-c]
    ES CN courier - 2021-06-30 150.01 5.00 EUR 480 1 1 tariff10 -> !duty_rule_missing
    # 150.01 + 5.00 + 0.1 x 155.01 = 15.50 + 0.21 x 170.51 = 35.81
    ES CN courier - 2021-07-01 150.01 5.00 EUR 480 1 1 tariff10 -> eu-c 206.32 G
    # 150.01 + 5.00 + 0.1 x 155.01 = 15.50 + 0.21 x 170.51 = 35.81
    ES CN courier - 2040-01-01 150.01 5.00 EUR 480 1 1 tariff10 -> eu-c 206.32 G
    # 150.00 + 5.00 + 0.21 x 155.00 = 32.55
    ES CN courier - 2021-07-01 150.00 5.00 EUR 480 1 1 tariff10 -> eu-a 187.55 G
    [it-a]
    # 100.00 + 5.00 + 0.22 x 105.00 = 23.10
    IT CN courier - 2025-12-31 100.00 5.00 EUR 480 1 1 plain -> eu-a 128.10 G
    # 100.00 + 5.00 + fee 2.00 + 0.22 x 105.00 = 23.10
    IT CN courier - 2026-01-01 100.00 5.00 EUR 480 1 1 plain -> eu-a 130.10 G +it-a
    # 100.00 + 5.00 + 1 consignment: fee 2.00 + 0.22 x 105.00 = 23.10
    IT CN courier - 2026-01-01 100.00 5.00 EUR 480 1 3 plain -> eu-a 130.10 G +it-a
    # 150.00 + 5.00 + 1 x 3 = 3.00 + fee 2.00 + 0.22 x 158.00 = 34.76
    IT CN courier - 2026-07-01 150.00 5.00 EUR 480 1 1 tariff10 -> eu-b 194.76 G +it-a
    # 150.01 + 5.00 + 0.1 x 155.01 = 15.50 + 0.22 x 170.51 = 37.51
    IT CN courier - 2026-07-01 150.01 5.00 EUR 480 1 1 tariff10 -> eu-c 208.02 G
    [ro-a]
    # 100.00 + 5.00 + 0.21 x 105.00 = 22.05
    RO CN courier - 2025-12-31 100.00 5.00 EUR 480 1 1 plain -> eu-a 127.05 G
    # 100.00 + 5.00 + 25 RON / 5 = 5.00 + 0.21 x 105.00 = 22.05
    RO@HU CN courier - 2026-01-01 100.00 5.00 EUR 480 1 1 plain -> eu-a 132.05 G +ro-a
    # 100.00 + 5.00 + 3 x 25 RON / 5 = 15.00 + 0.21 x 105.00 = 22.05
    RO CN courier - 2026-01-01 100.00 5.00 EUR 480 1 3 plain -> eu-a 142.05 G +ro-a
    # 150.00 + 5.00 + 1 x 3 = 3.00 + 25 RON / 5 = 5.00 + 0.21 x 158.00 = 33.18
    RO CN courier - 2026-07-01 150.00 5.00 EUR 480 1 1 tariff10 -> eu-b 196.18 G +ro-a
    # 150.01 + 5.00 + 0.1 x 155.01 = 15.50 + 0.21 x 170.51 = 35.81
    RO CN courier - 2026-07-01 150.01 5.00 EUR 480 1 1 tariff10 -> eu-c 206.32 G
    [fr-a]
    # 100.00 + 5.00 + 0.20 x 105.00 = 21.00
    FR CN courier - 2026-02-28 100.00 5.00 EUR 480 1 1 plain -> eu-a 126.00 G
    # 100.00 + 5.00 + 0.20 x 105.00 = 21.00
    FR CN courier - 2026-03-01 100.00 5.00 EUR 480 1 1 plain -> eu-a 126.00 G ~fr-a
    # 150.00 + 5.00 + 1 x 3 = 3.00 + 0.20 x 158.00 = 31.60
    FR CN courier - 2026-07-01 150.00 5.00 EUR 480 1 1 tariff10 -> eu-b 189.60 G ~fr-a
    # 150.01 + 5.00 + 0.1 x 155.01 = 15.50 + 0.20 x 170.51 = 34.10
    FR CN courier - 2026-07-01 150.01 5.00 EUR 480 1 1 tariff10 -> eu-c 204.61 G
    [gb-a]
    GB CN courier - 2020-12-31 100.00 5.00 GBP 480 1 1 plain -> !duty_rule_missing
    # 100.00 + 5.00 + 0.20 x 105.00 = 21.00
    GB CN courier - 2021-01-01 100.00 5.00 GBP 480 1 1 plain -> gb-a 126.00 G
    # 135.00 + 5.00 + 0.20 x 140.00 = 28.00
    GB CN courier - 2029-03-31 135.00 5.00 GBP 480 1 1 plain -> gb-a 168.00 G
    GB CN courier - 2029-04-01 135.00 5.00 GBP 480 1 1 plain -> !duty_rule_missing gb-a-after
    GB CN courier - 2029-03-31 135.01 5.00 GBP 480 1 1 plain -> !duty_rate_unknown gb-b:
    GB CN courier - 2029-04-01 135.01 5.00 GBP 480 1 1 plain -> !duty_rate_unknown gb-b:
    [gb-b]
    GB CN courier - 2020-12-31 135.01 5.00 GBP 480 1 1 tariff10 -> !duty_rule_missing
    # 135.01 + 5.00 + 0.1 x 140.01 = 14.00 + 0.20 x 154.01 = 30.80
    GB CN courier - 2021-01-01 135.01 5.00 GBP 480 1 1 tariff10 -> gb-b 184.81 G
    # 135.00 + 5.00 + 0.20 x 140.00 = 28.00
    GB CN courier - 2021-01-01 135.00 5.00 GBP 480 1 1 tariff10 -> gb-a 168.00 G
    # 135.01 + 5.00 + 0.1 x 140.01 = 14.00 + 0.20 x 154.01 = 30.80
    GB CN postal - 2040-01-01 135.01 5.00 GBP 480 1 1 tariff10 -> gb-b 184.81 G
    [tr-a]
    TR CN courier - 2024-08-20 25.00 5.00 EUR 480 1 1 plain -> !duty_rule_missing
    # 25.00 + 5.00 + 0.60 x 30.00 = 18.00
    TR CN courier - 2024-08-21 25.00 5.00 EUR 480 1 1 plain -> tr-a 48.00 G
    # 25.00 + 5.00 + 0.60 x 30.00 = 18.00
    TR CN postal - 2026-02-05 25.00 5.00 EUR 480 1 1 plain -> tr-a 48.00 G
    TR CN courier - 2026-02-05 25.01 5.00 EUR 480 1 1 plain -> !duty_rule_missing
    # 25.00 + 5.00 + 0.1 x 30.00 = 3.00 + 0.20 x 33.00 = 6.60
    TR CN courier - 2026-02-06 25.00 5.00 EUR 480 1 1 tariff10 -> tr-b 39.60 D
    TR DE courier - 2024-08-20 25.00 5.00 EUR 480 1 1 plain -> !duty_rule_missing
    # 25.00 + 5.00 + 0.30 x 30.00 = 9.00
    TR DE courier - 2024-08-21 25.00 5.00 EUR 480 1 1 plain -> tr-a-eu 39.00 G
    # 25.00 + 5.00 + 0.30 x 30.00 = 9.00
    TR DE courier - 2026-02-05 25.00 5.00 EUR 480 1 1 plain -> tr-a-eu 39.00 G
    TR DE courier - 2026-02-05 25.01 5.00 EUR 480 1 1 plain -> !duty_rule_missing
    TR DE courier - 2026-02-06 25.00 5.00 EUR 480 1 1 plain -> !duty_rate_unknown tr-b:
    [tr-b]
    # 25.00 + 5.00 + 0.60 x 30.00 = 18.00
    TR CN courier - 2026-02-05 25.00 5.00 EUR 480 1 1 tariff10 -> tr-a 48.00 G
    TR CN courier - 2026-02-06 25.00 5.00 EUR 480 1 1 plain -> !duty_rate_unknown tr-b:
    # 1500.00 + 5.00 + 0.1 x 1505.00 = 150.50 + 0.20 x 1655.50 = 331.10
    TR CN courier - 2026-02-06 1500.00 5.00 EUR 480 1 1 tariff10 -> tr-b 1986.60 D
    TR CN courier - 2026-02-06 1500.01 5.00 EUR 480 1 1 tariff10 -> !duty_rule_missing
    # 100.00 + 5.00 + 0.1 x 105.00 = 10.50 + 0.20 x 115.50 = 23.10
    TR CN courier - 2040-01-01 100.00 5.00 EUR 480 1 1 tariff10 -> tr-b 138.60 D
    [eaeu-a]
    RU CN courier - 2019-12-31 100.00 5.00 EUR 480 1 1 plain -> !duty_rule_missing
    RU CN courier - 2020-01-01 100.00 5.00 EUR 480 1 1 plain -> eaeu-a 105.00 G  # 100.00 + 5.00
    RU CN postal - 2026-06-30 200.00 5.00 EUR 480 1 1 plain -> eaeu-a 205.00 G  # 200.00 + 5.00
    # 200.01 + 5.00 + max(0.15 x 0.01, 2 x 0.48 kg) = 0.96
    RU CN courier - 2026-06-30 200.01 5.00 EUR 480 1 1 plain -> eaeu-a-value 205.97 G
    # 300.00 + 5.00 + max(0.15 x 100.00, 0.96) = 15.00
    RU CN courier - 2026-06-30 300.00 5.00 EUR 480 1 1 plain -> eaeu-a-value 320.00 G
    RU CN courier - 2026-06-30 100.00 5.00 EUR 31000 1 1 plain -> eaeu-a 105.00 G  # 100.00 + 5.00
    # 100.00 + 5.00 + max(0, 2 x 31.001 kg) = 62.00
    RU CN courier - 2026-06-30 100.00 5.00 EUR 31001 1 1 plain -> eaeu-a-weight 167.00 G
    RU CN courier - 2019-12-31 200.01 5.00 EUR 480 1 1 plain -> !duty_rule_missing
    # 200.01 + 5.00 + max(0.15 x 0.01, 2 x 0.48 kg) = 0.96
    RU CN courier - 2020-01-01 200.01 5.00 EUR 480 1 1 plain -> eaeu-a-value 205.97 G
    # 200.01 + 5.00 + max(0.15 x 0.01, 2 x 0.48 kg) = 0.96
    RU CN courier - 2026-06-30 200.01 5.00 EUR 480 1 1 plain -> eaeu-a-value 205.97 G
    RU CN courier - 2019-12-31 200.00 5.00 EUR 31001 1 1 plain -> !duty_rule_missing
    # 200.00 + 5.00 + max(0, 2 x 31.001 kg) = 62.00
    RU CN courier - 2020-01-01 200.00 5.00 EUR 31001 1 1 plain -> eaeu-a-weight 267.00 G
    # 200.01 + 5.00 + max(0.15 x 0.01, 2 x 31.001 kg) = 62.00
    RU CN courier - 2026-06-30 200.01 5.00 EUR 31001 1 1 plain -> eaeu-a-value 267.01 G
    # 200.00 + 5.00 + max(0, 2 x 31.001 kg) = 62.00
    RU CN courier - 2026-06-30 200.00 5.00 EUR 31001 1 1 plain -> eaeu-a-weight 267.00 G
    # 200.00 + 5.00 + 0.22 x 205.00 = 45.10
    RU CN courier - 2026-07-01 200.00 5.00 EUR 31001 1 1 plain -> eaeu-b 250.10 D
    KZ CN courier - 2019-12-31 200.01 5.00 EUR 480 1 1 plain -> !duty_rule_missing
    # 200.01 + 5.00 + max(0.15 x 0.01, 2 x 0.48 kg) = 0.96
    KZ CN courier - 2020-01-01 200.01 5.00 EUR 480 1 1 plain -> eaeu-a-value-kz 205.97 D
    # 200.01 + 5.00 + max(0.15 x 0.01, 2 x 0.48 kg) = 0.96
    KZ CN courier - 2026-06-30 200.01 5.00 EUR 480 1 1 plain -> eaeu-a-value-kz 205.97 D
    KZ CN courier - 2019-12-31 200.00 5.00 EUR 31001 1 1 plain -> !duty_rule_missing
    # 200.00 + 5.00 + max(0, 2 x 31.001 kg) = 62.00
    KZ CN courier - 2020-01-01 200.00 5.00 EUR 31001 1 1 plain -> eaeu-a-weight-kz 267.00 D
    # 200.00 + 5.00 + max(0, 2 x 31.001 kg) = 62.00
    KZ CN courier - 2026-06-30 200.00 5.00 EUR 31001 1 1 plain -> eaeu-a-weight-kz 267.00 D
    KZ CN courier - 2026-06-30 200.00 5.00 EUR 31000 1 1 plain -> eaeu-a 205.00 G  # 200.00 + 5.00
    # 200.01 + 5.00 + max(0.15 x 0.01, 2 x 31.001 kg) = 62.00
    KZ CN courier - 2026-06-30 200.01 5.00 EUR 31001 1 1 plain -> eaeu-a-value-kz 267.01 D
    # 200.00 + 5.00 + 0.12 x 205.00 = 24.60
    KZ CN courier - 2026-07-01 200.00 5.00 EUR 31001 1 1 plain -> eaeu-b 229.60 D
    # 200.01 + 5.00 + max(0.05 x 200.01, 1 x 0.48 kg) = 10.00 + 0.12 x 215.01 = 25.80
    KZ CN courier - 2026-07-01 200.01 5.00 EUR 480 1 1 plain -> eaeu-c 240.81 D
    [eaeu-b]
    RU CN courier - 2026-06-30 100.00 5.00 EUR 480 1 1 plain -> eaeu-a 105.00 G  # 100.00 + 5.00
    # 100.00 + 5.00 + 0.22 x 105.00 = 23.10
    RU CN courier - 2026-07-01 100.00 5.00 EUR 480 1 1 plain -> eaeu-b 128.10 D
    # 100.00 + 5.00 + 0.20 x 105.00 = 21.00
    BY CN courier - 2026-07-01 100.00 5.00 EUR 480 1 1 plain -> eaeu-b 126.00 D
    # 100.00 + 5.00 + 0.12 x 105.00 = 12.60
    KZ CN courier - 2026-07-01 100.00 5.00 EUR 480 1 1 plain -> eaeu-b 117.60 D
    # 100.00 + 5.00 + 0.20 x 105.00 = 21.00
    AM CN courier - 2026-07-01 100.00 5.00 EUR 480 1 1 plain -> eaeu-b 126.00 D
    # 100.00 + 5.00 + 0.12 x 105.00 = 12.60
    KG CN courier - 2026-07-01 100.00 5.00 EUR 480 1 1 plain -> eaeu-b 117.60 D
    # 100.00 + 5.00 + 0.22 x 105.00 = 23.10
    RU CN courier - 2040-01-01 100.00 5.00 EUR 480 1 1 plain -> eaeu-b 128.10 D
    # 200.00 + 5.00 + 0.22 x 205.00 = 45.10
    RU CN courier - 2026-07-01 200.00 5.00 EUR 480 1 1 plain -> eaeu-b 250.10 D
    # 200.01 + 5.00 + max(0.05 x 200.01, 1 x 0.48 kg) = 10.00 + 0.22 x 215.01 = 47.30
    RU CN courier - 2026-07-01 200.01 5.00 EUR 480 1 1 plain -> eaeu-c 262.31 D
    [eaeu-c]
    # 200.01 + 5.00 + max(0.15 x 0.01, 2 x 0.48 kg) = 0.96
    RU CN courier - 2026-06-30 200.01 5.00 EUR 480 1 1 plain -> eaeu-a-value 205.97 G
    # 200.00 + 5.00 + 0.22 x 205.00 = 45.10
    RU CN courier - 2026-07-01 200.00 5.00 EUR 480 1 1 plain -> eaeu-b 250.10 D
    # 200.01 + 5.00 + max(0.05 x 200.01, 1 x 12 kg) = 12.00 + 0.22 x 217.01 = 47.74
    RU CN courier - 2026-07-01 200.01 5.00 EUR 12000 1 1 plain -> eaeu-c 264.75 D
    # 200.01 + 5.00 + max(0.05 x 200.01, 1 x 0.48 kg) = 10.00 + 0.22 x 215.01 = 47.30
    RU CN courier - 2040-01-01 200.01 5.00 EUR 480 1 1 plain -> eaeu-c 262.31 D
    """
}
