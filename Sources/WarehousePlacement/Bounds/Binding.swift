/// A decision about one client and one site where clients are served whole.
struct Binding: Sendable, Hashable {
  let client: Int
  let site: Int
  /// Whether the site serves the client, or may not.
  let isBound: Bool
}
