/// Edges of the rules of the Americas, Thailand, Japan and Australia;
/// see ``CustomsGolden`` for the form.
extension CustomsGolden {
  static let overseas = """
    [us-a]
    US-TX CN courier - 2016-03-09 100.00 5.00 USD 480 1 1 plain -> !duty_rule_missing
    # 100.00 + 5.00 + 0.0625 x 105.00 = 6.56
    US-TX CN courier - 2016-03-10 100.00 5.00 USD 480 1 1 plain -> us-a 111.56 D
    # 100.00 + 5.00 + 0.0625 x 105.00 = 6.56
    US-TX HK postal - 2025-05-01 100.00 5.00 USD 480 1 1 plain -> us-a 111.56 D
    US-TX CN courier - 2025-05-02 100.00 5.00 USD 480 1 1 plain -> !duty_rate_unknown us-b:
    US-TX VN courier - 2025-05-01 100.00 5.00 USD 480 1 1 plain -> !duty_rule_missing
    # 800.00 + 5.00 + 0.0625 x 805.00 = 50.31
    US-TX CN courier - 2025-05-01 800.00 5.00 USD 480 1 1 plain -> us-a 855.31 D
    US-TX CN courier - 2025-05-01 800.01 5.00 USD 480 1 1 plain -> !duty_rule_missing
    US CN courier - 2025-05-01 100.00 5.00 USD 480 1 1 plain -> !subdivision_unknown
    [us-b]
    # 100.00 + 5.00 + 0.0625 x 105.00 = 6.56
    US-TX CN courier - 2025-05-01 100.00 5.00 USD 480 1 1 tariff10 -> us-a 111.56 D
    # 100.00 + 5.00 + 0.1 x 100.00 = 10.00 + 0.0625 x 105.00 = 6.56
    US-TX CN courier - 2025-05-02 100.00 5.00 USD 480 1 1 tariff10 -> us-b 121.56 D
    # 800.00 + 5.00 + 0.1 x 800.00 = 80.00 + 0.0625 x 805.00 = 50.31
    US-TX CN courier - 2025-08-28 800.00 5.00 USD 480 1 1 tariff10 -> us-b 935.31 D
    # 100.00 + 5.00 + 0.1 x 100.00 = 10.00 + 0.0625 x 105.00 = 6.56
    US-TX CN courier - 2025-08-29 100.00 5.00 USD 480 1 1 tariff10 -> us-d 121.56 D
    US-TX CN courier - 2025-08-28 800.01 5.00 USD 480 1 1 tariff10 -> !duty_rule_missing
    US-TX CN postal - 2025-08-28 100.00 5.00 USD 480 1 1 tariff10 -> !duty_rule_missing us-c-after
    [us-c]
    # 100.00 + 5.00 + 0.0625 x 105.00 = 6.56
    US-TX CN postal - 2025-05-01 100.00 5.00 USD 480 1 1 plain -> us-a 111.56 D
    US-TX CN postal - 2025-05-02 100.00 5.00 USD 480 1 1 plain -> !duty_rule_missing us-c
    US-TX CN postal - 2025-05-31 800.00 5.00 USD 480 1 1 plain -> !duty_rule_missing us-c
    US-TX CN postal - 2025-06-01 100.00 5.00 USD 480 1 1 plain -> !duty_rule_missing us-c-after
    US-TX CN postal - 2025-05-31 800.01 5.00 USD 480 1 1 plain -> !duty_rule_missing
    US-TX CN postal - 2025-08-28 800.00 5.00 USD 480 1 1 plain -> !duty_rule_missing us-c-after
    US-TX CN postal - 2025-08-28 800.01 5.00 USD 480 1 1 plain -> !duty_rule_missing
    US-TX CN postal - 2025-08-29 800.00 5.00 USD 480 1 1 plain -> !duty_rate_unknown us-e:
    [us-d]
    US-TX VN courier - 2025-08-28 100.00 5.00 USD 480 1 1 tariff10 -> !duty_rule_missing
    # 100.00 + 5.00 + 0.1 x 100.00 = 10.00 + 0.0625 x 105.00 = 6.56
    US-TX VN courier - 2025-08-29 100.00 5.00 USD 480 1 1 tariff10 -> us-d 121.56 D
    # 800.00 + 5.00 + 0.1 x 800.00 = 80.00 + 0.0625 x 805.00 = 50.31
    US-TX CN courier - 2026-02-23 800.00 5.00 USD 480 1 1 tariff10 -> us-d 935.31 D
    US-TX CN courier - 2026-02-23 800.01 5.00 USD 480 1 1 tariff10 -> !duty_rule_missing
    US-TX CN courier - 2026-02-23 100.00 5.00 USD 480 1 1 plain -> !duty_rate_unknown us-d:
    # 100.00 + 5.00 + 0.1 x 100.00 = 10.00 + 0.0625 x 105.00 = 6.56
    US-TX CN courier - 2026-02-24 100.00 5.00 USD 480 1 1 tariff10 -> us-f 121.56 D
    [us-e]
    US-TX CN postal - 2025-08-28 100.00 5.00 USD 480 1 1 tariff10 -> !duty_rule_missing us-c-after
    # 100.00 + 5.00 + 0.1 x 100.00 = 10.00 + 0.0625 x 105.00 = 6.56
    US-TX CN postal - 2025-08-29 100.00 5.00 USD 480 1 1 tariff10 -> us-e 121.56 D
    # 800.00 + 5.00 + 0.1 x 800.00 = 80.00 + 0.0625 x 805.00 = 50.31
    US-TX CN postal - 2026-02-23 800.00 5.00 USD 480 1 1 tariff10 -> us-e 935.31 D
    US-TX CN postal - 2026-02-23 800.01 5.00 USD 480 1 1 tariff10 -> !duty_rule_missing
    US-TX CN postal - 2026-02-23 100.00 5.00 USD 480 1 1 plain -> !duty_rate_unknown us-e:
    # 100.00 + 5.00 + 0.1 x 100.00 = 10.00 + 0.0625 x 105.00 = 6.56
    US-TX CN postal - 2026-02-24 100.00 5.00 USD 480 1 1 tariff10 -> us-g 121.56 D
    [us-f]
    # 100.00 + 5.00 + 0.1 x 100.00 = 10.00 + 0.0625 x 105.00 = 6.56
    US-TX CN courier - 2026-02-23 100.00 5.00 USD 480 1 1 tariff10 -> us-d 121.56 D
    # 100.00 + 5.00 + 0.1 x 100.00 = 10.00 + 0.0625 x 105.00 = 6.56
    US-TX CN courier - 2026-02-24 100.00 5.00 USD 480 1 1 tariff10 -> us-f 121.56 D
    # 800.00 + 5.00 + 0.1 x 800.00 = 80.00 + 0.0625 x 805.00 = 50.31
    US-TX CN courier - 2040-01-01 800.00 5.00 USD 480 1 1 tariff10 -> us-f 935.31 D
    US-TX CN courier - 2026-02-24 800.01 5.00 USD 480 1 1 tariff10 -> !duty_rule_missing
    US-TX CN courier - 2026-02-24 100.00 5.00 USD 480 1 1 plain -> !duty_rate_unknown us-f:
    [us-g]
    US-TX CN postal - 2026-02-23 100.00 5.00 USD 480 1 1 plain -> !duty_rate_unknown us-e:
    # 100.00 + 5.00 + 0.1 x 100.00 = 10.00 + 0.0625 x 105.00 = 6.56
    US-TX CN postal - 2026-02-24 100.00 5.00 USD 480 1 1 plain -> us-g 121.56 D
    # 800.00 + 5.00 + 0.1 x 800.00 = 80.00
    US-OR CN postal - 2026-07-23 800.00 5.00 USD 480 1 1 plain -> us-g 885.00 D
    US-TX CN postal - 2026-07-24 800.00 5.00 USD 480 1 1 plain -> !duty_rule_missing us-g-after
    US-TX CN postal - 2026-07-23 800.01 5.00 USD 480 1 1 plain -> !duty_rule_missing
    US-TX CN postal - 2026-07-24 800.01 5.00 USD 480 1 1 plain -> !duty_rule_missing
    [mx-a]
    MX CN courier - 2024-12-31 100.00 5.00 USD 480 1 1 plain -> !duty_rule_missing
    # 100.00 + 5.00 + 0.19 x 105.00 = 19.95
    MX CN courier - 2025-01-01 100.00 5.00 USD 480 1 1 plain -> mx-a 124.95 G
    # 2495.00 + 5.00 + 0.19 x 2500.00 = 475.00
    MX CN courier - 2025-08-14 2495.00 5.00 USD 480 1 1 plain -> mx-a 2975.00 G
    MX CN courier - 2025-08-14 2495.01 5.00 USD 480 1 1 plain -> !duty_rule_missing
    MX CN postal - 2025-08-14 100.00 5.00 USD 480 1 1 plain -> !duty_rule_missing
    # 100.00 + 5.00 + 0.335 x 105.00 = 35.18
    MX CN courier - 2025-08-15 100.00 5.00 USD 480 1 1 plain -> mx-b 140.18 G
    [mx-b]
    # 100.00 + 5.00 + 0.19 x 105.00 = 19.95
    MX CN courier - 2025-08-14 100.00 5.00 USD 480 1 1 plain -> mx-a 124.95 G
    # 100.00 + 5.00 + 0.335 x 105.00 = 35.18
    MX CN courier - 2025-08-15 100.00 5.00 USD 480 1 1 plain -> mx-b 140.18 G
    # 2495.00 + 5.00 + 0.335 x 2500.00 = 837.50
    MX CN courier - 2040-01-01 2495.00 5.00 USD 480 1 1 plain -> mx-b 3337.50 G
    MX CN courier - 2025-08-15 2495.01 5.00 USD 480 1 1 plain -> !duty_rule_missing
    MX US courier - 2025-08-15 100.00 5.00 USD 480 1 1 plain -> !duty_rule_missing
    [br-a]
    BR CN courier remessa_conforme 2023-07-31 50.00 5.00 USD 480 1 1 plain -> !duty_rule_missing
    # 50.00 + 5.00 + 55.00 x 0.17 / 0.83 = 11.27
    BR CN courier remessa_conforme 2023-08-01 50.00 5.00 USD 480 1 1 plain -> br-a 66.27 G
    # 50.00 + 5.00 + 55.00 x 0.17 / 0.83 = 11.27
    BR CN postal remessa_conforme 2024-07-31 50.00 5.00 USD 480 1 1 plain -> br-a 66.27 G
    BR CN courier remessa_conforme 2024-07-31 50.01 5.00 USD 480 1 1 plain -> !duty_rule_missing
    BR CN courier - 2024-07-31 50.00 5.00 USD 480 1 1 plain -> !duty_rule_missing
    # 50.00 + 5.00 + 0.60 x 55.00 - 20 = 13.00 + 68.00 x 0.17 / 0.83 = 13.93
    BR CN courier remessa_conforme 2024-08-01 50.00 5.00 USD 480 1 1 plain -> br-c 81.93 G
    [br-b]
    # 45.00 + 5.00 + 50.00 x 0.17 / 0.83 = 10.24
    BR CN courier remessa_conforme 2024-07-31 45.00 5.00 USD 480 1 1 plain -> br-a 60.24 G
    # 45.00 + 5.00 + 0.20 x 50.00 = 10.00 + 60.00 x 0.17 / 0.83 = 12.29
    BR CN courier remessa_conforme 2024-08-01 45.00 5.00 USD 480 1 1 plain -> br-b 72.29 G
    # 45.00 + 5.00 + 0.20 x 50.00 = 10.00 + 60.00 x 0.17 / 0.83 = 12.29
    BR CN courier remessa_conforme 2040-01-01 45.00 5.00 USD 480 1 1 plain -> br-b 72.29 G
    # 45.01 + 5.00 + 0.60 x 50.01 - 20 = 10.01 + 60.02 x 0.17 / 0.83 = 12.29
    BR CN courier remessa_conforme 2024-08-01 45.01 5.00 USD 480 1 1 plain -> br-c 72.31 G
    # 45.00 + 5.00 + 0.60 x 50.00 = 30.00 + 80.00 x 0.17 / 0.83 = 16.39
    BR CN courier - 2024-08-01 45.00 5.00 USD 480 1 1 plain -> br-d 96.39 G
    [br-c]
    # 45.01 + 5.00 + 50.01 x 0.17 / 0.83 = 10.24
    BR CN courier remessa_conforme 2024-07-31 45.01 5.00 USD 480 1 1 plain -> br-a 60.25 G
    # 45.00 + 5.00 + 0.20 x 50.00 = 10.00 + 60.00 x 0.17 / 0.83 = 12.29
    BR CN courier remessa_conforme 2024-08-01 45.00 5.00 USD 480 1 1 plain -> br-b 72.29 G
    # 45.01 + 5.00 + 0.60 x 50.01 - 20 = 10.01 + 60.02 x 0.17 / 0.83 = 12.29
    BR CN courier remessa_conforme 2024-08-01 45.01 5.00 USD 480 1 1 plain -> br-c 72.31 G
    # 2995.00 + 5.00 + 0.60 x 3000.00 - 20 = 1780.00 + 4780.00 x 0.17 / 0.83 = 979.04
    BR CN courier remessa_conforme 2040-01-01 2995.00 5.00 USD 480 1 1 plain -> br-c 5759.04 G
    BR CN courier remessa_conforme 2024-08-01 2995.01 5.00 USD 480 1 1 plain -> !duty_rule_missing
    [br-d]
    BR CN courier - 2024-07-31 45.00 5.00 USD 480 1 1 plain -> !duty_rule_missing
    # 45.00 + 5.00 + 0.60 x 50.00 = 30.00 + 80.00 x 0.17 / 0.83 = 16.39
    BR CN courier - 2024-08-01 45.00 5.00 USD 480 1 1 plain -> br-d 96.39 G
    # 2995.00 + 5.00 + 0.60 x 3000.00 = 1800.00 + 4800.00 x 0.17 / 0.83 = 983.13
    BR CN courier - 2040-01-01 2995.00 5.00 USD 480 1 1 plain -> br-d 5783.13 G
    BR CN courier - 2024-08-01 2995.01 5.00 USD 480 1 1 plain -> !duty_rule_missing
    # 45.00 + 5.00 + 0.20 x 50.00 = 10.00 + 60.00 x 0.17 / 0.83 = 12.29
    BR CN courier remessa_conforme 2024-08-01 45.00 5.00 USD 480 1 1 plain -> br-b 72.29 G
    [th-a]
    TH CN courier - 2000-01-01 1495.00 5.00 THB 480 1 1 plain -> th-a 1500.00 G  # 1495.00 + 5.00
    TH CN courier - 2024-07-04 1495.00 5.00 THB 480 1 1 plain -> th-a 1500.00 G  # 1495.00 + 5.00
    TH CN courier - 2024-07-04 1495.01 5.00 THB 480 1 1 plain -> !duty_rule_missing
    # 1495.00 + 5.00 + 0.07 x 1500.00 = 105.00
    TH CN courier - 2024-07-05 1495.00 5.00 THB 480 1 1 plain -> th-b 1605.00 G
    [th-b]
    TH CN courier - 2024-07-04 1495.00 5.00 THB 480 1 1 plain -> th-a 1500.00 G  # 1495.00 + 5.00
    # 1495.00 + 5.00 + 0.07 x 1500.00 = 105.00
    TH CN courier - 2024-07-05 1495.00 5.00 THB 480 1 1 plain -> th-b 1605.00 G
    # 1495.00 + 5.00 + 0.07 x 1500.00 = 105.00
    TH CN courier - 2025-12-31 1495.00 5.00 THB 480 1 1 plain -> th-b 1605.00 G
    TH CN courier - 2025-12-31 1495.01 5.00 THB 480 1 1 plain -> !duty_rule_missing
    TH CN courier - 2026-01-01 1495.00 5.00 THB 480 1 1 plain -> !duty_rate_unknown th-c:
    [th-c]
    # 0.95 + 0.05 + 0.07 x 1.00 = 0.07
    TH CN courier - 2025-12-31 0.95 0.05 THB 480 1 1 tariff10 -> th-b 1.07 G
    # 0.95 + 0.05 + 0.1 x 1.00 = 0.10 + 0.07 x 1.10 = 0.08
    TH CN courier - 2026-01-01 0.95 0.05 THB 480 1 1 tariff10 -> th-c 1.18 G
    TH CN courier - 2026-01-01 0.94 0.05 THB 480 1 1 tariff10 -> !duty_rule_missing
    # 1000.00 + 5.00 + 0.1 x 1005.00 = 100.50 + 0.07 x 1105.50 = 77.39
    TH CN courier - 2040-01-01 1000.00 5.00 THB 480 1 1 tariff10 -> th-c 1182.89 G
    [jp-a]
    JP CN courier - 2000-01-01 9500 500 JPY 480 1 1 plain -> jp-a 10000 G  # 9500 + 500
    JP CN courier - 2028-03-31 9500 500 JPY 480 1 1 plain -> jp-a 10000 G  # 9500 + 500
    JP CN courier - 2028-03-31 9501 500 JPY 480 1 1 plain -> !duty_rule_missing
    JP CN courier - 2028-04-01 9500 500 JPY 480 1 1 plain -> !duty_rule_missing jp-a-after
    JP CN courier - 2028-04-01 9501 500 JPY 480 1 1 plain -> !duty_rule_missing
    [au-a]
    AU CN courier - 2018-06-30 100.00 5.00 AUD 480 1 1 plain -> !duty_rule_missing
    # 100.00 + 5.00 + 0.10 x 105.00 = 10.50
    AU CN courier - 2018-07-01 100.00 5.00 AUD 480 1 1 plain -> au-a 115.50 G
    # 1000.00 + 5.00 + 0.10 x 1005.00 = 100.50
    AU CN courier - 2040-01-01 1000.00 5.00 AUD 480 1 1 plain -> au-a 1105.50 G
    AU CN courier - 2018-07-01 1000.01 5.00 AUD 480 1 1 plain -> !duty_rule_missing
    """
}
