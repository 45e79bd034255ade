import ArgumentParser

/// FROM, TO and WEIGHT of the commands that always need them.
struct PlaceArguments: ParsableArguments {
  @Argument(help: "Where the parcel is.")
  var from: String

  @Argument(help: "Where it shall go.")
  var to: String

  @Argument(help: "Weight with unit: 0.48kg, 480g, 1lb, 17oz.")
  var weight: String
}
