import LogisticsModel
import TestSupport
import Testing

@testable import TransitTimes

/// What every promise learned from events must keep to.
@Suite struct PromiseLearnerTests {
  static let traits = [
    OrderTraits(), OrderTraits(destination: "D1"), OrderTraits(origin: "O1", destination: "D1"),
    OrderTraits(
      origin: "O2", destination: "D4", zone: "z1", seller: "s9", distance: 1300),
    OrderTraits(origin: "nowhere", destination: "D2", seller: "nobody"),
    OrderTraits(origin: "X", destination: "Y", zone: "Z", seller: "W", distance: 9000),
  ]

  static func curves(_ learner: PromiseLearner, at time: LocalTime) -> [PromiseCurve] {
    var learner = learner
    learner.advance(to: time.date)
    return traits.map { learner.curve(for: $0, at: time) }
  }

  @Test("an empty history answers for everybody, at the global level")
  func empty() {
    for curve in Self.curves(PromiseLearner(pace: .parcels), at: "2026-11-20T10:00") {
      #expect(curve.level == .global && curve.sample == 0)
      #expect(curve.days.count == 99 && (curve.days.last ?? 0) > (curve.days.first ?? 0))
    }
  }

  /// Monday 2026-11-23 00:00, nothing known.
  ///
  /// Both legs are exponential with means of 3 and 8 days of work. With the share 3/11 of handling put in the middle of
  /// its 64th, a = 17.5/64 and b = 46.5/64, the sum's tail is (b e^(-t/b) - a e^(-t/a)) / (b - a): a half at
  /// t = 0.802, 0.05 at t = 2.52. Stretched from the median by 1.1: 2.69 x 11 = 29.6 days of work.
  /// A week is worth 5.38 working days: five weeks are 26.9, and the rest of 2.7 ends on the third day.
  @Test("the first promise, by hand")
  func byHand() {
    var learner = PromiseLearner(pace: .parcels)
    learner.advance(to: "2026-11-23")
    let curve = learner.curve(for: OrderTraits(), at: "2026-11-23T00:00")
    #expect(curve.date(at: .standard) == "2026-12-30")
  }

  @Test("a higher level never gives an earlier date; missing attributes use the parent")
  func monotone() {
    let learner = RandomWorld(seed: 1).learner()
    for curve in Self.curves(learner, at: "2017-05-10T12:00") {
      #expect(zip(curve.days, curve.days.dropFirst()).allSatisfy { $0 <= $1 })
    }
    let levels = Self.curves(learner, at: "2017-05-10T12:00").map(\.level)
    #expect(levels == [.global, .destination, .lane, .seller, .destination, .global])
    let samples = Self.curves(learner, at: "2017-05-10T12:00").map(\.sample)
    #expect(samples.allSatisfy { $0 > 0 })
    #expect(samples[0] > samples[1] && samples[1] > samples[2])
  }

  @Test("dropping or changing what comes after midnight of a day changes no promise of that day")
  func noFuture() {
    let world = RandomWorld(seed: 2)
    for cut: LocalTime in ["2017-02-15T00:00", "2017-03-09T00:00", "2017-04-20T00:00"] {
      let asked = LocalTime(minutes: cut.minutes + 700)
      let known = Self.curves(world.learner(until: cut), at: asked)
      // All events fed, in shuffled order after the cut: a day's curves are taken as its midnight passes.
      var random = SeededGenerator(seed: 3)
      let past = world.events.filter { $0.at < cut }
      let future = world.events.filter { $0.at >= cut }.shuffled(using: &random)
      var learner = PromiseLearner(pace: .parcels)
      for event in past { learner.feed(event, now: event.at) }
      // The future is offered early and held back.
      for event in future.prefix(200) {
        #expect(learner.feed(event, now: LocalTime(minutes: cut.minutes - 1)) == .future)
      }
      #expect(Self.curves(learner, at: asked) == known)
      // And events of the day itself change nothing either.
      learner.advance(to: cut.date)
      for event in world.events where event.at >= cut && event.at.date == cut.date {
        learner.feed(event, now: event.at)
      }
      #expect(Self.curves(learner, at: asked) == known)
    }
  }

  @Test("replaying twice gives equal bytes; a state read back is the learner")
  func replay() throws {
    let world = RandomWorld(seed: 4, lost: 60)
    let first = world.learner()
    // Compared as truths: a difference would print a million numbers.
    let isSame = first.state == world.learner().state
    #expect(isSame)
    var restored = try PromiseLearner(state: world.learner(until: "2017-03-01T13:00").state)
    for event in world.events where event.at >= "2017-03-01T13:00" {
      restored.feed(event, now: event.at)
    }
    let isRestored = restored.state == first.state
    #expect(isRestored)
    let time: LocalTime = "2017-05-10T12:00"
    let areCurvesSame = Self.curves(restored, at: time) == Self.curves(first, at: time)
    #expect(areCurvesSame)
  }

  @Test("a state of another version, cut or spoilt is refused with a code")
  func refused() {
    let state = RandomWorld(seed: 5, days: 30).learner().state
    func code(_ bytes: [UInt8]) -> String? {
      do throws(LearnerStateFault) {
        _ = try PromiseLearner(state: bytes)
        return nil
      } catch {
        return error.code
      }
    }
    #expect(code(state) == nil)
    var other = state
    other[8] = 9
    #expect(code(other) == LearnerStateFault.otherVersion)
    var unnoticed = 0
    for position in stride(from: 16, to: state.count, by: 997) {
      var spoilt = state
      spoilt[position] ^= 0x40
      if code(spoilt) != LearnerStateFault.broken { unnoticed += 1 }
      if code(Array(state.prefix(position))) == nil { unnoticed += 1 }
    }
    #expect(unnoticed == 0)
    #expect(code([]) == LearnerStateFault.broken)
  }

  /// The same parcels twice: called off when handed over, or under way for 15 or 35 days, which no lane takes.
  @Test("parcels under way that are older than their prediction never shorten a promise")
  func overdue() {
    var shorter = 0
    var longer = 0
    for seed: UInt64 in 10..<18 {
      let world = RandomWorld(seed: seed)
      let isMany = seed % 2 == 0
      let asked: LocalTime = seed % 4 < 2 ? "2017-04-10T12:00" : "2017-03-20T12:00"
      func curves(calledOff: Bool) -> [PromiseCurve] {
        var orders = world.orders
        for number in 0..<(isMany ? 400 : 40) {
          let placed = LocalTime(
            minutes: ("2017-03-05T00:00" as LocalTime).minutes + Int64(number))
          let handed = LocalTime(minutes: placed.minutes + 1440)
          orders.append(
            HistoryOrder(
              name: "old\(number)", placed: placed, handedOver: handed,
              cancelled: calledOff ? handed : nil,
              traits: seed < 14 ? OrderTraits() : Self.traits[3]))
        }
        var more = world
        more.orders = orders
        return Self.curves(more.learner(until: LocalTime(asked.date, .midnight)), at: asked)
      }
      for (without, with) in zip(curves(calledOff: true), curves(calledOff: false)) {
        shorter += zip(without.days, with.days).count { $0 > $1 }
        longer += zip(without.days, with.days).count { $0 < $1 }
      }
    }
    #expect(shorter == 0 && longer > 1000, "\(shorter) \(longer)")
  }

  @Test("lost parcels are aged out, counted as a share, and cost the promise little")
  func lost() {
    let sound = RandomWorld(seed: 6, days: 200, perDay: 20).learner()
    let leaky = RandomWorld(seed: 6, days: 200, perDay: 20, lost: 50).learner()
    #expect(sound.lostShare == 0)
    #expect((0.014...0.026).contains(leaky.lostShare), "\(leaky.lostShare)")
    let curves = zip(
      Self.curves(sound, at: "2017-07-20T12:00"), Self.curves(leaky, at: "2017-07-20T12:00"))
    for (whole, leaking) in curves {
      let difference = (whole.days(at: .standard) ?? 0) - (leaking.days(at: .standard) ?? 0)
      #expect(abs(difference) <= 1)
    }
    #expect(leaky.underWay < 600)
  }

  @Test("a slump lengthens promises within days, its end shortens them again")
  func slump() {
    let world = RandomWorld(seed: 7, days: 140, perDay: 30)
    func days(_ date: CivilDate) -> Int32 {
      let time = LocalTime(date, .midnight)
      return Self.curves(world.learner(until: time), at: time)[0].days(at: .standard) ?? 0
    }
    // The slump doubles carriage of orders placed from 3 to 22 March.
    let calm = days("2017-03-01")
    let slump = days("2017-03-23")
    let after = days("2017-05-04")
    #expect(slump >= calm + 5, "\(calm) \(slump)")
    #expect(after <= slump - 4, "\(slump) \(after)")
  }

  /// Plans of 4 to 40 days, each kept with a tenth more: nine days of ten arrive after 1.05 to 1.15 of what was planned.
  @Test("orders with plans are told in shares of their plans, whatever lane they take")
  func planned() throws {
    var learner = PromiseLearner(pace: .everyDay)
    #expect(!learner.knowsPlans)
    var random = SeededGenerator(seed: 9)
    let start = ("2026-01-05T00:00" as LocalTime).minutes
    var events: [(Int64, ParcelEvent)] = []
    for number in 0..<6000 {
      let placed = start + Int64(number) * 30
      let planned = Int32(random.int(4...40)) * 1440
      let handed = placed + 720
      let arrived = placed + Int64(planned) * Int64(random.int(1050...1150)) / 1000
      let traits = OrderTraits(origin: "O", destination: "D", planned: planned)
      for (minute, kind) in [
        (placed, ParcelEvent.Kind.placed(traits)), (handed, .handedOver), (arrived, .delivered),
      ] {
        events.append(
          (minute, ParcelEvent(order: "\(number)", at: LocalTime(minutes: minute), kind: kind)))
      }
    }
    events.sort { $0.0 < $1.0 }
    for (minute, event) in events where minute < start + 120 * 1440 {
      learner.feed(event, now: event.at)
    }
    #expect(learner.knowsPlans && learner.quarantine.total == 0)
    let at = LocalTime(minutes: start + 120 * 1440)
    learner.advance(to: at.date)
    for planned: Int32 in [6, 12, 24, 36] {
      let traits = OrderTraits(origin: "elsewhere", destination: "far", planned: planned * 1440)
      let curve = learner.curve(for: traits, at: at)
      let days = Double(try #require(curve.days(at: .standard)))
      #expect((0.85...1.3).contains(days / (Double(planned) * 1.14)), "\(planned): \(days)")
      #expect(curve.group == .planned)
    }
  }

  @Test("a plan's earliest date is a floor")
  func floor() {
    let curve = Self.curves(RandomWorld(seed: 8).learner(), at: "2017-05-10T12:00")[0]
    let floored = curve.notBefore("2017-05-30")
    #expect(floored.days.allSatisfy { $0 >= 20 })
    #expect(zip(curve.days, floored.days).allSatisfy { $1 == max($0, 20) })
    #expect(curve.notBefore("2017-05-01") == curve)
  }
}
