/// Which orders are known and how far they are: what tells a new event from a repeated or an impossible one.
struct ParcelLedger: Sendable {
  /// What is known of one order.
  struct Parcel: Hashable, Sendable {
    enum Standing: UInt8, Sendable {
      case handling
      case carriage
      case delivered
      case cancelled
      case lost
      /// An event of it came too late to be learned: it is no longer counted as under way.
      case withdrawn
    }

    var placed: Int64
    var handedOver: Int64?
    /// When the longest leg of its plan departed.
    var departed: Int64?
    /// When it was delivered, cancelled, lost or withdrawn.
    var ended: Int64?
    var standing: Standing
    var keys: TraitBook.Keys
    /// Usual duration of carriage when it was placed, in days of work.
    var carriage: Double
    /// Watched levels whose last day it has outlived.
    var outlived: UInt8 = 0
    /// Whether enough was known of carriage when it was placed to tell its age later.
    var isMeasured: Bool
  }

  /// Days after its end at which an order is forgotten.
  static let rememberedDays = 180

  private(set) var parcels: [Parcel] = []
  private(set) var names: [String] = []
  private(set) var slots: [String: Int32] = [:]
  private(set) var free: [Int32] = []
  /// Slots to forget, by day.
  private(set) var leaving: [Int: [Int32]] = [:]

  /// An empty ledger.
  init() {}

  /// One read from a state; an empty name marks a free slot.
  init(parcels: [Parcel], names: [String], free: [Int32], leaving: [Int: [Int32]]) {
    self.parcels = parcels
    self.names = names
    self.free = free
    self.leaving = leaving
    for (slot, name) in names.enumerated() where !name.isEmpty { slots[name] = Int32(slot) }
  }

  func slot(of order: String) -> Int32? { slots[order] }

  subscript(slot: Int32) -> Parcel {
    get { parcels[Int(slot)] }
    set { parcels[Int(slot)] = newValue }
  }

  mutating func add(_ parcel: Parcel, order: String) -> Int32 {
    let slot: Int32
    if let reused = free.popLast() {
      slot = reused
      parcels[Int(slot)] = parcel
      names[Int(slot)] = order
    } else {
      slot = Int32(parcels.count)
      parcels.append(parcel)
      names.append(order)
    }
    slots[order] = slot
    return slot
  }

  /// Ends an order; it is remembered for a while, so that repeated news is known as such.
  mutating func end(_ slot: Int32, as standing: Parcel.Standing, at minute: Int64, day: Int) {
    parcels[Int(slot)].standing = standing
    parcels[Int(slot)].ended = minute
    leaving[day + ParcelLedger.rememberedDays, default: []].append(slot)
  }

  mutating func close(_ day: Int) {
    for slot in leaving.removeValue(forKey: day) ?? [] {
      slots[names[Int(slot)]] = nil
      names[Int(slot)] = ""
      free.append(slot)
    }
  }
}
