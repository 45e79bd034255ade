@main struct Tradewind { static func main() { print("tradewind") } }
