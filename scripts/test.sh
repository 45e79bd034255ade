#!/usr/bin/env bash
# Runs the tests and fails when none ran: a filter that matches nothing would otherwise pass.
set -euo pipefail

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
swift test "$@" 2>&1 | tee "$log" || status=$?
closing=$(grep -E 'Test run with [0-9]+ tests?' "$log" | tail -n 1 || true)
if [ -z "$closing" ] || grep -qE 'Test run with 0 tests' <<<"$closing"; then
  echo "test: no test ran" >&2
  exit 1
fi
if [ "$status" -ne 0 ]; then
  # Whoever keeps only the end of a log sees what failed: each issue with the lines that say what was found.
  echo "test: what failed, out of the lines above:" >&2
  awk '/recorded an issue|Fatal error|unexpected signal/ { shown = 1; print; next }
       shown && /^ *↳/ { print; next }
       { shown = 0 }' "$log" | cut -c 1-600 | head -n 60 >&2
fi
exit "$status"
