#!/usr/bin/env bash
# The queue's figures, on a server of its own with durable defaults, beside pgbench running the same SQL in the same run.
#
# Usage: bench-queue.sh QUEUE_CHECK [OUT.json]
# Two workers of one process each drain JOBS jobs with 64 bytes of payload, each completed by its key with a result row. Sizes come from
# the environment: JOBS HELD_JOBS COPY_JOBS WAKES IDLE_SECONDS RESCUES QUOTE_JOBS. Each figure is told on standard error as it is known.
set -euo pipefail

check=$(realpath "$1")
out=${2:-}
here=$(cd "$(dirname "$0")/.." && pwd)
JOBS=${JOBS:-300000} HELD_JOBS=${HELD_JOBS:-300000} COPY_JOBS=${COPY_JOBS:-300000} WAKES=${WAKES:-200}
IDLE_SECONDS=${IDLE_SECONDS:-30} RESCUES=${RESCUES:-5} QUOTE_JOBS=${QUOTE_JOBS:-1000}
told() { echo "$1: $2" >&2; }
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
bin=${bin:-$(dirname "$(command -v initdb)")}
root=$(mktemp -d /var/tmp/queue-bench-XXXXXX)
chmod a+rx "$root"
mkdir "$root/server"
user=()
if [ "$(id -u)" = 0 ]; then
  account=$(id -un postgres 2>/dev/null || echo nobody)
  user=(setpriv "--reuid=$account" "--regid=$(id -gn "$account")" --clear-groups)
  chown "$account" "$root/server"
fi
unset PGHOST PGHOSTADDR PGPORT PGDATABASE PGUSER PGSERVICE PGOPTIONS || true
pids=()
finish() {
  for pid in "${pids[@]}"; do kill -9 "$pid" 2>/dev/null || true; done
  "${user[@]}" "$bin/pg_ctl" -D "$root/server/data" -m immediate -s stop >/dev/null 2>&1 || true
  rm -rf "$root"
}
trap finish EXIT

"${user[@]}" "$bin/initdb" -D "$root/server/data" -U tradewind -A trust -E UTF8 --locale=C.UTF-8 --no-instructions >/dev/null
"${user[@]}" "$bin/pg_ctl" -D "$root/server/data" -s -w -l "$root/server/log" start -o "-k $root/server -c listen_addresses=" >/dev/null
sql() { psql -qAtX -h "$root/server" -U tradewind -d "${2:-bench}" -c "$1"; }
where="host=$root/server user=tradewind dbname=bench"
fresh() { # A new database: no run leaves anything to the next.
  sql 'DROP DATABASE IF EXISTS bench (FORCE)' postgres
  sql 'CREATE DATABASE bench' postgres
  "$check" prepare --database "$where" --sql "$here/sql"
}
send() { "$check" send --database "$where" --sql "$here/sql" --jobs "$1" --batch 5000 --mix noop=1 --padding 40; }
settle() { sql 'VACUUM (ANALYZE) tradewind.job'; sql 'CHECKPOINT'; }
rate() { # Between the first and the last completion: neither start nor end of a process counts.
  sql "SELECT round((count(*) - 100) / extract(epoch FROM max(finished_at) - min(finished_at))) FROM tradewind.job_done"
}
drain() {
  for i in 1 2; do "$check" work --database "$where" --sql "$here/sql" --until-empty >"$root/worker-$i" & pids+=($!); done
  for pid in "${pids[@]}"; do wait "$pid"; done
  pids=()
  [ "$(sql 'SELECT count(*) = count(DISTINCT id) FROM tradewind.job_done')" = t ] || { echo "bench: a job is done twice" >&2; exit 4; }
}

# Enqueuing by COPY, durable, five thousand a transaction, by one sender and by two.
fresh
alone=$(send "$COPY_JOBS" | sed 's/.*"per_second":\([0-9]*\).*/\1/')
fresh
for i in 1 2; do send "$((COPY_JOBS / 2))" >"$root/sender-$i" & pids+=($!); done
for pid in "${pids[@]}"; do wait "$pid"; done
pids=()
slower=$(sed 's/.*"milliseconds":\([0-9]*\).*/\1/' "$root"/sender-* | sort -n | tail -1)
copy=$((COPY_JOBS / 2 * 2 * 1000 / slower))

# pgbench: the very statements of the worker in its own two round trips, two clients; then the workers; then pgbench again.
cat >"$root/pgbench.sql" <<SQL
WITH me AS MATERIALIZED (
  SELECT 1 FROM tradewind.job_lease AS l
  WHERE l.lease = :lease AND l.expires_at > clock_timestamp()
    AND EXISTS (SELECT FROM tradewind.job_queue AS q WHERE q.queue = 1 AND q.paused_at IS NULL)
  FOR KEY SHARE
), c AS MATERIALIZED (
  SELECT k.place
  FROM me, unnest('{0,1,2,3,4,5,6,7}'::int2[]) AS p(priority),
    LATERAL (
      SELECT j.ctid AS place FROM tradewind.job_queue_1 AS j
      WHERE j.queue = 1 AND j.priority = p.priority AND j.lease IS NULL AND j.run_at <= now() AND j.kind = ANY ('{1}'::int4[])
      ORDER BY j.run_at, j.id LIMIT 100 FOR UPDATE SKIP LOCKED
    ) AS k
  LIMIT 100
), u AS (
  UPDATE tradewind.job_queue_1 AS j SET lease = :lease, attempt = j.attempt + 1
  FROM c WHERE j.ctid = c.place
  RETURNING j.ctid AS place, j.tenant_id, j.id, j.kind, j.attempt, j.max_attempts, j.priority, j.run_at, j.timeout_ms, j.trace, j.payload
)
SELECT coalesce(array_agg(tenant_id), '{}') AS tenants, coalesce(array_agg(id), '{}') AS ids,
  coalesce(array_agg(attempt), '{}') AS attempts, coalesce(array_agg(place), '{}') AS places FROM u \gset
WITH k AS MATERIALIZED (
  SELECT * FROM unnest(:tenants::int4[], :ids::uuid[], :attempts::int2[], :places::tid[]) AS r(tenant_id, id, attempt, place)
), d AS (
  DELETE FROM tradewind.job_queue_1 AS j USING k
  WHERE j.ctid = k.place AND j.attempt = k.attempt AND j.lease IS NOT DISTINCT FROM :lease
    AND j.id IS NOT DISTINCT FROM k.id AND j.tenant_id IS NOT DISTINCT FROM k.tenant_id
  RETURNING j.tenant_id, j.id, j.kind, j.attempt, j.errors
), f AS (
  INSERT INTO tradewind.job_done (tenant_id, id, queue, kind, attempt, state, finished_at, lease, result, errors)
  SELECT tenant_id, id, 1, kind, attempt, 1, now(), :lease, '{"ok": true}', errors FROM d
)
SELECT tradewind.insist((SELECT count(*) FROM d) = cardinality(:ids::uuid[]), 'a finished job is not held any more');
SQL
pgbench() {
  fresh
  send "$JOBS" >/dev/null
  settle
  lease=$(sql "INSERT INTO tradewind.job_lease (node, pid, version, slots, expires_at) VALUES ('pgbench', 1, '0', 1, now() + interval '1 day') RETURNING lease")
  PGOPTIONS='-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c enable_sort=off -c enable_incremental_sort=off -c enable_bitmapscan=off -c enable_material=off -c jit=off' \
    command pgbench -n -M prepared -c 2 -j 2 -t $((JOBS / 200)) -D "lease=$lease" -f "$root/pgbench.sql" -h "$root/server" -U tradewind bench >/dev/null 2>&1
  rate
}
free() { fresh; send "$JOBS" >/dev/null; settle; drain; rate; }
held() { # One old transaction sees everything that dies: nothing can be removed behind it.
  fresh
  send "$HELD_JOBS" >/dev/null
  settle
  psql -qAtX -h "$root/server" -U tradewind bench -c 'BEGIN ISOLATION LEVEL REPEATABLE READ' \
    -c 'SELECT count(*), pg_sleep(3600) FROM tradewind.job_done' >/dev/null 2>&1 &
  holder=$!
  sleep 0.3
  drain
  rate
  sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()" >/dev/null
  wait "$holder" 2>/dev/null || true
}
first=$(pgbench)
drained=$(free)
second=$(pgbench)
drained_again=$(free)
held_rate=$(held | head -1)
peer=$((first > second ? first : second))
best=$((drained > drained_again ? drained : drained_again))

told "enqueued by COPY a second, by one sender, by two" "$alone, $copy"
told "drained a second (pgbench, workers, pgbench, workers; with an old transaction)" "$first $drained $second $drained_again; $held_rate"

# Waking and idling.
fresh
wake=$("$check" wake --database "$where" --sql "$here/sql" --jobs "$WAKES" --idle "$IDLE_SECONDS")

told "wake and idle" "$wake"

# Rescue: a worker is killed with jobs in hand; how long until each of them begins again, with the usual lease.
fresh
rescue=$(
  sql "SELECT tradewind.enqueue('default', 'noop', '{}') FROM generate_series(1, 50)" >/dev/null
  for ((r = 0; r < RESCUES; r++)); do
    "$check" work --database "$where" --sql "$here/sql" --lease 15000 --pause 600000 >/dev/null & victim=$!
    for _ in $(seq 200); do [ "$(sql 'SELECT count(*) FROM tradewind.job WHERE lease IS NOT NULL')" -gt 0 ] && break; sleep 0.05; done
    "$check" work --database "$where" --sql "$here/sql" --lease 15000 >/dev/null & rescuer=$!
    sleep "$((RANDOM % 5)).$((RANDOM % 10))"
    killed=$(date +%s%N)
    kill -9 "$victim"; wait "$victim" 2>/dev/null || true
    for _ in $(seq 1200); do [ "$(sql 'SELECT count(*) FROM tradewind.job')" = 0 ] && break; sleep 0.02; done
    echo $((($(date +%s%N) - killed) / 1000000))
    kill -TERM "$rescuer"; wait "$rescuer" || true
    sql "SELECT tradewind.enqueue('default', 'noop', '{}') FROM generate_series(1, 50)" >/dev/null
  done | sort -n | tail -1
)

told "rescue, ms at most" "$rescue"

# A tenant of one per cent beside one of ninety-nine.
fresh
fair=$("$check" fairness --database "$where" --sql "$here/sql")

told "fairness" "$fair"

# Quotes from request to stored result, by the program's own worker.
# A job there is a hundred requests, so it has a number of its own.
quotes=$(JOBS=$QUOTE_JOBS "$here/scripts/queued-quotes.sh" "$(dirname "$check")/tradewind" | sed 's/.*"quotes_per_second":\([0-9]*\).*/\1/')

hundredths() { awk "BEGIN { printf \"%.2f\", $1 / $2 }"; }
json="{\"drain_per_second\":$best,\"drain_xmin_held_per_second\":$held_rate,\"drain_xmin_held_share\":$(hundredths "$held_rate" "$best"),\
\"enqueue_copy_per_second\":$copy,\"enqueue_copy_alone_per_second\":$alone,\"quotes_per_second\":$quotes,${wake:1:${#wake}-2},\"rescue_ms_max\":$rescue,${fair:1:${#fair}-2},\
\"pgbench_same_sql_per_second\":$peer,\"of_pgbench\":$(hundredths "$best" "$peer")}"
echo "$json"
[ -z "$out" ] || echo "$json" >"$out"
