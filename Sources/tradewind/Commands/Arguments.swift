import ArgumentParser
import Fulfilment

/// Runs something that may find the request at fault: then one coded line on standard error and exit 64.
func checked<Value>(_ body: () throws(RequestFault) -> Value) throws -> Value {
  do throws(RequestFault) {
    return try body()
  } catch {
    Streams.complain(error.description)
    throw ExitStatus.usage
  }
}
