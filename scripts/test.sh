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
exit "$status"
