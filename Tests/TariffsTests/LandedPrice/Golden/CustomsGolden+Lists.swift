/// Edges of the rules of the countries known from lists;
/// see ``CustomsGolden`` for the form.
extension CustomsGolden {
  static let lists = """
    [ca-l]
    CA-AB CN courier - 2026-11-20 20.00 5.00 CAD 480 1 1 plain -> ca-l 25.00 D  # 20.00 + 5.00
    CA-AB CN courier - 2026-11-20 20.01 5.00 CAD 480 1 1 plain -> !duty_rate_unknown ca-l-over:
    # 20.01 + 5.00 + 0.1 x 25.01 = 2.50 + 0.05 x 27.51 = 1.38
    CA-AB CN courier - 2026-11-20 20.01 5.00 CAD 480 1 1 tariff10 -> ca-l-over 28.89 D
    [nz-l]
    # 1000.00 + 5.00 + 0.15 x 1005.00 = 150.75
    NZ CN courier - 2026-11-20 1000.00 5.00 NZD 480 1 1 plain -> nz-l 1155.75 D
    NZ CN courier - 2026-11-20 1000.01 5.00 NZD 480 1 1 plain -> !duty_rate_unknown nz-l-over:
    # 1000.01 + 5.00 + 0.1 x 1005.01 = 100.50 + 0.15 x 1105.51 = 165.83
    NZ CN courier - 2026-11-20 1000.01 5.00 NZD 480 1 1 tariff10 -> nz-l-over 1271.34 D
    [sg-l]
    # 400.00 + 5.00 + 0.09 x 405.00 = 36.45
    SG CN courier - 2026-11-20 400.00 5.00 SGD 480 1 1 plain -> sg-l 441.45 D
    SG CN courier - 2026-11-20 400.01 5.00 SGD 480 1 1 plain -> !duty_rate_unknown sg-l-over:
    # 400.01 + 5.00 + 0.1 x 405.01 = 40.50 + 0.09 x 445.51 = 40.10
    SG CN courier - 2026-11-20 400.01 5.00 SGD 480 1 1 tariff10 -> sg-l-over 485.61 D
    [kr-l]
    KR CN courier - 2026-11-20 150.00 5.00 USD 480 1 1 plain -> kr-l 155.00 D  # 150.00 + 5.00
    KR CN courier - 2026-11-20 150.01 5.00 USD 480 1 1 plain -> !duty_rate_unknown kr-l-over:
    # 150.01 + 5.00 + 0.1 x 155.01 = 15.50 + 0.10 x 170.51 = 17.05
    KR CN courier - 2026-11-20 150.01 5.00 USD 480 1 1 tariff10 -> kr-l-over 187.56 D
    [ua-l]
    UA CN courier - 2026-11-20 150.00 5.00 EUR 480 1 1 plain -> ua-l 155.00 D  # 150.00 + 5.00
    UA CN courier - 2026-11-20 150.01 5.00 EUR 480 1 1 plain -> !duty_rate_unknown ua-l-over:
    # 150.01 + 5.00 + 0.1 x 155.01 = 15.50 + 0.20 x 170.51 = 34.10
    UA CN courier - 2026-11-20 150.01 5.00 EUR 480 1 1 tariff10 -> ua-l-over 204.61 D
    [il-l]
    # 500.00 + 5.00 + 0.18 x 505.00 = 90.90
    IL CN courier - 2026-11-20 500.00 5.00 USD 480 1 1 plain -> il-l 595.90 D
    IL CN courier - 2026-11-20 500.01 5.00 USD 480 1 1 plain -> !duty_rate_unknown il-l-over:
    # 500.01 + 5.00 + 0.1 x 505.01 = 50.50 + 0.18 x 555.51 = 99.99
    IL CN courier - 2026-11-20 500.01 5.00 USD 480 1 1 tariff10 -> il-l-over 655.50 D
    IL CN courier - 2026-11-20 75.00 5.00 USD 480 1 1 plain -> il-l 80.00 D  # 75.00 + 5.00
    # 75.01 + 5.00 + 0.18 x 80.01 = 14.40
    IL CN courier - 2026-11-20 75.01 5.00 USD 480 1 1 plain -> il-l 94.41 D
    [sa-l]
    # 1000.00 + 5.00 + 0.15 x 1005.00 = 150.75
    SA CN courier - 2026-11-20 1000.00 5.00 SAR 480 1 1 plain -> sa-l 1155.75 D
    SA CN courier - 2026-11-20 1000.01 5.00 SAR 480 1 1 plain -> !duty_rate_unknown sa-l-over:
    # 1000.01 + 5.00 + 0.1 x 1005.01 = 100.50 + 0.15 x 1105.51 = 165.83
    SA CN courier - 2026-11-20 1000.01 5.00 SAR 480 1 1 tariff10 -> sa-l-over 1271.34 D
    [ae-l]
    # 1000.00 + 5.00 + 0.05 x 1005.00 = 50.25
    AE CN courier - 2026-11-20 1000.00 5.00 AED 480 1 1 plain -> ae-l 1055.25 D
    AE CN courier - 2026-11-20 1000.01 5.00 AED 480 1 1 plain -> !duty_rate_unknown ae-l-over:
    # 1000.01 + 5.00 + 0.1 x 1005.01 = 100.50 + 0.05 x 1105.51 = 55.28
    AE CN courier - 2026-11-20 1000.01 5.00 AED 480 1 1 tariff10 -> ae-l-over 1160.79 D
    [kw-l]
    KW CN courier - 2026-11-20 100.000 5.000 KWD 480 1 1 plain -> kw-l 105.000 D  # 100.000 + 5.000
    KW CN courier - 2026-11-20 100.001 5.000 KWD 480 1 1 plain -> !duty_rate_unknown kw-l-over:
    # 100.001 + 5.000 + 0.1 x 105.001 = 10.500 + 0.05 x 115.501 = 5.775
    KW CN courier - 2026-11-20 100.001 5.000 KWD 480 1 1 tariff10 -> kw-l-over 121.276 D
    [bh-l]
    BH CN courier - 2026-11-20 300.000 5.000 BHD 480 1 1 plain -> bh-l 305.000 D  # 300.000 + 5.000
    BH CN courier - 2026-11-20 300.001 5.000 BHD 480 1 1 plain -> !duty_rate_unknown bh-l-over:
    # 300.001 + 5.000 + 0.1 x 305.001 = 30.500 + 0.05 x 335.501 = 16.775
    BH CN courier - 2026-11-20 300.001 5.000 BHD 480 1 1 tariff10 -> bh-l-over 352.276 D
    [qa-l]
    # 1000.00 + 5.00 + 0.05 x 1005.00 = 50.25
    QA CN courier - 2026-11-20 1000.00 5.00 QAR 480 1 1 plain -> qa-l 1055.25 D
    QA CN courier - 2026-11-20 1000.01 5.00 QAR 480 1 1 plain -> !duty_rate_unknown qa-l-over:
    # 1000.01 + 5.00 + 0.1 x 1005.01 = 100.50 + 0.05 x 1105.51 = 55.28
    QA CN courier - 2026-11-20 1000.01 5.00 QAR 480 1 1 tariff10 -> qa-l-over 1160.79 D
    [om-l]
    OM CN courier - 2026-11-20 300.000 5.000 OMR 480 1 1 plain -> om-l 305.000 D  # 300.000 + 5.000
    OM CN courier - 2026-11-20 300.001 5.000 OMR 480 1 1 plain -> !duty_rate_unknown om-l-over:
    # 300.001 + 5.000 + 0.1 x 305.001 = 30.500 + 0.05 x 335.501 = 16.775
    OM CN courier - 2026-11-20 300.001 5.000 OMR 480 1 1 tariff10 -> om-l-over 352.276 D
    [cl-l]
    # 0.00 + 5.00 + 0.19 x 5.00 = 0.95
    CL CN courier - 2026-11-20 0.00 5.00 USD 480 1 1 plain -> cl-l 5.95 D
    CL CN courier - 2026-11-20 0.01 5.00 USD 480 1 1 plain -> !duty_rate_unknown cl-l-over:
    # 0.01 + 5.00 + 0.1 x 5.01 = 0.50 + 0.19 x 5.51 = 1.05
    CL CN courier - 2026-11-20 0.01 5.00 USD 480 1 1 tariff10 -> cl-l-over 6.56 D
    [co-l]
    # 200.00 + 5.00 + 0.19 x 205.00 = 38.95
    CO CN courier - 2026-11-20 200.00 5.00 USD 480 1 1 plain -> co-l 243.95 D
    CO CN courier - 2026-11-20 200.01 5.00 USD 480 1 1 plain -> !duty_rate_unknown co-l-over:
    # 200.01 + 5.00 + 0.1 x 205.01 = 20.50 + 0.19 x 225.51 = 42.85
    CO CN courier - 2026-11-20 200.01 5.00 USD 480 1 1 tariff10 -> co-l-over 268.36 D
    [pe-l]
    PE CN courier - 2026-11-20 200.00 5.00 USD 480 1 1 plain -> pe-l 205.00 D  # 200.00 + 5.00
    PE CN courier - 2026-11-20 200.01 5.00 USD 480 1 1 plain -> !duty_rate_unknown pe-l-over:
    # 200.01 + 5.00 + 0.1 x 205.01 = 20.50 + 0.18 x 225.51 = 40.59
    PE CN courier - 2026-11-20 200.01 5.00 USD 480 1 1 tariff10 -> pe-l-over 266.10 D
    [my-l]
    # 500.00 + 5.00 + 0.10 x 505.00 = 50.50
    MY CN courier - 2026-11-20 500.00 5.00 MYR 480 1 1 plain -> my-l 555.50 D
    MY CN courier - 2026-11-20 500.01 5.00 MYR 480 1 1 plain -> !duty_rate_unknown my-l-over:
    # 500.01 + 5.00 + 0.1 x 505.01 = 50.50 + 0.10 x 555.51 = 55.55
    MY CN courier - 2026-11-20 500.01 5.00 MYR 480 1 1 tariff10 -> my-l-over 611.06 D
    [ph-l]
    PH CN courier - 2026-11-20 10000.00 5.00 PHP 480 1 1 plain -> ph-l 10005.00 D  # 10000.00 + 5.00
    PH CN courier - 2026-11-20 10000.01 5.00 PHP 480 1 1 plain -> !duty_rate_unknown ph-l-over:
    # 10000.01 + 5.00 + 0.1 x 10005.01 = 1000.50 + 0.12 x 11005.51 = 1320.66
    PH CN courier - 2026-11-20 10000.01 5.00 PHP 480 1 1 tariff10 -> ph-l-over 12326.17 D
    [vn-l]
    VN CN courier - 2026-11-20 0 5 VND 480 1 1 plain -> vn-l 6 D  # 0 + 5 + 0.10 x 5 = 1
    VN CN courier - 2026-11-20 1 5 VND 480 1 1 plain -> !duty_rate_unknown vn-l-over:
    # 1 + 5 + 0.1 x 6 = 1 + 0.10 x 7 = 1
    VN CN courier - 2026-11-20 1 5 VND 480 1 1 tariff10 -> vn-l-over 8 D
    [id-l]
    # 3.00 + 5.00 + 0.11 x 8.00 = 0.88
    ID CN courier - 2026-11-20 3.00 5.00 USD 480 1 1 plain -> id-l 8.88 D
    ID CN courier - 2026-11-20 3.01 5.00 USD 480 1 1 plain -> !duty_rate_unknown id-l-over:
    # 3.01 + 5.00 + 0.1 x 8.01 = 0.80 + 0.11 x 8.81 = 0.97
    ID CN courier - 2026-11-20 3.01 5.00 USD 480 1 1 tariff10 -> id-l-over 9.78 D
    [in-l]
    # 0.00 + 5.00 + 0.18 x 5.00 = 0.90
    IN CN courier - 2026-11-20 0.00 5.00 INR 480 1 1 plain -> in-l 5.90 D
    IN CN courier - 2026-11-20 0.01 5.00 INR 480 1 1 plain -> !duty_rate_unknown in-l-over:
    # 0.01 + 5.00 + 0.1 x 5.01 = 0.50 + 0.18 x 5.51 = 0.99
    IN CN courier - 2026-11-20 0.01 5.00 INR 480 1 1 tariff10 -> in-l-over 6.50 D
    [za-l]
    # 0.00 + 5.00 + 0.15 x 5.00 = 0.75
    ZA CN courier - 2026-11-20 0.00 5.00 ZAR 480 1 1 plain -> za-l 5.75 D
    ZA CN courier - 2026-11-20 0.01 5.00 ZAR 480 1 1 plain -> !duty_rate_unknown za-l-over:
    # 0.01 + 5.00 + 0.1 x 5.01 = 0.50 + 0.15 x 5.51 = 0.83
    ZA CN courier - 2026-11-20 0.01 5.00 ZAR 480 1 1 tariff10 -> za-l-over 6.34 D
    [uz-l]
    UZ CN courier - 2026-11-20 1000.00 5.00 USD 480 1 1 plain -> uz-l 1005.00 D  # 1000.00 + 5.00
    UZ CN courier - 2026-11-20 1000.01 5.00 USD 480 1 1 plain -> !duty_rate_unknown uz-l-over:
    # 1000.01 + 5.00 + 0.1 x 1005.01 = 100.50 + 0.12 x 1105.51 = 132.66
    UZ CN courier - 2026-11-20 1000.01 5.00 USD 480 1 1 tariff10 -> uz-l-over 1238.17 D
    [rs-l]
    # 50.00 + 5.00 + 0.20 x 55.00 = 11.00
    RS CN courier - 2026-11-20 50.00 5.00 EUR 480 1 1 plain -> rs-l 66.00 D
    RS CN courier - 2026-11-20 50.01 5.00 EUR 480 1 1 plain -> !duty_rate_unknown rs-l-over:
    # 50.01 + 5.00 + 0.1 x 55.01 = 5.50 + 0.20 x 60.51 = 12.10
    RS CN courier - 2026-11-20 50.01 5.00 EUR 480 1 1 tariff10 -> rs-l-over 72.61 D
    [az-l]
    AZ CN courier - 2026-11-20 300.00 5.00 USD 480 1 1 plain -> az-l 305.00 D  # 300.00 + 5.00
    AZ CN courier - 2026-11-20 300.01 5.00 USD 480 1 1 plain -> !duty_rate_unknown az-l-over:
    # 300.01 + 5.00 + 0.1 x 305.01 = 30.50 + 0.18 x 335.51 = 60.39
    AZ CN courier - 2026-11-20 300.01 5.00 USD 480 1 1 tariff10 -> az-l-over 395.90 D
    [ge-l]
    GE CN courier - 2026-11-20 300.00 5.00 GEL 480 1 1 plain -> ge-l 305.00 D  # 300.00 + 5.00
    GE CN courier - 2026-11-20 300.01 5.00 GEL 480 1 1 plain -> !duty_rate_unknown ge-l-over:
    # 300.01 + 5.00 + 0.1 x 305.01 = 30.50 + 0.18 x 335.51 = 60.39
    GE CN courier - 2026-11-20 300.01 5.00 GEL 480 1 1 tariff10 -> ge-l-over 395.90 D
    [md-l]
    MD CN courier - 2026-11-20 200.00 5.00 EUR 480 1 1 plain -> md-l 205.00 D  # 200.00 + 5.00
    MD CN courier - 2026-11-20 200.01 5.00 EUR 480 1 1 plain -> !duty_rate_unknown md-l-over:
    # 200.01 + 5.00 + 0.1 x 205.01 = 20.50 + 0.20 x 225.51 = 45.10
    MD CN courier - 2026-11-20 200.01 5.00 EUR 480 1 1 tariff10 -> md-l-over 270.61 D
    [ba-l]
    # 150.00 + 5.00 + 0.17 x 155.00 = 26.35
    BA CN courier - 2026-11-20 150.00 5.00 EUR 480 1 1 plain -> ba-l 181.35 D
    BA CN courier - 2026-11-20 150.01 5.00 EUR 480 1 1 plain -> !duty_rate_unknown ba-l-over:
    # 150.01 + 5.00 + 0.1 x 155.01 = 15.50 + 0.17 x 170.51 = 28.99
    BA CN courier - 2026-11-20 150.01 5.00 EUR 480 1 1 tariff10 -> ba-l-over 199.50 D
    BA CN courier - 2026-11-20 25.00 5.00 EUR 480 1 1 plain -> ba-l 30.00 D  # 25.00 + 5.00
    # 25.01 + 5.00 + 0.17 x 30.01 = 5.10
    BA CN courier - 2026-11-20 25.01 5.00 EUR 480 1 1 plain -> ba-l 35.11 D
    [eg-l]
    # 0.00 + 5.00 + 0.14 x 5.00 = 0.70
    EG CN courier - 2026-11-20 0.00 5.00 EGP 480 1 1 plain -> eg-l 5.70 D
    EG CN courier - 2026-11-20 0.01 5.00 EGP 480 1 1 plain -> !duty_rate_unknown eg-l-over:
    # 0.01 + 5.00 + 0.1 x 5.01 = 0.50 + 0.14 x 5.51 = 0.77
    EG CN courier - 2026-11-20 0.01 5.00 EGP 480 1 1 tariff10 -> eg-l-over 6.28 D
    [pk-l]
    # 0.00 + 5.00 + 0.17 x 5.00 = 0.85
    PK CN courier - 2026-11-20 0.00 5.00 PKR 480 1 1 plain -> pk-l 5.85 D
    PK CN courier - 2026-11-20 0.01 5.00 PKR 480 1 1 plain -> !duty_rate_unknown pk-l-over:
    # 0.01 + 5.00 + 0.1 x 5.01 = 0.50 + 0.17 x 5.51 = 0.94
    PK CN courier - 2026-11-20 0.01 5.00 PKR 480 1 1 tariff10 -> pk-l-over 6.45 D
    [ng-l]
    # 0.00 + 5.00 + 0.075 x 5.00 = 0.38
    NG CN courier - 2026-11-20 0.00 5.00 NGN 480 1 1 plain -> ng-l 5.38 D
    NG CN courier - 2026-11-20 0.01 5.00 NGN 480 1 1 plain -> !duty_rate_unknown ng-l-over:
    # 0.01 + 5.00 + 0.1 x 5.01 = 0.50 + 0.075 x 5.51 = 0.41
    NG CN courier - 2026-11-20 0.01 5.00 NGN 480 1 1 tariff10 -> ng-l-over 5.92 D
    [ma-l]
    # 0.00 + 5.00 + 0.20 x 5.00 = 1.00
    MA CN courier - 2026-11-20 0.00 5.00 MAD 480 1 1 plain -> ma-l 6.00 D
    MA CN courier - 2026-11-20 0.01 5.00 MAD 480 1 1 plain -> !duty_rate_unknown ma-l-over:
    # 0.01 + 5.00 + 0.1 x 5.01 = 0.50 + 0.20 x 5.51 = 1.10
    MA CN courier - 2026-11-20 0.01 5.00 MAD 480 1 1 tariff10 -> ma-l-over 6.61 D
    [dz-l]
    DZ CN courier - 2026-11-20 50000.00 5.00 DZD 480 1 1 plain -> dz-l 50005.00 D  # 50000.00 + 5.00
    DZ CN courier - 2026-11-20 50000.01 5.00 DZD 480 1 1 plain -> !duty_rate_unknown dz-l-over:
    # 50000.01 + 5.00 + 0.1 x 50005.01 = 5000.50 + 0.19 x 55005.51 = 10451.05
    DZ CN courier - 2026-11-20 50000.01 5.00 DZD 480 1 1 tariff10 -> dz-l-over 65456.56 D
    [ch-l]
    CH CN courier - 2026-11-20 62.00 5.00 CHF 480 1 1 plain -> ch-l 67.00 D  # 62.00 + 5.00
    # 62.01 + 5.00 + 0.081 x 67.01 = 5.43
    CH CN courier - 2026-11-20 62.01 5.00 CHF 480 1 1 plain -> ch-l 72.44 D
    # 1000000.00 + 5.00 + 0.081 x 1000005.00 = 81000.41
    CH CN courier - 2026-11-20 1000000.00 5.00 CHF 480 1 1 plain -> ch-l 1081005.41 D
    CH CN courier - 2026-11-20 0.00 5.00 CHF 480 1 1 plain -> ch-l 5.00 D  # 0.00 + 5.00
    [no-l]
    # 1000000.00 + 5.00 + 0.25 x 1000005.00 = 250001.25
    NO CN courier - 2026-11-20 1000000.00 5.00 NOK 480 1 1 plain -> no-l 1250006.25 D
    # 0.00 + 5.00 + 0.25 x 5.00 = 1.25
    NO CN courier - 2026-11-20 0.00 5.00 NOK 480 1 1 plain -> no-l 6.25 D
    [ar-l]
    AR CN courier - 2026-11-20 0.00 5.00 USD 480 1 1 plain -> !duty_rule_missing ~ar-l
    AR CN courier - 2026-11-20 25.00 5.00 USD 480 1 1 plain -> !duty_rule_missing ~ar-l
    AR CN courier - 2026-11-20 25.01 5.00 USD 480 1 1 plain -> !duty_rule_missing
    """
}
