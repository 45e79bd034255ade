import LogisticsModel

extension WorldDraft {
  /// Date sets from the public holidays, and the working calendars of every country.
  ///
  /// Each country has `work-CC` (warehouses and carriers), `customs-CC` and `deliver-CC`; all follow its
  /// weekend and its holidays. Half days come from the assumptions.
  mutating func addCalendars() {
    for row in tables.holidays {
      bundle.calendars.mark(
        row.country, date: row.date, kind: row.isWorkingWeekendDay ? "open" : "closed",
        name: row.isWorkingWeekendDay
          ? "make-up working day"
          : row.isEstimated && !row.name.hasSuffix("(estimated)")
            ? "\(row.name) (estimated)" : row.name)
    }
    let half = assume.scope("calendars.half_days")
    for date in half.texts("dates") {
      for country in half.texts("countries") {
        bundle.calendars.mark(
          country, date: date, kind: "half", closes: half.text("closes"), name: "half day (assumed)"
        )
      }
    }
    let scope = assume.scope("calendars")
    bundle.calendars.addCalendar(
      "always", weekdays: DraftCalendars.everyDay, opens: "00:00", closes: "24:00")
    for country in tables.countries {
      let code = country.code
      let weekend = tables.weekends[code] ?? []
      if tables.weekends[code] == nil {
        ledger.report(
          SourceCode.referenceUnknown, file: "weekends.csv", "no weekend for \(code)")
      }
      let dates = bundle.calendars.hasDates(code) ? code : ""
      let working = DraftCalendars.all(except: weekend)
      bundle.calendars.addCalendar(
        "customs-\(code)", weekdays: working, opens: scope.text("customs_opens"),
        closes: scope.text("customs_closes"), dates: dates)
      bundle.calendars.addCalendar(
        "express-\(code)", weekdays: working, opens: scope.text("express_opens"),
        closes: scope.text("express_closes"), dates: dates)
      // Parcels are delivered on the first day of a two-day weekend as well (a Saturday in most countries).
      let rest =
        weekend.count > 1
        ? [scope.texts("no_delivery_of").first { weekend.contains($0) } ?? weekend[0]] : weekend
      bundle.calendars.addCalendar(
        "deliver-\(code)", weekdays: DraftCalendars.all(except: rest),
        opens: scope.text("delivery_opens"), closes: scope.text("delivery_closes"), dates: dates)
      bundle.calendars.addCalendar(
        "work-\(code)", weekdays: DraftCalendars.all(except: rest),
        opens: scope.text("warehouse_opens"), closes: scope.text("warehouse_closes"), dates: dates)
    }
    for code in scope.texts("export_customs_countries") {
      bundle.calendars.addCalendar(
        "export-\(code)", weekdays: DraftCalendars.everyDay, opens: scope.text("export_opens"),
        closes: scope.text("export_closes"))
    }
  }
}
