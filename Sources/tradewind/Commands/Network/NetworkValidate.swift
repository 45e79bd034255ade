import ArgumentParser
import CSVTables
import LogisticsModel

/// `tradewind network validate`: everything there is to mend, at once.
struct NetworkValidate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check every table of a bundle; all findings at once, with file, line and column.",
    discussion: """
      Exit 0 with warnings only, 65 with errors, 4 with --strict and warnings.

      Examples:
        tradewind network validate
        tradewind network validate --network ./mine --json
      """)

  @Flag(help: "Warnings count as a failed gate.")
  var strict = false

  @OptionGroup var output: OutputOptions

  @OptionGroup var options: NetworkOptions

  struct FindingDocument: Encodable {
    let severity: String
    let code: String
    let file: String
    let line: Int
    let column: Int
    let message: String
  }

  func run() throws {
    let source = try options.source(try options.settings())
    let loaded = try NetworkLoading.load(
      directory: source.directory, now: source.now, cache: nil)
    let errors = loaded.findings.count { $0.severity == .error }
    let warnings = loaded.findings.count - errors
    if options.verbose { loaded.narrate() }
    let documents = loaded.findings.map {
      FindingDocument(
        severity: $0.severity.rawValue, code: $0.code, file: $0.file, line: $0.line,
        column: $0.column, message: $0.message)
    }
    try output.write(
      json: documents, jsonl: documents, csv: rows(documents),
      text: loaded.findings.map { $0.description + "\n" }.joined()
        + "\(source.directory): \(errors) errors, \(warnings) warnings\n")
    if errors > 0 { throw ExitStatus.data }
    if strict && warnings > 0 { throw ExitStatus.gate }
  }

  private func rows(_ findings: [FindingDocument]) -> CSVWriter {
    var rows = CSVWriter(["severity", "code", "file", "line", "column", "message"])
    for finding in findings {
      rows.append([
        finding.severity, finding.code, finding.file, "\(finding.line)", "\(finding.column)",
        finding.message,
      ])
    }
    return rows
  }
}
