#!/usr/bin/env bash
# libFuzzer on each parser: run.sh [seconds per parser, default 60] [parser ...]
# What it finds is kept in .build/fuzz/<parser>; the committed corpus stays as it is unless it is merged:
#   .build/fuzz/fuzz-<parser> -merge=1 scripts/fuzz/corpus/<parser> .build/fuzz/<parser>
set -euo pipefail

cd "$(dirname "$0")/../.."
seconds=${1:-60}
shift || true
parsers=("$@")
[ "${#parsers[@]}" -gt 0 ] || parsers=(csv time zone place weight line json snapshot)

out=.build/fuzz
mkdir -p "$out"
# SwiftPM cannot link a fuzzer, so the modules are compiled plainly, each instrumented.
flags=(-O -swift-version 6 -parse-as-library -I Sources/CZlib
  -enable-upcoming-feature ExistentialAny -enable-upcoming-feature MemberImportVisibility
  -enable-upcoming-feature InternalImportsByDefault)
compile() {
  swiftc -I "$2" "${flags[@]}" "${@:3}" -wmo -emit-module -emit-module-path "$2/$1.swiftmodule" -module-name "$1" \
    -c -o "$2/$1.o" $(find "Sources/$1" -name '*.swift')
}
plain=(-sanitize=fuzzer)
compile LogisticsModel "$out" "${plain[@]}"
compile CSVTables "$out" "${plain[@]}"

# The snapshot's decoder reads mapped memory by pointers: its modules are watched by the address sanitiser, and
# opened to the harness, which forges what only the module itself can write.
watched=(-sanitize=fuzzer,address -enable-testing)
compile_snapshot() {
  mkdir -p "$out/watched"
  for module in LogisticsModel CSVTables RouteGraph; do compile "$module" "$out/watched" "${watched[@]}"; done
  swiftc -I "$out/watched" "${flags[@]}" "${watched[@]}" -use-ld=lld -module-name Fuzz_snapshot -o "$out/fuzz-snapshot" \
    scripts/fuzz/harnesses/snapshot.swift scripts/fuzz/harnesses/Expect.swift "$out"/watched/*.o
}

status=0
# The fuzzer itself reports crashes, and keeps the input; the backtracer of Swift would take them from it.
export SWIFT_BACKTRACE=enable=no
# What the Swift runtime keeps for good is no leak.
export ASAN_OPTIONS=detect_leaks=0
for parser in "${parsers[@]}"; do
  if [ "$parser" = snapshot ]; then
    compile_snapshot
  else
    extra=()
    [ "$parser" = line ] && for file in OrderLineText OrderGoods OrderTerms QuoteRequest QuoteView RequestText; do
      extra+=("Sources/Fulfilment/Quotes/$file.swift")
    done
    [ "$parser" = json ] && extra=(Sources/RouteGraph/Bundle/JSONValue.swift)
    swiftc -I "$out" "${flags[@]}" "${plain[@]}" -use-ld=lld -module-name "Fuzz_$parser" -o "$out/fuzz-$parser" \
      "scripts/fuzz/harnesses/$parser.swift" scripts/fuzz/harnesses/Expect.swift "${extra[@]}" "$out/LogisticsModel.o" "$out/CSVTables.o"
  fi
  mkdir -p "$out/$parser"
  echo "fuzz: $parser for $seconds s"
  # The first folder takes what is new, the second is only read.
  if ! nice -n 19 "$out/fuzz-$parser" "$out/$parser" "scripts/fuzz/corpus/$parser" \
    -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
    -artifact_prefix="$out/crash-$parser-" -print_final_stats=1 -verbosity=0 2>"$out/$parser.log"
  then
    echo "fuzz: $parser FAILED; see $out/$parser.log and $out/crash-$parser-*" >&2
    tail -n 20 "$out/$parser.log" >&2
    status=1
  else
    grep -E 'number_of_executed_units|new_units_added' "$out/$parser.log" | sed "s/^/fuzz: $parser /" || true
  fi
done
exit $status
