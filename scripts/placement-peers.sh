#!/usr/bin/env bash
# Solves placement instances with tradewind and, beside it, with general solvers on the same machine.
# usage: scripts/placement-peers.sh BINARY FOLDER [SECONDS]
# The peers are HiGHS (Python package highspy) and CBC (Debian package coinor-cbc); what is absent is skipped.
# Both get the model with x_ij <= y_j and continuous x, made by the helper beside this script; its time is left out.
set -euo pipefail
cd "$(dirname "$0")/.."
binary=${1:?usage: placement-peers.sh BINARY FOLDER [SECONDS]}
folder=${2:?usage: placement-peers.sh BINARY FOLDER [SECONDS]}
seconds=${3:-60}
ours=$(mktemp)
trap 'rm -f "$ours"' EXIT
"$binary" bench --placement "$folder" --time-limit "$seconds" --quiet --json > "$ours"
command -v cbc > /dev/null || echo "CBC is absent, skipped; install it with: apt-get install coinor-cbc" >&2
python3 -c 'import highspy' 2> /dev/null \
  || echo "HiGHS is absent, skipped; install it with: pip install highspy" >&2
exec python3 scripts/placement_peers.py "$ours" "$folder" "$seconds"
