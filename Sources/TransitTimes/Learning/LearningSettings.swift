/// The constants of learning, all chosen on one history's first year (ARCHITECTURE.md says how) and none of it.
///
/// They are rates of forgetting and strengths of belief, not figures of any lane.
public struct LearningSettings: Hashable, Sendable {
  /// Days after which what is known of the carrier's present pace counts for 1/e.
  public var carrierMemory = 14.0
  /// The same for handling, which drifts less.
  public var handlingMemory = 21.0
  /// The same for the usual pace, which the present one is held against.
  public var usualMemory = 120.0
  /// Expected events a bin's usual rate weighs against what was seen lately.
  public var usualWeight = 60.0
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
  /// Days on a leg after which a parcel counts as lost.
  public var lostAfterDays = 60
  /// Legs over which the share of lost parcels is spread before it is believed.
  public var lostWeight = 100.0

  /// What ages are stretched by, away from their median: the present pace is known from a sample, and goes on changing.
  public var margin = 1.06
  /// Days after which what the model's levels were worth counts for 1/e.
  public var levelMemory = 120.0
  /// Orders a stated level weighs against what it was worth: thousands, because bad weeks are shared by their orders.
  public var calibrationWeight = 2000.0

  /// The shipped settings.
  public init() {}
}
