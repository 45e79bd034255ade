/// Which optimisations of building blocks are on; tests switch each off to prove that it changes no answer.
struct ProfileOptions: Sendable {
  /// Drop partial itineraries that others at their node make needless; off means full enumeration (small networks only).
  var dropsDominated = true
  /// Keep of complete itineraries only those that can win a tier; off means that blocks hold all of them.
  var selectsWinners = true
  /// Compare what a few parcels pay before charges are compared for every parcel.
  var comparesProbes = true
  /// Remember how two sums of charges compare.
  var remembersComparisons = true
  /// Bytes that one thread may remember of charges, how they compare, and laws before it forgets them.
  ///
  /// Another origin's sums are others, so that little of what is forgotten would be asked for again.
  var greatestMemory = 192 << 20
  /// Keep each arrival law once, and what a leg makes of it, for all searches of a thread.
  var sharesLaws = true
  /// Work out arrivals once for all last legs that leave one node and run alike.
  var sharesArrivals = true
  /// Give destinations that no parcel can tell apart one block.
  var groupsDestinations = true
  /// Take a law that ends before another begins for the earlier one without comparing them.
  var skipsDisjointLaws = true
  /// Let tender dates under the same rules and rates share one freight sheet.
  var sharesSheets = true
  /// Ask the kernel for large pages under the blocks, which lie close together in them.
  var usesLargePages = true
}
