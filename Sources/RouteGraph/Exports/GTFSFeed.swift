public import LogisticsModel

/// A bundle as a GTFS feed, so that public timetable engines can be run on the same network.
///
/// One route per scheduled leg, one trip of two stops per dated departure, all in UTC; one service per day. What
/// GTFS has no word for is turned into what keeps boarding exact or is left out: a trip leaves at its cut-off (the
/// departure less the leg's handling time); a continuous leg is a transfer that takes its least time, without its
/// opening hours; delays, prices, weights and goods are not told.
///
/// Reference: GTFS Schedule, gtfs.org/schedule/reference. Extended route type 1100 is air service.
public struct GTFSFeed: Sendable {
  /// Text of every file by name; files that would be empty have their header.
  public let files: [String: String]
  /// Number of trips.
  public let tripCount: Int

  private static let agency = "tradewind"

  /// Writes out the departures of some days, counted in UTC.
  ///
  /// - Complexity: O(nodes + legs + departures of the bundle's window)
  public init(_ bundle: NetworkBundle, days: ClosedRange<CivilDate>) {
    var files: [String: String] = [:]
    let zone = "Etc/UTC"
    files["agency.txt"] =
      "agency_id,agency_name,agency_url,agency_timezone\n"
      + "\(GTFSFeed.agency),Tradewind \(bundle.manifest.label),https://example.org/,\(zone)\n"
    files["stops.txt"] = GTFSFeed.stops(bundle)
    files["transfers.txt"] = GTFSFeed.transfers(bundle)
    files["frequencies.txt"] = "trip_id,start_time,end_time,headway_secs\n"
    files["calendar_dates.txt"] = "service_id,date,exception_type\n"
    files["calendar.txt"] = GTFSFeed.calendar(days)
    var routes =
      "route_id,agency_id,route_short_name,route_long_name,route_type,route_color,route_text_color\n"
    var trips = "route_id,service_id,trip_id\n"
    var stopTimes = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
    var count = 0
    let first = Int64(days.lowerBound.days) * 1440
    let end = Int64(days.upperBound.days + 1) * 1440
    for leg in bundle.legs.ids {
      let handling = Int64(bundle.topology.handling[leg.position])
      let departures = bundle.timetable.departures(of: leg).filter {
        (first..<end).contains($0.minute - handling)
      }
      guard !departures.isEmpty else { continue }
      let name = bundle.legs.name(of: leg)
      let tail = bundle.nodes.name(of: NodeID(bundle.topology.tail[leg.position]))
      let head = bundle.nodes.name(of: NodeID(bundle.topology.head[leg.position]))
      let mode = bundle.legs.mode(of: leg)
      routes +=
        "\(name),\(GTFSFeed.agency),\(mode.word),\(tail) to \(head),\(mode.routeType),5B6B7A,FFFFFF\n"
      for departure in departures {
        let cutOff = departure.minute - handling
        let day = CivilDate(days: Int((cutOff - first) / 1440) + Int(days.lowerBound.days))
        let midnight = Int64(day.days) * 1440
        let trip = "\(name)@\(departure.minute)"
        trips += "\(name),\(GTFSFeed.compact(day)),\(trip)\n"
        let leaves = GTFSFeed.time(cutOff - midnight)
        let arrives = GTFSFeed.time(departure.minute + Int64(departure.duration) - midnight)
        stopTimes += "\(trip),\(leaves),\(leaves),\(tail),1\n"
        stopTimes += "\(trip),\(arrives),\(arrives),\(head),2\n"
        count += 1
      }
    }
    files["routes.txt"] = routes
    files["trips.txt"] = trips
    files["stop_times.txt"] = stopTimes
    self.files = files
    tripCount = count
  }

  private static func stops(_ bundle: NetworkBundle) -> String {
    var text = "stop_id,stop_name,stop_lat,stop_lon\n"
    for id in bundle.nodes.ids {
      let node = bundle.nodes[id]
      let title = node.title.filter { $0 != "\"" && $0 != "\n" }
      // GTFS asks for a position; a node without one is put on the null island rather than left out.
      text +=
        "\(node.name),\"\(title)\",\(degrees(node.latitude ?? 0)),\(degrees(node.longitude ?? 0))\n"
    }
    return text
  }

  private static func transfers(_ bundle: NetworkBundle) -> String {
    var text = "from_stop_id,to_stop_id,transfer_type,min_transfer_time\n"
    for leg in bundle.legs.ids where bundle.legs.kind(of: leg) != .scheduled {
      let least = bundle.topology.leastDuration[leg.position]
      guard least >= 0 else { continue }
      let tail = bundle.nodes.name(of: NodeID(bundle.topology.tail[leg.position]))
      let head = bundle.nodes.name(of: NodeID(bundle.topology.head[leg.position]))
      let seconds = 60 * (Int64(bundle.topology.handling[leg.position]) + Int64(least))
      text += "\(tail),\(head),2,\(seconds)\n"
    }
    return text
  }

  private static func calendar(_ days: ClosedRange<CivilDate>) -> String {
    var text =
      "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
    var day = days.lowerBound
    while day <= days.upperBound {
      let flags = Weekday.allCases.map { $0 == day.weekday ? "1" : "0" }.joined(separator: ",")
      text += "\(compact(day)),\(flags),\(compact(day)),\(compact(day))\n"
      day = day.adding(days: 1)
    }
    return text
  }

  /// `20261120`.
  private static func compact(_ day: CivilDate) -> String {
    day.description.filter { $0 != "-" }
  }

  /// Minutes since midnight as `HH:MM:00`; hours go past 24.
  private static func time(_ minutes: Int64) -> String {
    let hours = minutes / 60
    let rest = minutes % 60
    return "\(hours < 10 ? "0" : "")\(hours):\(rest < 10 ? "0" : "")\(rest):00"
  }

  /// Millionths of a degree with six decimals.
  private static func degrees(_ micros: Int32) -> String {
    DecimalText.text(Int64(micros), places: 6)
  }
}

extension LegMode {
  /// The GTFS route type that comes nearest.
  fileprivate var routeType: Int {
    switch self {
    case .air: 1100
    case .sea: 4
    case .rail: 2
    case .road, .handling, .post: 3
    }
  }
}
