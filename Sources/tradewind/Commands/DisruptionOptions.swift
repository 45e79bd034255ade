import ArgumentParser
import RoutePlanning

/// What goes other than planned, as flags; all repeatable, in one set.
struct DisruptionOptions: ParsableArguments {
  @Option(help: "LEG@DATE[THH:MM]: does not run that day.")
  var cancel: [String] = []

  @Option(help: "LEG@DATE:+4h late; with :moved the cut-off moves too.")
  var delay: [String] = []

  @Option(help: "LEG@DATE[THH:MM]: runs, takes nobody new.")
  var full: [String] = []

  @Option(help: "NODE@DATE..DATE: closed, first to last day.")
  var close: [String] = []

  @Option(help: "LEG or NODE@battery, @over:10kg: refuses these.")
  var restrict: [String] = []

  @Option(help: "LEG@DATETHH:MM[/14h]: runs once more.")
  var add: [String] = []

  /// Whether nothing is said.
  var isEmpty: Bool { words.allSatisfy { $0.words.isEmpty } }

  private var words: [(kind: Disruption.Kind, words: [String])] {
    [
      (.cancel, cancel), (.delay, delay), (.full, full), (.close, close), (.restrict, restrict),
      (.add, add),
    ]
  }

  /// Reads every word; all that cannot be read are complained of at once.
  func disruptions() throws -> [Disruption] {
    var found: [Disruption] = []
    var isSound = true
    for (kind, words) in words {
      for word in words {
        do throws(DisruptionFault) {
          found.append(try Disruption(word: word, of: kind))
        } catch {
          Streams.complain(error.description)
          isSound = false
        }
      }
    }
    guard isSound else { throw ExitStatus.usage }
    return found
  }
}
