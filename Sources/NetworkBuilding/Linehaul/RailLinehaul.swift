import LogisticsModel

extension WorldDraft {
  /// China-Europe trains: the services whose frequency or duration is published, and assumed ones between the
  /// other terminals.
  mutating func addRailLinehaul() {
    let scope = assume.scope("rail")
    let terminals = Dictionary(tables.terminals.map { ($0.id, $0) }) { first, _ in first }
    for id in scope.texts("origins") {
      guard let terminal = terminals[id] else {
        scope.unknown("origins", "no terminal \(id)")
        continue
      }
      addExportTerminal(terminal)
    }
    for id in scope.texts("destinations") {
      guard let terminal = terminals[id] else {
        scope.unknown("destinations", "no terminal \(id)")
        continue
      }
      bundle.add(
        DraftNode(
          id: yard(id), kind: "gateway", name: "\(terminal.name) rail terminal",
          country: terminal.country, position: terminal.position, zone: terminal.zone))
      addImport(
        at: yard(id), name: id, title: "\(terminal.name) rail terminal", country: terminal.country,
        position: terminal.position, zone: terminal.zone, mode: "rail")
    }
    addPublishedTrains(terminals)
    addAssumedTrains(terminals)
  }

  private func yard(_ id: String) -> String {
    "R-\(id.hasPrefix("RT-") ? String(id.dropFirst(3)) : id)"
  }

  private mutating func addExportTerminal(_ terminal: TerminalRow) {
    let scope = assume.scope("rail")
    let override = assume.scope("origins.zone_override")
    let zone = override.text(terminal.zone, ifMissing: terminal.zone)
    let landside = "L-\(terminal.id)"
    for (id, name) in [(landside, "freight station"), (yard(terminal.id), "loading tracks")] {
      bundle.add(
        DraftNode(
          id: id, kind: "gateway", name: "\(terminal.name), \(name)", country: terminal.country,
          position: terminal.position, zone: zone))
    }
    for hub in feeders(to: terminal.position, isMain: true).prefix(
      scope.integer("hubs_per_terminal"))
    {
      addFeeder(
        from: hub, to: landside, id: "feed-\(hub.id)-\(terminal.id)", position: terminal.position)
    }
    bundle.add(
      DraftLeg(
        id: "export-\(terminal.id)", from: landside, to: yard(terminal.id), mode: "handling",
        stage: "export", service: "export-rail", maxWeight: assume.integer("limits.parcel_g"),
        card: flatCard("export-rail"), running: .working(calendar: "work-\(terminal.country)"),
        duration: scope.integer("stuffing_min"), law: scope.text("stuffing_law")))
  }

  private mutating func addPublishedTrains(_ terminals: [String: TerminalRow]) {
    let scope = assume.scope("rail")
    for row in scope.tables("services") {
      let from = row.text("from")
      let to = row.text("to")
      guard let start = terminals[from], let end = terminals[to] else {
        row.unknown("from", "no terminals \(from), \(to)")
        continue
      }
      let schedule = bundle.calendars.schedule(
        weekdays: row.text("weekdays"), times: [scope.text("departs")])
      addTrain(
        "rail-\(from.dropFirst(3))-\(to.dropFirst(3))-\(row.text("name"))", start, end,
        schedule: schedule, duration: row.integer("duration_min"), law: row.text("law"),
        basis: Basis(word: row.text("basis")) ?? .assumed)
    }
  }

  private mutating func addAssumedTrains(_ terminals: [String: TerminalRow]) {
    let scope = assume.scope("rail")
    let served = Set(scope.tables("services").map { "\($0.text("from"))>\($0.text("to"))" })
    for from in scope.texts("origins") {
      for to in scope.texts("destinations") where !served.contains("\(from)>\(to)") {
        guard let start = terminals[from], let end = terminals[to] else { continue }
        let kilometres = railKilometres(start, end)
        let slow = scope.texts("break_of_gauge_countries").contains(end.country) ? 1 : 2
        let id = "rail-\(from.dropFirst(3))-\(to.dropFirst(3))"
        let schedule = bundle.calendars.schedule(
          weekdays: DraftCalendars.only(WorldDraft.spread(id, over: 7)),
          times: [scope.text("departs")])
        addTrain(
          id, start, end, schedule: schedule,
          duration: travelMinutes(
            kilometres: kilometres, speed: scope.integer("speed_km_h"),
            fixed: scope.integer("gauge_change_min") * slow, grid: scope.integer("grid_min")),
          law: scope.text("law"), basis: .assumed)
      }
    }
  }

  private func railKilometres(_ start: TerminalRow, _ end: TerminalRow) -> Int {
    start.position.kilometres(to: end.position) * assume.integer("rail.detour_percent") / 100
  }

  private mutating func addTrain(
    _ id: String, _ start: TerminalRow, _ end: TerminalRow, schedule: String, duration: Int,
    law: String, basis: Basis
  ) {
    let scope = assume.scope("rail")
    let kilometres = railKilometres(start, end)
    bundle.add(
      DraftLeg(
        id: id, from: yard(start.id), to: yard(end.id), mode: "rail", stage: "linehaul",
        service: "rail-parcel", goods: goods(scope, "goods"),
        maxWeight: parcelLimit(to: end.country), handling: scope.integer("cut_off_min"),
        card: distanceCard("rail-parcel", kilometres: kilometres), kilometres: kilometres,
        running: .scheduled(schedule), duration: duration, law: law, timeBasis: basis))
  }
}
