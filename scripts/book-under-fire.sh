#!/usr/bin/env bash
# 40,000 orders of one quote on flights of 12,000, booked by eight processes of which one is killed (-9) every second and started
# again with the same orders. Afterwards: every order has exactly one promise, no flight is above its capacity, and the dates are
# those worked out by hand for the demo network (DeskTests): 28 and 30 November, 2 and 3 December.
#
# Usage: book-under-fire.sh TRADEWIND [ORDERS CAPACITY PROCESSES BATCH]
set -euo pipefail

tradewind=$(realpath "$1")
orders=${2:-40000} capacity=${3:-12000} processes=${4:-8} batch=${5:-10}
folder=$(mktemp -d /var/tmp/fire-XXXXXX)
chmod 755 "$folder"
export TRADEWIND_DATA=$folder/data TRADEWIND_CACHE=$folder/cache
unset TRADEWIND_DATABASE_URL PGHOST PGHOSTADDR PGSERVICE PGPORT PGDATABASE || true
pids=()
finish() {
  for pid in "${pids[@]}"; do kill -9 "$pid" 2>/dev/null || true; done
  "$tradewind" db stop --quiet >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap finish EXIT

clock=(--network demo --now 2026-11-20T09:00:00+08:00)
"$tradewind" db start --quiet >/dev/null
quote=$("$tradewind" quote O-YIWU ES:28013 480g --dims 20x15x8cm --ready 2026-11-20T17:30 --save --quiet --json "${clock[@]}" |
  sed -n 's/.*"quote_id" : "\(.*\)".*/\1/p')
"$tradewind" capacity set air "$capacity" --quiet

share=$((orders / processes))
for ((p = 0; p < processes; p++)); do
  { echo key,quote,tier,merchant
    for ((i = 0; i < share; i++)); do echo "order-$p-$i,$quote,standard,m$p"; done } >"$folder/$p.csv"
done

book() { # PROCESS: in the background, its answers to a file, its end to another
  # The subshell becomes the program, so that a kill reaches it and nothing else.
  (exec "$tradewind" shipment book --batch "$folder/$1.csv" --batch-size "$batch" --quiet "${clock[@]}" \
    >>"$folder/$1.out" 2>>"$folder/$1.err") &
  pids[$1]=$!
}

started=$(date +%s%N)
for ((p = 0; p < processes; p++)); do book "$p"; done
kills=0
next=$((started / 1000000 + 1000))
while :; do
  running=0
  for ((p = 0; p < processes; p++)); do
    [ -n "${pids[$p]:-}" ] || continue
    if kill -0 "${pids[$p]}" 2>/dev/null; then
      running=$((running + 1))
    else
      status=0
      wait "${pids[$p]}" 2>/dev/null || status=$?
      if [ "$status" -eq 0 ]; then pids[$p]=; else book "$p"; running=$((running + 1)); fi
    fi
  done
  [ "$running" -gt 0 ] || break
  if [ $(($(date +%s%N) / 1000000)) -ge "$next" ]; then
    victim=$((RANDOM % processes))
    if [ -n "${pids[$victim]:-}" ] && kill -9 "${pids[$victim]}" 2>/dev/null; then kills=$((kills + 1)); fi
    next=$((next + 1000))
  fi
  sleep 0.05
done 2>/dev/null # The shell would tell of every process that was killed.
seconds=$(((($(date +%s%N) - started)) / 1000000))
pids=()

# The same orders once more: all of them are answered, none is booked.
for ((p = 0; p < processes; p++)); do
  "$tradewind" shipment book --batch "$folder/$p.csv" --quiet "${clock[@]}"
done >"$folder/again"

fail() { echo "fire: $*" >&2; exit 4; }
count() { grep -c "$1" "$folder/again" || true; }
total=$((share * processes))
[ "$(count '"outcome":"repeated"')" -eq "$total" ] || fail "$(count '"outcome":"repeated"') of $total orders have a promise"
[ "$(sed 's/.*"shipment":"\([^"]*\)".*/\1/' "$folder/again" | sort -u | wc -l)" -eq "$total" ] || fail "orders share a shipment"
promises=$("$tradewind" report on-time --from 2026-11-01 --through 2027-03-01 --now 2026-11-20T01:00:00Z --csv --quiet |
  awk -F, 'NR > 1 { sum += $7 } END { print sum + 0 }')
[ "$promises" -eq "$total" ] || fail "$promises promises for $total orders"
left=$total
for date in 2026-11-28 2026-11-30 2026-12-02 2026-12-03; do
  wanted=$((left < capacity ? left : capacity))
  left=$((left - wanted))
  [ "$(count "\"deliver_by\":\"$date\"")" -eq "$wanted" ] || fail "$(count "\"deliver_by\":\"$date\"") promises for $date instead of $wanted"
done
"$tradewind" capacity show air --from 2026-11-20T00:00:00Z --csv --quiet >"$folder/flights"
awk -F, -v capacity="$capacity" -v total="$total" 'NR > 1 { if ($4 > capacity || $4 > $3) exit 1; sum += $4 } END { exit sum != total }' \
  "$folder/flights" || { cat "$folder/flights" >&2; fail "a flight is above its capacity, or places do not add up"; }
cat "$folder/flights"
echo "figure fire: $total orders in $((seconds / 1000)).$(printf %03d $((seconds % 1000))) s by $processes processes, $kills killed; every order one promise, no flight above $capacity"
