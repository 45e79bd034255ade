/// The constants of learning, all chosen on one history's first year (ARCHITECTURE.md says how) and none of it.
///
/// They are rates of forgetting and strengths of belief, not figures of any lane.
public struct LearningSettings: Hashable, Sendable {
  /// Days after which what is known of the carrier's pace before the last week counts for 1/e.
  public var carrierMemory = 7.0
  /// The same for handling, which drifts less.
  public var handlingMemory = 21.0
  /// The same for the usual pace, which the present one is held against.
  public var usualMemory = 120.0
  /// Expected events a bin's usual rate weighs against what was seen lately.
  public var usualWeight = 60.0
  /// Rate above which these beliefs weigh so many events, and no longer so much time at risk: ends that come all at once
  /// would otherwise be believed too late.
  public var quickRate = 4.0
  /// Exposure of the last week that older days may be worth, in an age they saw much of.
  public var echo = 2.0
  /// Exposure they may be worth however little the week saw.
  public var echoWeight = 20.0
  /// Expected events that the speed of the network as a whole needs before it is believed.
  public var speedWeight = 10.0
  /// Expected events the rate of all groups weighs against a group's own.
  public var groupWeight = 20.0
  /// Orders the level above weighs against a lane, zone, seller or distance band.
  public var levelWeight = 40.0
  /// Orders all sellers weigh against one seller's handling.
  public var sellerWeight = 5.0
  /// Completed legs over which the network's trend is taken out of what is learned about a lane.
  public var trendSample = 100.0
  /// Days after the order before its duration teaches a lane: sooner, only fast parcels would.
  public var ripeDays = 15
  /// The same in usual durations of its leg.
  public var ripeUsual = 1.25
  /// Days on a leg after which a parcel counts as lost.
  public var lostAfterDays = 60
  /// The same in usual durations of a long leg.
  public var patience = 4.2
  /// The same of a leg with a plan, which knows when it should be over.
  public var plannedPatience = 2.0
  /// Legs over which the share of lost parcels is spread before it is believed.
  public var lostWeight = 100.0

  /// What ages are stretched by, away from their median: the present pace is known from a sample, and goes on changing.
  public var margin = 1.1
  /// Days after which what whole orders did before the last week counts for 1/e.
  public var levelMemory = 2.0
  /// Orders that the law of the legs weighs against whole orders of late: many, because bad weeks are shared by their
  /// orders.
  public var calibrationWeight = 1000.0
  /// The same where a plan ties the legs together.
  public var plannedWeight = 100.0
  /// Days after which what orders did whose legs are followed counts for 1/e: their legs tell at once how slow the network
  /// is, and what is left changes little.
  public var followedMemory = 45.0
  /// Orders that the law of the legs weighs against whole orders of those.
  public var followedWeight = 300.0
  /// Change of the slowness of legs during a parcel's way that leaves half of what the parcel tells.
  public var steadiness = 0.15

  /// The shipped settings.
  public init() {}
}
