#!/usr/bin/env bash
# Prints every figure the README and CHANGELOG quote, with the command that measures it.
set -euo pipefail
tradewind=$1
now=2026-11-20T09:00:00+08:00
time=/usr/bin/time
command -v $time >/dev/null || { echo "measure: needs the Debian package time" >&2; exit 69; }

run() {
  printf '\n$ %s\n' "$*"
  "$@"
}

echo "exact search, 1,000 seeded requests, one thread"
run "$tradewind" bench --exact --requests 1000 --seed 1 --now "$now"

echo
echo "landed price of an order of three lines, added to each option"
run "$tradewind" bench --landed --requests 1000 --now "$now"

echo
echo "one quote as a whole process, warm file cache, nine runs (seconds, peak KiB)"
"$tradewind" quote CNYIU ES:28013 0.48kg --now "$now" --quiet >/dev/null
for _ in 1 2 3 4 5 6 7 8 9; do
  $time -f '%e %M' "$tradewind" quote CNYIU ES:28013 0.48kg --now "$now" --quiet 2>&1 >/dev/null
done | sort -n | awk '{ line[NR] = $0 } END { print "min " line[1] "  median " line[5] "  max " line[9] }'

echo
echo "network build, validate (seconds)"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
$time -f 'build %e s, %M KiB' "$tradewind" network build --out "$out" >/dev/null
for file in "$out"/*; do cmp "$file" "config/networks/world/$(basename "$file")"; done
echo "rebuild is byte-identical to config/networks/world"
$time -f 'validate %e s, %M KiB' "$tradewind" network validate --now "$now" | tail -n 1

echo
echo "every origin to every country"
run "$tradewind" coverage --now "$now" --quiet
