/// Stops with a message, also in an optimised build, where `precondition` keeps silent.
func expect(_ holds: Bool, _ message: @autoclosure () -> String = "an invariant does not hold") {
  if !holds { fatalError(message()) }
}
