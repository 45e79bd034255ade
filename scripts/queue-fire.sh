#!/usr/bin/env bash
# The job queue under fire: workers are killed at random and at named points, stopped past their lease, cut off; the server crashes,
# ends sessions, fails over to a synchronous standby, runs out of disk; a clock jumps; jobs kill their workers. Afterwards the
# checker holds the database against logs kept outside of it: nothing lost, no effect doubled, nothing completed by a stale lease.
#
# Usage: queue-fire.sh QUEUE_CHECK [SUMMARY.md]
# Sizes come from the environment: JOBS KILLS CRASHES FAILOVERS CUTS HOLES STOPS STORMS JUMPS FULL WORKERS LEASE_MS SEED FOLDER.
# HOLES swallow what is sent until the connection is given up; FULL=1 fills the disk of a server of its own (needs unshare).
set -euo pipefail

check=$(realpath "$1")
summary=${2:-}
here=$(cd "$(dirname "$0")/.." && pwd)
JOBS=${JOBS:-20000} KILLS=${KILLS:-6} CRASHES=${CRASHES:-2} FAILOVERS=${FAILOVERS:-1} CUTS=${CUTS:-3} HOLES=${HOLES:-1}
STOPS=${STOPS:-1} STORMS=${STORMS:-2} JUMPS=${JUMPS:-1} FULL=${FULL:-0} WORKERS=${WORKERS:-3} LEASE_MS=${LEASE_MS:-2000}
SEED=${SEED:-$(date +%s)}
RANDOM=$((SEED % 32768))
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
bin=${bin:-$(dirname "$(command -v initdb)")}
# The shell would tell of every process that was killed.
exec 3>&2 2>/dev/null
trap 'echo "queue-fire: line $LINENO failed" >&3' ERR
root=${FOLDER:-$(mktemp -d /var/tmp/queue-fire-XXXXXX)}
mkdir -p "$root/logs" "$root/a" "$root/b" "$root/pa" "$root/pb"
chmod -R a+rx "$root"
user=()
if [ "$(id -u)" = 0 ]; then
  account=$(id -un postgres 2>/dev/null || echo nobody)
  user=(setpriv "--reuid=$account" "--regid=$(id -gn "$account")" --clear-groups)
  chown "$account" "$root/a" "$root/b"
fi
unset PGHOST PGHOSTADDR PGPORT PGDATABASE PGUSER PGSERVICE PGOPTIONS || true

say() { printf '%s %s\n' "$(date +%T)" "$*" >>"$root/story"; [ -z "${VERBOSE:-}" ] || echo "$*" >&3; }
fail() { echo "queue-fire: $*" >&3; exit 4; }

workers=() senders=() proxies=() background=()
finish() {
  status=$?
  set +e
  for pid in "${workers[@]}" "${senders[@]}" "${proxies[@]}" "${background[@]}"; do
    [ -n "$pid" ] && kill -CONT "$pid" 2>/dev/null
    [ -n "$pid" ] && kill -9 "$pid" 2>/dev/null
  done
  for side in a b; do
    [ -f "$root/$side/data/postmaster.pid" ] && "${user[@]}" "$bin/pg_ctl" -D "$root/$side/data" -m immediate -s stop >/dev/null 2>&1
  done
  [ -z "${full_pid:-}" ] || kill -9 "$full_pid" 2>/dev/null
  if [ "$status" = 0 ] && [ -z "${KEEP:-}" ]; then rm -rf "$root"; else echo "queue-fire: everything is left in $root" >&3; fi
}
trap finish EXIT
trap 'exit 130' INT TERM

# --- Servers: a and b, one of them the primary, the other its synchronous standby.

start() { # SIDE
  "${user[@]}" "$bin/pg_ctl" -D "$root/$1/data" -s -w -t 60 -l "$root/$1/log" start \
    -o "-k $root/$1 -c listen_addresses= -c max_connections=100 -c shared_buffers=128MB -c max_wal_size=1GB -c checkpoint_timeout=60s -c wal_keep_size=256MB -c lc_messages=C" >/dev/null
}
crash() { "${user[@]}" "$bin/pg_ctl" -D "$root/$1/data" -m immediate -s -w stop >/dev/null 2>&1 || true; }
sql() { psql -qAtX -h "$root/$primary" -U tradewind -d check -c "$1"; }
follow() { # SIDE: a new copy of the primary, which waits for it from then on
  sql "ALTER SYSTEM SET synchronous_standby_names = ''" && sql "SELECT pg_reload_conf()" >/dev/null
  rm -rf "$root/$1/data"
  "${user[@]}" "$bin/pg_basebackup" -D "$root/$1/data" -h "$root/$primary" -U tradewind -R -c fast --no-sync
  start "$1"
  for _ in $(seq 300); do
    [ "$(sql "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'")" = 1 ] && break
    sleep 0.05
  done
  sql "ALTER SYSTEM SET synchronous_standby_names = '*'" && sql "SELECT pg_reload_conf()" >/dev/null
}

primary=a
"${user[@]}" "$bin/initdb" -D "$root/a/data" -U tradewind -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions >/dev/null
start a
createdb -h "$root/a" -U tradewind check
"$check" prepare --database "host=$root/a user=tradewind dbname=check" --sql "$here/sql"
# Workers may do what the service role may, and no more.
sql "CREATE ROLE worker LOGIN IN ROLE tradewind_service"
[ "$FAILOVERS" = 0 ] || follow b

for side in a b; do
  "$check" proxy --folder "$root/p$side" --to "$root/$side/.s.PGSQL.5432" >/dev/null 2>&1 &
  proxies+=($!)
done
url="host=$root/pa,$root/pb port=5432,5432 user=worker dbname=check target_session_attrs=read-write connect_timeout=3"

# --- Workers and senders.

points=(after_claim mid_effect commit_sent answer_unread in_beat in_rescue in_drain)
# The wall clock of one worker is set by a library loaded before the C library's; its monotonic clocks are left alone.
clock=
if [ "$JUMPS" != 0 ]; then
  compiler=$(command -v cc || command -v clang || true)
  [ -n "$compiler" ] && "$compiler" -shared -fPIC -O1 -o "$root/set-clock.so" "$here/scripts/set-clock.c" && clock=$root/set-clock.so
  [ -n "$clock" ] || JUMPS=0
fi
printf '%020d' 0 >"$root/clock"
work() { # NUMBER [POINT:COUNT]
  (
    if [ -n "${2:-}" ]; then export QUEUE_CHECK_DIE=$2; fi
    if [ "$1" = 0 ] && [ -n "$clock" ]; then export LD_PRELOAD=$clock SET_CLOCK=$root/clock; fi
    exec "$check" work --database "$url" --sql "$here/sql" --log "$root/logs/worker-$1.log" --lease "$LEASE_MS" --pause 3 \
      --slots 200 --verbose >>"$root/worker-$1.out" 2>&1
  ) &
  workers[$1]=$!
}
for ((i = 0; i < WORKERS; i++)); do work "$i"; done

began=$(date +%s)
per=$((JOBS / 2))
mix="effect=92,contend=3,flaky=3,deaf=1,effect=1"
"$check" send --database "$url" --sql "$here/sql" --jobs "$per" --batch 200 --mix "$mix" --tenants 7 --every "${EVERY_MS:-60}" \
  --log "$root/logs/sender-1.log" >"$root/sender-1.out" 2>&1 &
senders+=($!)
"$check" send --database "$url" --sql "$here/sql" --jobs $((JOBS - per)) --batch 200 --mix "$mix" --tenants 7 --every "${EVERY_MS:-60}" \
  --twice --log "$root/logs/sender-2.log" >"$root/sender-2.out" 2>&1 &
senders+=($!)
"$check" send --database "$url" --sql "$here/sql" --jobs 3 --mix poison --poison-attempts 2 --log "$root/logs/sender-3.log" >/dev/null 2>&1 &
senders+=($!)

# --- Faults, in an order that the seed decides.

declare -A done_of=([kill]=0 [point]=0 [crash]=0 [failover]=0 [cut]=0 [hole]=0 [stop]=0 [storm]=0 [jump]=0)
faults=()
add() { local i; for ((i = 0; i < $2; i++)); do faults+=("$1"); done; }
add kill "$KILLS"; add crash "$CRASHES"; add failover "$FAILOVERS"; add cut "$CUTS"; add hole "$HOLES"; add stop "$STOPS"
add storm "$STORMS"; add jump "$JUMPS"
for ((i = ${#faults[@]} - 1; i > 0; i--)); do
  j=$((RANDOM % (i + 1))); t=${faults[$i]}; faults[$i]=${faults[$j]}; faults[$j]=$t
done

revive() { # armed|unarmed: workers that have ended begin anew; half of them with a point at which they will die.
  local i status
  for ((i = 0; i < WORKERS; i++)); do
    kill -0 "${workers[$i]}" 2>/dev/null && continue
    status=0
    wait "${workers[$i]}" 2>/dev/null || status=$?
    # Nobody killed it just now: a named point did, or poison.
    if [ "$status" = 137 ]; then done_of[point]=$((done_of[point] + 1)); else fail "worker $i ended by itself ($status)"; fi
    if [ "$1" = armed ] && [ $((RANDOM % 2)) = 0 ]; then
      point=${points[$((RANDOM % ${#points[@]}))]}
      say "worker $i begins, to die at $point"
      work "$i" "$point:$((1 + RANDOM % 5))"
    else
      work "$i"
    fi
  done
}
pause() { sleep "0.$((1 + RANDOM % 4))"; }

for fault in "${faults[@]}"; do
  pause
  revive armed
  victim=$((RANDOM % WORKERS))
  say "$fault"
  case $fault in
    kill)
      # Counted with those at named points when it is found dead; set right here.
      if kill -9 "${workers[$victim]}" 2>/dev/null; then
        done_of[kill]=$((done_of[kill] + 1)) done_of[point]=$((done_of[point] - 1))
      fi
      ;;
    stop) # Past its lease: its jobs are taken over, then it wakes up and does not know.
      pid=${workers[$victim]}
      if kill -STOP "$pid" 2>/dev/null; then
        done_of[stop]=$((done_of[stop] + 1))
        (sleep "$(awk "BEGIN { print $LEASE_MS * 2 / 1000 }")"; kill -CONT "$pid" 2>/dev/null) &
        background+=($!)
      fi
      ;;
    crash)
      crash "$primary"; start "$primary"
      done_of[crash]=$((done_of[crash] + 1))
      ;;
    storm)
      sql "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'worker'" >/dev/null || true
      done_of[storm]=$((done_of[storm] + 1))
      ;;
    cut)
      for pid in "${proxies[@]}"; do kill -USR1 "$pid"; done
      done_of[cut]=$((done_of[cut] + 1))
      ;;
    hole)
      for pid in "${proxies[@]}"; do kill -USR2 "$pid"; done
      sleep "$(awk "BEGIN { print $LEASE_MS * 1.2 / 1000 }")"
      for pid in "${proxies[@]}"; do kill -USR1 "$pid"; done
      done_of[hole]=$((done_of[hole] + 1))
      ;;
    failover) # What was acknowledged is on the standby, since the primary waited for it.
      other=b; [ "$primary" = a ] || other=a
      for _ in $(seq 200); do
        [ "$(sql "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'" 2>/dev/null || true)" = 1 ] && break
        sleep 0.05
      done
      crash "$primary"
      "${user[@]}" "$bin/pg_ctl" -D "$root/$other/data" -s -w promote >/dev/null
      primary=$other
      follow "$([ "$primary" = a ] && echo b || echo a)"
      done_of[failover]=$((done_of[failover] + 1))
      ;;
    jump)
      if [ $((RANDOM % 2)) = 0 ]; then jump=3600; else jump=-3600; fi
      printf '%020d' "$jump" | dd of="$root/clock" conv=notrunc status=none
      done_of[jump]=$((done_of[jump] + 1))
      ;;
  esac
done

# --- Peace: everything is worked off.

say peace
for pid in "${senders[@]}"; do
  while kill -0 "$pid" 2>/dev/null; do revive unarmed; sleep 0.1; done
done
left=-1
for ((i = 0; i < ${PATIENCE:-600}; i++)); do
  revive unarmed
  left=$(sql "SELECT count(*) FROM tradewind.job" 2>/dev/null || echo -1)
  [ "$left" = 0 ] && break
  sleep 0.2
done
seconds=$(($(date +%s) - began))
for ((i = 0; i < WORKERS; i++)); do kill -TERM "${workers[$i]}" 2>/dev/null || true; done
undrained=0
for ((i = 0; i < WORKERS; i++)); do wait "${workers[$i]}" || undrained=$((undrained + 1)); done
workers=()
verdict=$("$check" verify --logs "$root/logs" --database "host=$root/$primary user=tradewind dbname=check") || bad=1

# --- A server whose disk fills up.

disk="not tried"
if [ "$FULL" != 0 ]; then
  mkdir -p "$root/full/disk" "$root/full/wal" "$root/full/socket" "$root/full/logs"
  [ "${#user[@]}" = 0 ] || chown -R "$account" "$root/full"
  full() { psql -qAtX -h "$root/full/socket" -U tradewind -d "${2:-check}" -c "$1"; }
  # The write-ahead log lies elsewhere: a server that cannot write that stops, one that cannot grow a table says so.
  unshare --mount bash -c '
    set -e
    root=$1 bin=$2; shift 2
    mount -t tmpfs -o size=160m tmpfs "$root/full/disk" && chmod 777 "$root/full/disk"
    "$@" "$bin/initdb" -D "$root/full/disk/data" --waldir="$root/full/wal/pg_wal" -U tradewind -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions >/dev/null
    exec "$@" "$bin/postgres" -D "$root/full/disk/data" -k "$root/full/socket" -c listen_addresses= -c max_wal_size=256MB -c lc_messages=C
  ' full "$root" "$bin" "${user[@]}" >"$root/full/log" 2>&1 &
  full_pid=$!
  for _ in $(seq 200); do full "SELECT 1" postgres >/dev/null 2>&1 && break; sleep 0.1; done
  createdb -h "$root/full/socket" -U tradewind check
  where="host=$root/full/socket user=tradewind dbname=check"
  "$check" prepare --database "$where" --sql "$here/sql"
  "$check" work --database "$where" --sql "$here/sql" --log "$root/full/logs/worker.log" --lease "$LEASE_MS" --verbose >"$root/full/worker.out" 2>&1 &
  full_worker=$!
  background+=("$full_worker")
  full "CREATE TABLE filler (t text); ALTER TABLE filler ALTER t SET STORAGE EXTERNAL"
  for _ in $(seq 400); do full "INSERT INTO filler SELECT repeat(md5(random()::text), 200) FROM generate_series(1, 400)" >/dev/null 2>&1 || break; done
  for _ in $(seq 400); do full "INSERT INTO filler SELECT 'x'" >/dev/null 2>&1 || break; done
  "$check" send --database "$where" --sql "$here/sql" --jobs 6000 --batch 100 --every 20 --twice --log "$root/full/logs/sender.log" >/dev/null 2>&1 &
  full_sender=$!
  background+=("$full_sender")
  for _ in $(seq 100); do grep -q 53100 "$root/full/worker.out" "$root/full/logs/sender.log" && break; sleep 0.1; done
  refused=$(cat "$root/full/worker.out" "$root/full/logs/sender.log" | grep -c 53100 || true)
  if [ "$refused" = 0 ]; then bad=1; fi
  full "DROP TABLE filler"
  wait "$full_sender"
  for _ in $(seq 300); do [ "$(full "SELECT count(*) FROM tradewind.job")" = 0 ] && break; sleep 0.1; done
  kill -TERM "$full_worker"; wait "$full_worker" || bad=1
  full_verdict=$("$check" verify --logs "$root/full/logs" --database "$where") || bad=1
  kill -INT "$full_pid"; wait "$full_pid" 2>/dev/null || true
  full_pid=
  disk="refused $refused times, then $full_verdict"
fi

word=good; [ -z "${bad:-}" ] && [ "$left" = 0 ] || word=BAD
{
  echo "# The job queue under fire"
  echo
  echo "Written by \`scripts/queue-fire.sh\` (\`make soak\`)."
  echo
  echo "| | |"
  echo "| --- | --- |"
  echo "| verdict | **$word** |"
  echo "| seed | $SEED |"
  echo "| jobs sent | $JOBS, half of them under keys and twice, and 3 that kill their worker each time |"
  echo "| workers | $WORKERS processes, lease $LEASE_MS ms, as \`tradewind_service\` |"
  echo "| server | $("$bin/postgres" --version), fsync and synchronous_commit on$([ "$FAILOVERS" = 0 ] || echo ', each commit on a standby too') |"
  echo "| workers killed -9 at random | ${done_of[kill]} |"
  echo "| workers that died at a named point, or by a job | ${done_of[point]} |"
  echo "| workers stopped for two leases, then woken | ${done_of[stop]} |"
  echo "| server crashes | ${done_of[crash]} |"
  echo "| failovers to the synchronous standby | ${done_of[failover]} |"
  echo "| all connections cut | ${done_of[cut]} |"
  echo "| all connections swallowed for 1.2 leases | ${done_of[hole]} |"
  echo "| all sessions terminated | ${done_of[storm]} |"
  echo "| clock of a worker set an hour forward or back | ${done_of[jump]} |"
  echo "| disk full | $disk |"
  echo "| seconds | $seconds |"
  echo "| left in the queue | $left |"
  echo "| workers that did not drain | $undrained |"
  echo
  echo "The checker's counts; every one up to \`counters_off\` has to be 0:"
  echo
  echo '```json'
  echo "$verdict" | sed 's/,"/,\n "/g'
  echo '```'
} >"$root/summary"
if [ -n "$summary" ]; then cp "$root/summary" "$summary"; fi
echo "figure fire: $JOBS jobs, ${done_of[kill]} kills, ${done_of[point]} deaths at points, ${done_of[crash]} crashes, ${done_of[failover]} failovers, ${done_of[cut]} cuts in $seconds s: $word"
echo "$verdict"
[ "$word" = good ] || exit 4
