import LogisticsModel
import RouteGraph
import TestSupport
import Testing

@Suite struct GTFSFeedTests {
  /// Friday 20 November 2026 and the Saturday after it.
  static let days: ClosedRange<CivilDate> = CivilDate(days: 20_777)...CivilDate(days: 20_778)

  @Test("the demo network's two days, worked out by hand")
  func demo() throws {
    let bundle = try ShippedBundle.load("demo")
    let feed = GTFSFeed(bundle, days: GTFSFeedTests.days)
    #expect(GTFSFeedTests.days.lowerBound.description == "2026-11-20")
    // pickup runs Monday to Friday at 17:00 in Yiwu, 09:00 UTC, and takes 60 minutes: once, on Friday.
    // truck-pvg leaves daily at 22:00, 14:00 UTC, with 120 minutes of handling: cut-off 12:00, there after 300
    // minutes at 19:00.
    // truck-ngb has the same departures and is there after 180 minutes at 17:00.
    // air leaves at 23:00, 15:00 UTC, with 360 minutes of handling: cut-off 09:00, there at 27:00.
    // sea sails on Thursdays at 18:00, 10:00 UTC, cut-off 2,880 minutes before: the sailing of 26 November has its
    // cut-off on 24 November, that of 19 November on 17 November. Neither lies within the two days.
    // truck-lgg-mad leaves daily at 20:00 in Liege, 19:00 UTC, cut-off 18:00, there after 1,500 minutes at 44:00.
    // truck-rtm-mad takes 1,620 minutes from Rotterdam: 46:00.
    let expected = """
      trip_id,arrival_time,departure_time,stop_id,stop_sequence
      pickup@29919420,09:00:00,09:00:00,O-YIWU,1
      pickup@29919420,10:00:00,10:00:00,K-YIWU,2
      truck-pvg@29919720,12:00:00,12:00:00,K-YIWU,1
      truck-pvg@29919720,19:00:00,19:00:00,A-PVG,2
      truck-pvg@29921160,12:00:00,12:00:00,K-YIWU,1
      truck-pvg@29921160,19:00:00,19:00:00,A-PVG,2
      truck-ngb@29919720,12:00:00,12:00:00,K-YIWU,1
      truck-ngb@29919720,17:00:00,17:00:00,P-NGB,2
      truck-ngb@29921160,12:00:00,12:00:00,K-YIWU,1
      truck-ngb@29921160,17:00:00,17:00:00,P-NGB,2
      air@29919780,09:00:00,09:00:00,A-PVG,1
      air@29919780,27:00:00,27:00:00,A-LGG,2
      air@29921220,09:00:00,09:00:00,A-PVG,1
      air@29921220,27:00:00,27:00:00,A-LGG,2
      truck-lgg-mad@29920020,18:00:00,18:00:00,C-LGG,1
      truck-lgg-mad@29920020,44:00:00,44:00:00,H-MAD,2
      truck-lgg-mad@29921460,18:00:00,18:00:00,C-LGG,1
      truck-lgg-mad@29921460,44:00:00,44:00:00,H-MAD,2
      truck-rtm-mad@29920020,18:00:00,18:00:00,C-RTM,1
      truck-rtm-mad@29920020,46:00:00,46:00:00,H-MAD,2
      truck-rtm-mad@29921460,18:00:00,18:00:00,C-RTM,1
      truck-rtm-mad@29921460,46:00:00,46:00:00,H-MAD,2

      """
    #expect(feed.files["stop_times.txt"] == expected)
    #expect(feed.tripCount == 11)
    #expect(
      feed.files["calendar.txt"] == """
        service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
        20261120,0,0,0,0,1,0,0,20261120,20261120
        20261121,0,0,0,0,0,1,0,20261121,20261121

        """)
    // Clearance in Liege takes 60 minutes of handling and 240 of work at least: 18,000 seconds.
    let transfers = try #require(feed.files["transfers.txt"])
    #expect(transfers.contains("\nA-LGG,C-LGG,2,18000\n"))
  }

  @Test("every reference of the world feed names a row, and every departure is a trip")
  func world() throws {
    let bundle = try ShippedBundle.load("world")
    let feed = GTFSFeed(bundle, days: GTFSFeedTests.days)
    func columns(_ file: String, _ position: Int) -> [Substring] {
      (feed.files[file] ?? "").split(separator: "\n").dropFirst().map {
        $0.split(separator: ",", omittingEmptySubsequences: false)[position]
      }
    }
    let stops = Set(columns("stops.txt", 0))
    let routes = Set(columns("routes.txt", 0))
    let services = Set(columns("calendar.txt", 0))
    let trips = columns("trips.txt", 2)
    #expect(trips.count == feed.tripCount && Set(trips).count == trips.count)
    #expect(Set(columns("stop_times.txt", 3)).isSubset(of: stops))
    #expect(Set(columns("trips.txt", 0)) == routes)
    #expect(Set(columns("trips.txt", 1)) == services)
    let first = Int64(GTFSFeedTests.days.lowerBound.days) * 1440
    let expected = bundle.legs.ids.reduce(0) { count, leg in
      let handling = Int64(bundle.topology.handling[leg.position])
      return count
        + bundle.timetable.departures(of: leg).count {
          (first..<(first + 2880)).contains($0.minute - handling)
        }
    }
    #expect(feed.tripCount == expected && expected > 1000)
  }
}
