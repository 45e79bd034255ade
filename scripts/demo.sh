#!/usr/bin/env bash
# What `make demo` prints: real quotes on the shipped world network, each with the command that made it.
set -euo pipefail
tradewind=$1

show() {
  printf '\n$ tradewind %s\n' "$*"
  "$tradewind" "$@" || [ $? -eq 3 ]
}

# The clock is pinned so that everyone sees the same text; leave --now out for today.
now=2026-11-20T09:00:00+08:00
show quote CNYIU ES:28013 0.48kg --goods battery --ready 2026-11-20T17:00 --now "$now"
show quote CNYIU ES:28013 0.48kg --goods battery --ready 2026-11-20T17:01 --now "$now" --quiet
show quote CNYIU ES:28013 0.48kg --line 851830:2:20EUR --line 610910:1:15EUR --view merchant --now "$now" --quiet
show explain CNSHA US:90001 2kg --dims 30x20x15cm --ready 2026-11-23T10:00 --now "$now" --quiet
show promise CNSZX JP:Tokyo 0.3kg --deliver-by 2026-12-04 --now "$now" --quiet
show quote CNYIU ES:28013 5000kg --now "$now"
show network stats --now "$now"
