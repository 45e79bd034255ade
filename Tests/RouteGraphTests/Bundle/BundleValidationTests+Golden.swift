/// What ``allFaultsAtOnce()`` must find, whole and in this order.
extension BundleValidationTests {
  static let golden: [String] = #"""
    error TW-BND-006: bundle.json: valid_to 2026-01-01 is before valid_from 2027-01-01
    error TW-BND-028: calendar_dates.csv:3:2: 2026-10-01 stands twice in date set CN
    error TW-BND-007: calendar_dates.csv:4:2: date "2026-02-30" is no date of the form YYYY-MM-DD
    error TW-BND-040: calendar_dates.csv:5:4: a half day needs the time it closes
    error TW-BND-040: calendar_dates.csv:6:4: only a half day has a closing time
    error TW-BND-008: calendars.csv:3:4: closes 08:00 is not after opens 18:00; write a night as two rows
    error TW-BND-029: calendars.csv:4:5: calendar office names date set "CN" here and "ES" before; all its rows must name the same
    error TW-BND-017: cities.csv:2:3: unknown node Z-ES-27 (maybe Z-ES-28 or Z-ES-29)
    error TW-BND-023: delay_laws.csv:3:3: the weights of law bad add up to 1023, not 1024
    error TW-BND-024: delay_laws.csv:5:2: delay_min -1 is not within 0...527040
    error TW-BND-009: departures.csv:3:2: weekdays "111110" is not seven characters 0 or 1, Monday first
    error TW-BND-008: departures.csv:4:3: departs "25:00" is no clock time from 00:00 to 24:00
    error TW-BND-014: departures.csv:4:6: unknown date set KN (maybe CN)
    error TW-BND-022: departures.csv:7:2: this departure of schedule never runs on no weekday
    error TW-BND-022: departures.csv:8:2: this departure of schedule evening never runs: no day of 0001000 from 2026-10-01 to 2026-10-07 is open
    error TW-BND-026: departures.csv:9:4: duration_min -5 is not more than zero
    error TW-BND-006: departures.csv:9:8: valid_to 2026-09-01 is before valid_from 2026-10-01
    error TW-BND-017: legs.csv:2:3: unknown node CNYIW (withdrawn in UN/LOCODE; maybe CNYIU)
    error TW-BND-005: legs.csv:3:1: leg truck stands twice, first in line 2
    error TW-CSV-012: legs.csv:3:7: goods "water" is not general, battery, liquid, textile
    error TW-BND-019: legs.csv:4:7: leg a takes no goods: no parcel can use it
    error TW-BND-019: legs.csv:5:8: leg b takes no weight: no parcel can use it
    error TW-BND-012: legs.csv:5:13: unknown schedule evning: leg b has no departures (maybe evening)
    error TW-BND-013: legs.csv:5:16: unknown delay law punktual (maybe punctual)
    error TW-CSV-013: legs.csv:6:9: handling_min -1 is not within 0...527040
    error TW-BND-026: legs.csv:6:15: duration_min 0 is not more than zero
    error TW-BND-030: legs.csv:7:13: leg d of kind S needs a schedule
    error TW-BND-030: legs.csv:7:14: leg d of kind S has no use for a calendar
    error TW-BND-016: legs.csv:8:3: leg e leads from HUB to itself
    error TW-BND-011: legs.csv:8:14: unknown calendar offic (maybe office)
    error TW-BND-031: legs.csv:8:17: leg e has no rate card; then price_basis must be included
    error TW-BND-025: legs.csv:9:13: leg f overtakes itself: the departure of 2026-11-09 09:00 (100 min) can arrive before the departure of 2026-11-09 08:00 (300 min); make the faster departures a leg of their own
    error TW-BND-015: legs.csv:10:10: unknown rate-card family airr (maybe air)
    warning TW-CSV-011: nodes.csv:1:9: unknown column colour is ignored
    warning TW-BND-018: nodes.csv:2:8: UN/LOCODE CNYIW is withdrawn; its successor is CNYIU
    error TW-BND-034: nodes.csv:3:5: lat "91.2" is no decimal number from -90 to 90
    error TW-BND-005: nodes.csv:4:1: node HUB stands twice, first in line 3
    error TW-CSV-012: nodes.csv:5:2: kind "airport" is not origin, warehouse, gateway, hub, customs or zone
    error TW-BND-035: nodes.csv:6:4: country "es" is not two capital letters (ISO 3166-1)
    error TW-BND-021: nodes.csv:7:1: zone Z-ES-28 is unreachable: no path from any origin takes any one goods class
    error TW-BND-010: nodes.csv:7:7: zone "Europe/Madrit" is no zone this system knows (IANA names such as Europe/Madrid)
    error TW-BND-021: nodes.csv:8:1: zone Z-ES-29 is unreachable: no path from any origin takes any one goods class
    warning TW-BND-037: nodes.csv:9:1: no leg touches node LOST
    error TW-BND-010: nodes.csv:9:7: zone "../../etc/passwd" is no zone this system knows (IANA names such as Europe/Madrid)
    error TW-BND-032: tiers.csv: tier premium is missing
    error TW-CSV-014: tiers.csv:3: a balance needs value_of_hour and its currency
    error TW-BND-027: zones.csv:3:2: prefix 28 of ES stands twice
    error TW-CSV-012: zones.csv:4:2: prefix "2-9" is not in capitals without blanks and dashes
    error TW-BND-017: zones.csv:5:3: unknown node Z-ES-30 (maybe Z-ES-28 or Z-ES-29)
    """#.split(separator: "\n").map(String.init)
}
