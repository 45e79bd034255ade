#!/usr/bin/env bash
# libFuzzer on each parser: run.sh [seconds per parser, default 60] [parser ...]
# What it finds is kept in .build/fuzz/<parser>; the committed corpus stays as it is unless it is merged:
#   .build/fuzz/fuzz-<parser> -merge=1 scripts/fuzz/corpus/<parser> .build/fuzz/<parser>
set -euo pipefail

cd "$(dirname "$0")/../.."
seconds=${1:-60}
shift || true
parsers=("$@")
[ "${#parsers[@]}" -gt 0 ] || parsers=(csv time zone place weight json)

out=.build/fuzz
mkdir -p "$out"
# SwiftPM cannot link a fuzzer, so the modules are compiled plainly, each instrumented.
flags=(-O -swift-version 6 -parse-as-library -sanitize=fuzzer -I "$out"
  -enable-upcoming-feature ExistentialAny -enable-upcoming-feature MemberImportVisibility
  -enable-upcoming-feature InternalImportsByDefault)
compile() {
  swiftc "${flags[@]}" -wmo -emit-module -emit-module-path "$out/$1.swiftmodule" -module-name "$1" \
    -c -o "$out/$1.o" $(find "Sources/$1" -name '*.swift')
}
compile LogisticsModel
compile CSVTables

status=0
# The fuzzer itself reports crashes, and keeps the input; the backtracer of Swift would take them from it.
export SWIFT_BACKTRACE=enable=no
for parser in "${parsers[@]}"; do
  extra=()
  [ "$parser" = json ] && extra=(Sources/RouteGraph/Bundle/JSONValue.swift)
  swiftc "${flags[@]}" -use-ld=lld -module-name "Fuzz_$parser" -o "$out/fuzz-$parser" \
    "scripts/fuzz/harnesses/$parser.swift" scripts/fuzz/harnesses/Expect.swift "${extra[@]}" "$out/LogisticsModel.o" "$out/CSVTables.o"
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
