import ArgumentParser
import LogisticsModel
import WarehousePlacement

/// `place --verify`: a certificate held against its instance by the auditor alone.
struct CertificateCheck {
  let path: String
  let instance: String?
  let json: Bool

  private struct Answer: Encodable {
    let certificate: String
    let instance: String
    let holds: Bool
    let value: PlacementReport.Amount?
    let bound: PlacementReport.Amount?
    let fault: String?
  }

  func run() throws {
    let text = try InputFiles.read(path)
    let auditor: PlacementAuditor
    do throws(AuditFault) {
      auditor = try PlacementAuditor(text)
    } catch {
      Streams.complain("error \(PlacementCodes.certificate): \(path): \(error.text)")
      throw ExitStatus.data
    }
    guard let name = instance ?? auditor.instance else {
      Streams.complain(
        "error \(PlacementCodes.certificate): \(path): no instance is named; give --instance FILE")
      throw ExitStatus.data
    }
    let bytes = try InputFiles.readUnpacked(name)
    do throws(AuditFault) {
      let verdict = try auditor.verify(instance: bytes)
      let amount = { (units: Int64) in
        PlacementReport.Amount(units: units, decimals: verdict.decimals)
      }
      let answer = Answer(
        certificate: path, instance: name, holds: true, value: verdict.value.map(amount),
        bound: verdict.bound.map(amount), fault: nil)
      try? print(
        answer,
        "\(path) holds: value \(answer.value?.text ?? "none"), "
          + "bound \(answer.bound?.text ?? "none")\n")
    } catch {
      let answer = Answer(
        certificate: path, instance: name, holds: false, value: nil, bound: nil, fault: error.text)
      if json { try print(answer, "") }
      Streams.complain("error \(PlacementCodes.certificate): \(path): \(error.text)")
      throw ExitStatus.gate
    }
  }

  private func print(_ answer: Answer, _ text: String) throws {
    Streams.out(json ? try JSONText.pretty(answer) + "\n" : text)
  }
}
