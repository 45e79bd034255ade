import Fulfilment
import LogisticsModel

/// A shipment for people.
struct ShipmentText {
  private let record: ShipmentRecord
  private var body: Shipment { record.log.shipment }

  init(_ record: ShipmentRecord) { self.record = record }

  private var head: String {
    let promise = record.promise
    var text =
      "shipment \(record.id): \(body.state.rawValue)\n"
      + "promised for \(promise.deliverBy.spoken(zone: promise.zone))"
    if promise.isRolled { text += ", quoted for \(promise.quotedBy.spoken(zone: promise.zone))" }
    text += "\n"
    if let delivered = body.delivered {
      text += "delivered \(delivered.rfc3339())\n"
    } else if let expected = body.expected {
      text += "expected \(expected.rfc3339())\n"
    }
    return text
  }

  /// For whoever moves the goods.
  var whole: String {
    let promise = record.promise
    var text = head
    text += "\(promise.tier.word), \(promise.price), quote \(promise.quote)\n"
    text += "\(record.origin) -> \(record.destination)"
    if !record.merchant.isEmpty { text += ", merchant \(record.merchant)" }
    if !record.channel.isEmpty { text += ", channel \(record.channel)" }
    text += "\n"
    for line in record.lines { text += "\(line.quantity) x \(line.sku) from \(line.node)\n" }
    var legs = TextTable(
      ["#", "LEG", "STATE", "PLANNED", "", "EXPECTED", "ACTUAL", ""],
      [.right, .left, .left, .left, .left, .left, .left, .left])
    for (number, leg) in body.legs.enumerated() {
      legs.append([
        "\(number)", leg.name, leg.state.rawValue, time(leg.planned.departure),
        time(leg.planned.arrival), time(leg.estimated.arrival), time(leg.actual.departure),
        time(leg.actual.arrival),
      ])
    }
    text += "\n" + legs.text
    guard !record.log.events.isEmpty else { return text }
    let waiting = Set(record.log.parked.map(\.key))
    var events = TextTable(
      ["OCCURRED", "CODE", "EVENT", "LEG", "KEY", ""], [.left, .right, .left, .right, .left, .left])
    for event in record.log.events {
      events.append([
        time(event.occurred), "\(event.status.rawValue)", event.status.word,
        event.leg.map(String.init) ?? "", ShipmentText.printable(event.key),
        waiting.contains(event.key) ? "parked" : "",
      ])
    }
    return text + "\n" + events.text
  }

  /// For the buyer.
  var tracking: String {
    var text = head
    for event in record.log.happenings {
      text += "\(time(event.occurred))  \(event.status.word)\n"
    }
    return text
  }

  private func time(_ instant: Instant?) -> String { instant?.rfc3339() ?? "" }

  /// A text of others on one line: controls and line breaks as blanks, cut where it gets long.
  static func printable(_ text: String) -> String {
    let line = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    return line.count > 60 ? line.prefix(57) + "..." : line
  }
}
