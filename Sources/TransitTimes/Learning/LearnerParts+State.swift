// The parts of a learner as bytes, each written and read in one place. Dictionaries are written in the order of their
// keys, so that equal states are equal bytes.

extension LearningSettings {
  /// All constants, in the order of a state.
  var constants: [Double] {
    get {
      [
        carrierMemory, handlingMemory, usualMemory, usualWeight, speedWeight, groupWeight,
        levelWeight, sellerWeight, trendSample, Double(ripeDays), Double(lostAfterDays), lostWeight,
        margin, levelMemory, calibrationWeight, quickRate, echo, echoWeight, ripeUsual, patience,
        plannedPatience, plannedWeight, followedMemory, steadiness, followedWeight,
      ]
    }
    set {
      guard newValue.count == 25 else { return }
      carrierMemory = newValue[0]
      handlingMemory = newValue[1]
      usualMemory = newValue[2]
      usualWeight = newValue[3]
      speedWeight = newValue[4]
      groupWeight = newValue[5]
      levelWeight = newValue[6]
      sellerWeight = newValue[7]
      trendSample = newValue[8]
      ripeDays = Int(newValue[9])
      lostAfterDays = Int(newValue[10])
      lostWeight = newValue[11]
      margin = newValue[12]
      levelMemory = newValue[13]
      calibrationWeight = newValue[14]
      quickRate = newValue[15]
      echo = newValue[16]
      echoWeight = newValue[17]
      ripeUsual = newValue[18]
      patience = newValue[19]
      plannedPatience = newValue[20]
      plannedWeight = newValue[21]
      followedMemory = newValue[22]
      steadiness = newValue[23]
      followedWeight = newValue[24]
    }
  }
}

extension TraitBook.Keys {
  func write(_ writer: inout StateWriter) {
    for key in [destination, lane, band, zone, seller, group] { writer.small(key) }
    writer.number(planned)
    writer.number(moving)
    writer.number(longest)
  }

  init(_ reader: inout StateReader) throws(StateReader.Broken) {
    destination = try reader.small()
    lane = try reader.small()
    band = try reader.small()
    zone = try reader.small()
    seller = try reader.small()
    group = try reader.small()
    planned = try reader.number()
    moving = try reader.number()
    longest = try reader.number()
    guard (0..<Int32(AgeRates.groups)).contains(group) else { throw StateReader.Broken() }
  }
}

extension TraitBook {
  func write(_ writer: inout StateWriter) {
    for table in [origins, destinations, zoneNames, sellers] {
      writer.list(table.sorted { $0.value < $1.value }) { $0.text($1.key) }
    }
    for table in [lanes, zones] {
      writer.list(table.sorted { $0.value < $1.value }) { $0.integer($1.key) }
    }
  }

  init(_ reader: inout StateReader) throws(StateReader.Broken) {
    var texts: [[String]] = []
    for _ in 0..<4 {
      texts.append(
        try reader.list(leastBytes: 8) { (reader) throws(StateReader.Broken) in
          try reader.text()
        })
    }
    var pairs: [[UInt64]] = []
    for _ in 0..<2 {
      pairs.append(
        try reader.list(leastBytes: 8) { (reader) throws(StateReader.Broken) in
          UInt64(bitPattern: Int64(try reader.integer()))
        })
    }
    self.init(
      origins: texts[0], destinations: texts[1], zoneNames: texts[2], sellers: texts[3],
      lanes: pairs[0], zones: pairs[1])
  }
}

extension ParcelLedger {
  func write(_ writer: inout StateWriter) {
    writer.list(zip(parcels, names).map { $0 }) { writer, entry in
      let (parcel, name) = entry
      writer.text(name)
      writer.integer(parcel.placed)
      writer.integer(parcel.handedOver ?? .min)
      writer.integer(parcel.departed ?? .min)
      writer.integer(parcel.ended ?? .min)
      writer.small(Int32(parcel.standing.rawValue))
      parcel.keys.write(&writer)
      writer.number(parcel.carriage)
      writer.small(Int32(parcel.outlived))
      writer.small(parcel.isMeasured ? 1 : 0)
    }
    writer.list(free) { $0.small($1) }
    writer.list(leaving.sorted { $0.key < $1.key }) { writer, entry in
      writer.integer(entry.key)
      writer.list(entry.value) { $0.small($1) }
    }
  }

  init(_ reader: inout StateReader) throws(StateReader.Broken) {
    var names: [String] = []
    var parcels: [Parcel] = []
    for _ in 0..<(try reader.count(leastBytes: 16)) {
      names.append(try reader.text())
      let placed = Int64(try reader.integer())
      let handedOver = Int64(try reader.integer())
      let departed = Int64(try reader.integer())
      let ended = Int64(try reader.integer())
      guard let standing = Parcel.Standing(rawValue: UInt8(truncatingIfNeeded: try reader.small()))
      else { throw StateReader.Broken() }
      let keys = try TraitBook.Keys(&reader)
      let carriage = try reader.number()
      let outlived = UInt8(truncatingIfNeeded: try reader.small())
      parcels.append(
        Parcel(
          placed: placed, handedOver: handedOver == .min ? nil : handedOver,
          departed: departed == .min ? nil : departed,
          ended: ended == .min ? nil : ended, standing: standing, keys: keys, carriage: carriage,
          outlived: outlived, isMeasured: try reader.small() == 1))
    }
    let count = Int32(parcels.count)
    func slot(_ reader: inout StateReader) throws(StateReader.Broken) -> Int32 {
      let slot = try reader.small()
      guard (0..<count).contains(slot) else { throw StateReader.Broken() }
      return slot
    }
    let free = try reader.list(leastBytes: 4) { (reader) throws(StateReader.Broken) in
      try slot(&reader)
    }
    var leaving: [Int: [Int32]] = [:]
    for _ in 0..<(try reader.count(leastBytes: 16)) {
      let day = try reader.integer()
      leaving[day] = try reader.list(leastBytes: 4) { (reader) throws(StateReader.Broken) in
        try slot(&reader)
      }
    }
    self.init(parcels: parcels, names: names, free: free, leaving: leaving)
  }
}

extension LegSlowness {
  func write(_ writer: inout StateWriter) {
    writer.integer(closed)
    for (days, leads) in [(byDay, leads), (byDayToday, leadsToday)] {
      writer.list(days.sorted { $0.key < $1.key }) { writer, entry in
        writer.integer(entry.key)
        entry.value.write(&writer)
      }
      leads.write(&writer)
    }
  }

  init(_ reader: inout StateReader, steadiness: Double) throws(StateReader.Broken) {
    self.init()
    let closed = try reader.integer()
    guard closed == .min || abs(closed) < 4_000_000 else { throw StateReader.Broken() }
    let known = try LegSlowness.sums(&reader)
    let today = try LegSlowness.sums(&reader)
    restore(known: known, today: today, closed: closed, steadiness: steadiness)
  }

  private static func sums(
    _ reader: inout StateReader
  ) throws(StateReader.Broken) -> (days: [Int: Day], leads: Day) {
    var days: [Int: Day] = [:]
    for _ in 0..<(try reader.count(leastBytes: 24)) {
      let day = try reader.integer()
      days[day] = try Day(&reader)
    }
    return (days, try Day(&reader))
  }
}

extension LegSlowness.Day {
  func write(_ writer: inout StateWriter) {
    writer.integer(expected)
    writer.integer(taken)
  }

  init(_ reader: inout StateReader) throws(StateReader.Broken) {
    expected = Int64(try reader.integer())
    taken = Int64(try reader.integer())
    // Sums of minutes, far from where adding four hundred of them would overflow.
    guard (0...Int64(1) << 50).contains(expected), abs(taken) <= Int64(1) << 50 else {
      throw StateReader.Broken()
    }
  }
}

extension FadingWeek {
  func write(_ writer: inout StateWriter) {
    writer.integer(place)
    for sums in [older, today] + week { sums.write(&writer) }
  }

  /// Reads sums in the place of those that are there.
  mutating func read(_ reader: inout StateReader) throws(StateReader.Broken) {
    let place = try reader.integer()
    guard (0..<FadingWeek.days).contains(place) else { throw StateReader.Broken() }
    var sums = [Sums](repeating: Sums(bins: least.count), count: 2 + FadingWeek.days)
    for index in sums.indices { try sums[index].read(&reader) }
    restore(older: sums[0], today: sums[1], week: Array(sums[2...]), place: place)
  }
}

extension FadingWeek.Sums {
  func write(_ writer: inout StateWriter) {
    for value in events + exposure { writer.number(value) }
  }

  mutating func read(_ reader: inout StateReader) throws(StateReader.Broken) {
    for bin in events.indices { events[bin] = try reader.number() }
    for bin in exposure.indices { exposure[bin] = try reader.number() }
  }
}

extension ShrunkLadder {
  func write(_ writer: inout StateWriter) {
    for value in [count, sum, plannedCount, plannedSum, trendCount, trendSum] {
      writer.number(value)
    }
    for rung in rungs {
      writer.list(rung.counts) { $0.small($1) }
      writer.list(rung.sums) { $0.number($1) }
    }
  }

  mutating func read(_ reader: inout StateReader) throws(StateReader.Broken) {
    count = try reader.number()
    sum = try reader.number()
    plannedCount = try reader.number()
    plannedSum = try reader.number()
    trendCount = try reader.number()
    trendSum = try reader.number()
    for index in rungs.indices {
      rungs[index].counts = try reader.list(leastBytes: 4) { (reader) throws(StateReader.Broken) in
        try reader.small()
      }
      rungs[index].sums = try reader.list(leastBytes: 8) { (reader) throws(StateReader.Broken) in
        try reader.number()
      }
      guard rungs[index].counts.count == rungs[index].sums.count else {
        throw StateReader.Broken()
      }
    }
  }
}

extension LegLearner {
  func write(_ writer: inout StateWriter) {
    ladder.write(&writer)
    rates.lately.write(&writer)
    rates.usual.write(&writer)
    writer.list(underWay) { writer, run in
      writer.small(run.parcel)
      writer.integer(run.begin)
      writer.integer(run.beginWork)
      writer.number(run.usual)
      writer.number(run.unit)
      writer.small(run.placedDay)
      run.keys.write(&writer)
      writer.small(run.isMeasured ? 1 : 0)
    }
    writer.list(ripening.sorted { $0.key < $1.key }) { writer, entry in
      writer.integer(entry.key)
      writer.list(entry.value) { writer, ripe in
        writer.number(ripe.duration)
        writer.number(ripe.unit)
        ripe.keys.write(&writer)
        writer.number(ripe.age ?? -1)
        writer.number(ripe.worth)
        writer.small(ripe.isCompleted ? 1 : 0)
      }
    }
    writer.list(begun.sorted { $0.key < $1.key }) { writer, entry in
      writer.integer(entry.key)
      writer.integer(entry.value)
    }
    writer.integer(judged)
    writer.integer(lost)
  }

  mutating func read(_ reader: inout StateReader) throws(StateReader.Broken) {
    try ladder.read(&reader)
    var lately = rates.lately
    var usual = rates.usual
    try lately.read(&reader)
    try usual.read(&reader)
    rates.restore(lately: lately, usual: usual)
    underWay = try reader.list(leastBytes: 56) { (reader) throws(StateReader.Broken) in
      Run(
        parcel: try reader.small(), begin: Int64(try reader.integer()),
        beginWork: Int64(try reader.integer()), usual: try reader.number(),
        unit: try reader.number(), placedDay: try reader.small(), keys: try TraitBook.Keys(&reader),
        isMeasured: try reader.small() == 1)
    }
    for _ in 0..<(try reader.count(leastBytes: 16)) {
      let day = try reader.integer()
      ripening[day] = try reader.list(leastBytes: 32) { (reader) throws(StateReader.Broken) in
        let duration = try reader.number()
        let unit = try reader.number()
        let keys = try TraitBook.Keys(&reader)
        let age = try reader.number()
        return Ripening(
          duration: duration, unit: unit, keys: keys, age: age < 0 ? nil : age,
          worth: try reader.number(), isCompleted: try reader.small() == 1)
      }
    }
    for _ in 0..<(try reader.count(leastBytes: 16)) {
      let day = try reader.integer()
      begun[day] = try reader.integer()
    }
    judged = try reader.integer()
    lost = try reader.integer()
  }
}
