#!/usr/bin/env bash
# The degenerate mode of the conformance page on a network of 5,000 hubs: both engines, answers compared, times printed.
# The fast engine's time for a look-up stands beside what building its blocks took.
set -euo pipefail
tradewind=$1
folder=${2:-.build/contest}
python3 "$(dirname "$0")/network.py" "$folder"
for engine in exact fast; do
  "$tradewind" conformance --network "$folder" --queries "$folder/queries.csv" --engine "$engine" \
    --statistics >"$folder/$engine.csv"
done
compared() { cut -d, -f1-4,6 "$1"; }
cmp <(compared "$folder/exact.csv") <(compared "$folder/fast.csv")
echo "$(($(wc -l <"$folder/exact.csv") - 1)) vectors, the same by both engines"
