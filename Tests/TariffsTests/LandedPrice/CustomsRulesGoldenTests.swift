import CSVTables
import LogisticsModel
import TestSupport
import Testing

@testable import Tariffs

@Suite("Every edge of customs_rules.csv, by hand") struct CustomsRulesGoldenTests {
  static let tender = CivilDate("2026-10-30")

  @Test(arguments: [false, true]) func answersAsByHand(hasTariff: Bool) throws {
    let book = try ImportRulesFixture.world(withTariff: hasTariff)
    for one in try CustomsGolden.cases() where one.hasTariff == hasTariff {
      let answer = book.rules.assessment(
        of: one.order, freight: one.freight, clearingOn: one.date, rates: book.rates,
        tender: Self.tender, in: one.freight.currency)
      switch answer {
      case .failure(let refusal):
        #expect(refusal.code.word == one.refusal, "\(one.testDescription): \(refusal)")
        #expect(refusal.rule.hasPrefix(one.rule), "\(one.testDescription): \(refusal)")
        for id in one.withheld {
          #expect(
            refusal.rule.hasSuffix("not applied: \(id)"), "\(one.testDescription): \(refusal)")
        }
        #expect(
          refusal.rule.contains("not applied") == !one.withheld.isEmpty,
          "\(one.testDescription): \(refusal)")
      case .success(let assessment):
        #expect(one.refusal == nil, "\(one.testDescription): \(assessment.total)")
        #expect(assessment.total == one.total, "\(one.testDescription): \(assessment.lines)")
        #expect(assessment.isGuaranteed == one.isGuaranteed, "\(one.testDescription)")
        #expect(
          assessment.lines.filter { $0.kind == .duty }.map(\.rule) == [one.rule],
          "\(one.testDescription)")
        #expect(
          assessment.lines.filter { $0.kind == .fee }.map(\.rule) == one.fees,
          "\(one.testDescription)")
        #expect(assessment.withheld == one.withheld, "\(one.testDescription)")
      }
      let pricer = ImportPricer(
        book.rules, rates: book.rates, tender: Self.tender, in: one.freight.currency)
      let total = pricer.total(
        try pricer.prepare(one.order).get(), freight: one.freight.minorUnits, clearingOn: one.date)
      #expect(total.refusal?.word == one.refusal, "\(one.testDescription): compiled")
      #expect(total.minorUnits == one.total?.minorUnits ?? 0, "\(one.testDescription): compiled")
      #expect(total.isGuaranteed == one.isGuaranteed, "\(one.testDescription): compiled")
    }
  }

  @Test func everyRowOfTheSourceHasCases() throws {
    var findings: [Finding] = []
    let text = try Fixtures.text(ImportRulesFixture.root + "/config/sources/customs_rules.csv")
    let table = try #require(
      CSVTable.parse(Array(text.utf8), file: "customs_rules.csv", findings: &findings))
    let column = try #require(table.column("rule_id"))
    let rows = (0..<table.rowCount).map { table.text($0, column) }
    #expect(Set(rows) == Set(try CustomsGolden.cases().map(\.row)))
    #expect(rows.count == 66)
  }

  /// For each rule of the bundle and each edge it has: a case on the edge that the rule answers, and one just beyond it, of the
  /// same destination, that it does not.
  @Test func everyEdgeOfEveryRuleHasACaseOnEitherSide() throws {
    let rules = try ImportRulesFixture.world(withTariff: false).rules
    let cases = try CustomsGolden.cases()
    let scopes = rules.duties.map { ($0.id, $0.scope) } + rules.fees.map { ($0.id, $0.scope) }
    for (id, scope) in scopes {
      let here = cases.filter { scope.destinations.contains($0.order.destination) }
      func check(
        _ edge: String, inside: (CustomsGolden.Case) -> Bool, beyond: (CustomsGolden.Case) -> Bool
      ) {
        #expect(here.contains { $0.names(id) && inside($0) }, "\(id): no case inside, \(edge)")
        #expect(here.contains { !$0.names(id) && beyond($0) }, "\(id): no case outside, \(edge)")
      }
      let validity = scope.validity
      if validity.from > .first {
        check("first day") {
          $0.date == validity.from
        } beyond: {
          $0.date == validity.from.adding(days: -1)
        }
      }
      if validity.to < .last {
        check("last day") {
          $0.date == validity.to
        } beyond: {
          $0.date == validity.to.adding(days: 1)
        }
      }
      func value(_ one: CustomsGolden.Case) -> Int64? {
        guard one.freight.currency == scope.band.currency else { return nil }
        return one.goods + (scope.band.basis.includesFreight ? one.freight.minorUnits : 0)
      }
      if let greatest = scope.band.greatest {
        check("greatest value") {
          value($0) == greatest
        } beyond: {
          value($0) == greatest + 1
        }
      }
      if let least = scope.band.least {
        check("least value") {
          value($0) == least
        } beyond: {
          value($0) == least - 1
        }
      }
      if scope.overGrams > 0 {
        check("least weight") {
          $0.order.weight.value == scope.overGrams + 1
        } beyond: {
          $0.order.weight.value == scope.overGrams
        }
      }
      if scope.uptoGrams < .max {
        check("greatest weight") {
          $0.order.weight.value == scope.uptoGrams
        } beyond: {
          $0.order.weight.value == scope.uptoGrams + 1
        }
      }
    }
  }
}
