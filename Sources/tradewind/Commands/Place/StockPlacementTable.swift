/// What `place --network` says to people.
struct StockPlacementTable {
  let document: StockPlacementDocument

  /// Rows of a list that are printed; JSON has them all.
  static let mostRows = 16

  private func more(_ count: Int) -> String {
    count > Self.mostRows ? "... \(count - Self.mostRows) more with --json\n" : ""
  }

  var text: String {
    let found = document
    var text =
      "\(found.bundle), \(found.candidates) candidate sites, \(found.periods.joined(separator: " ")), "
      + "a day is worth \(found.value_of_day) \(found.currency)\n"
    guard let value = found.value else { return text + "no plan was found in time\n" }
    let gap = ((found.gap ?? 0) * 100).text(3)
    text += "cost \(value) \(found.currency), bound \(found.lower_bound), gap \(gap) %, "
    text += "\(found.plans_asked) plans asked, \(found.seconds.text(2)) s\n\n"
    text += sites + totals + stock + sweep + schedule + why
    for gap in found.unserved.prefix(10) {
      text += "not served: \(gap.sku) to \(gap.to ?? "?"): \(gap.code)\n"
    }
    return text + "certificate of the bound \(found.certificate)\n"
  }

  /// Open sites closed, and closed ones opened, those nearest to paying first.
  private var why: String {
    guard let why = document.why else { return "" }
    var table = TextTable(
      ["OTHERWISE", "IS", "COST", "BOUND"], [.left, .left, .right, .right])
    for worth in why.prefix(Self.mostRows) {
      table.append([
        worth.site, worth.open ? "closed" : "open", worth.cost_otherwise ?? "no plan",
        worth.bound_otherwise ?? "",
      ])
    }
    return table.text + more(why.count) + "\n"
  }

  private var sites: String {
    guard !document.open.isEmpty else { return "no site pays: everything goes straight\n\n" }
    var table = TextTable(
      ["OPEN", "PLACE", "SKUS", "DESTINATIONS", "PIECES", "OPENING"],
      [.left, .left, .right, .right, .right, .right])
    for site in document.open {
      table.append([
        site.node, "\(site.name) (\(site.country))", "\(site.skus)", "\(site.destinations)",
        site.pieces, site.opening,
      ])
    }
    return table.text + "\n"
  }

  private var totals: String {
    guard let after = document.after else { return "" }
    var table = TextTable(
      ["", "COST", "WORTH OF DAYS", "DAYS", "CO2E KG", "FROM SITES", "PIECES"],
      [.left, .right, .right, .right, .right, .right, .right])
    for (name, sums) in [("straight", document.before), ("planned", after)] {
      table.append([
        name, sums.cost, sums.waiting, sums.days, sums.co2e_kg, sums.from_sites_pieces, sums.pieces,
      ])
    }
    return table.text + "\n"
  }

  private var stock: String {
    guard !document.stock.isEmpty else { return "" }
    var table = TextTable(
      ["SKU", "KEPT AT", "BASE STOCK", "OF IT MARGIN", "COVERS DAYS", "A DAY"],
      [.left, .left, .right, .right, .right, .right])
    for shelf in document.stock.prefix(Self.mostRows) {
      table.append([
        shelf.sku, shelf.site, "\(shelf.base_stock)", shelf.safety_stock, shelf.cover_days,
        shelf.pieces_per_day,
      ])
    }
    return table.text + more(document.stock.count) + "\n"
  }

  private var sweep: String {
    guard document.sweep.count > 1 else { return "" }
    var table = TextTable(
      ["A DAY IS WORTH", "COST", "DAYS", "CO2E KG", "FROM SITES", "KEPT", "OPEN"],
      [.right, .right, .right, .right, .right, .right, .left])
    for point in document.sweep {
      table.append([
        point.value_of_day, point.cost, point.days, point.co2e_kg, point.from_sites_pieces,
        "\(point.skus_kept)",
        (point.switches_here ? "* " : "  ") + point.open.joined(separator: " "),
      ])
    }
    return table.text + "* here the answer switches\n\n"
  }

  private var schedule: String {
    guard !document.schedule.isEmpty else { return "" }
    var table = TextTable(
      ["SEND", "TO", "FOR", "PIECES", "LEAVES", "THERE", "EARLY", "A PIECE", "LAST CHANCE"],
      [.left, .left, .left, .right, .left, .left, .right, .right, .right])
    for sent in document.schedule.prefix(Self.mostRows) {
      table.append([
        sent.sku, sent.site, sent.period, "\(sent.pieces)", sent.leaves, sent.arrives,
        sent.days_early < 0 ? "\(-sent.days_early) late" : "\(sent.days_early)",
        sent.cost_per_piece, sent.latest_cost_per_piece ?? "",
      ])
    }
    var text = table.text + more(document.schedule.count) + "\n"
    for move in document.transfers {
      text +=
        "after \(move.after) move \(move.pieces) \(move.sku) from \(move.from) to \(move.to): "
        + "\(move.moving_per_piece) instead of \(move.instead_per_piece) a piece\n"
    }
    if document.transfers.isEmpty, document.transfers_without_plan + document.transfers_too_dear > 0
    {
      text +=
        "nothing is moved between sites after a peak: \(document.transfers_without_plan) pairs "
        + "without a plan, \(document.transfers_too_dear) dearer than new goods\n"
    }
    return text
  }
}
