#!/usr/bin/env bash
# Quotes a second through the queue, from enqueued requests to stored results: two workers on the world network, a server of their own
# with durable defaults.
#
# Usage: queued-quotes.sh TRADEWIND
# A job holds REQUESTS requests for three tiers; JOBS jobs are timed from their first completion to their last, after as many that
# let the workers build what they look up.
set -euo pipefail

tradewind=$(realpath "$1")
JOBS=${JOBS:-1000} REQUESTS=${REQUESTS:-100}
root=$(mktemp -d /var/tmp/queued-quotes-XXXXXX)
chmod a+rx "$root"
export TRADEWIND_DATA=$root/data TRADEWIND_LAZY_MEMORY=512MiB
unset TRADEWIND_DATABASE_URL PGHOST PGHOSTADDR PGPORT PGDATABASE PGUSER PGSERVICE PGOPTIONS || true
pids=()
finish() {
  for pid in "${pids[@]}"; do kill -TERM "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true; done
  "$tradewind" db stop --quiet >/dev/null 2>&1 || true
  rm -rf "$root"
}
trap finish EXIT

"$tradewind" db start --quiet >/dev/null
"$tradewind" db migrate --quiet >/dev/null
url=$("$tradewind" db url)
sql() { psql -qAtX "$url" -c "$1"; }
for i in 1 2; do
  "$tradewind" worker --network world --now 2026-11-20T09:00:00+08:00 --port 0 --log-level error 2>"$root/worker-$i" & pids+=($!)
done
for _ in $(seq 300); do [ "$(sql 'SELECT count(*) FROM tradewind.job_lease')" = 2 ] && break; sleep 0.1; done

# From six cities to a hundred postal zones in eight countries, 50 g to 5 kg, ready within three days.
enqueue() { # JOBS
  sql "SELECT count(tradewind.enqueue('default', 'quote', jsonb_build_object('requests', (
      SELECT jsonb_agg(jsonb_build_object(
        'from', (ARRAY['CNYIU', 'CNSZX', 'CNCAN', 'CNSHA', 'CNHGH', 'CNDGG'])[1 + (job * 7 + n) % 6],
        'to', (ARRAY['ES:28013', 'DE:10115', 'FR:75001', 'IT:00118', 'NL:1011', 'PL:00-001', 'SE:111 22', 'AT:1010'])[1 + (job + n * 5) % 8],
        'weight', (50 + (job * 37 + n * 211) % 4950) || 'g', 'dims', '20x15x8cm',
        'goods', (ARRAY['general', 'battery', 'general'])[1 + n % 3],
        'ready', to_char(timestamp '2026-11-20 10:00' + make_interval(mins => (job * 13 + n * 29) % 4000), 'YYYY-MM-DD\"T\"HH24:MI')))
      FROM generate_series(1, $REQUESTS) AS n)))) FROM generate_series(1, $1) AS job" >/dev/null
}
empty() { for _ in $(seq 6000); do [ "$(sql 'SELECT count(*) FROM tradewind.job')" = 0 ] && return; sleep 0.05; done; echo "queued-quotes: jobs are left" >&2; exit 4; }

enqueue "$JOBS"
empty
sleep 10
sql 'DELETE FROM tradewind.job_done' >/dev/null
# All are there before the first is taken.
"$tradewind" queue pause default --quiet >/dev/null
enqueue "$JOBS"
"$tradewind" queue resume default --quiet >/dev/null
empty
wrong=$(sql "SELECT count(*) FROM tradewind.job_status WHERE state <> 'done' OR jsonb_path_exists(result, '\$.quotes[*].error')")
[ "$wrong" = 0 ] || { echo "queued-quotes: $wrong jobs are not done" >&2; exit 4; }
rate=$(sql "SELECT round((count(*) - 1) * $REQUESTS / extract(epoch FROM max(finished_at) - min(finished_at))) FROM tradewind.job_done")
echo "{\"quotes_per_second\":$rate,\"quotes\":$((JOBS * REQUESTS)),\"requests_per_job\":$REQUESTS}"
