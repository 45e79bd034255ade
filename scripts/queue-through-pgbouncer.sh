#!/usr/bin/env bash
# Workers and senders through PgBouncer in transaction mode, which hands a server on after each transaction: no statement is prepared,
# nothing is listened for, and the pooler is restarted while they work. The checker then holds the database against their logs.
#
# Usage: queue-through-pgbouncer.sh QUEUE_CHECK     (exit 69 where no PgBouncer is installed)
set -euo pipefail

check=$(realpath "$1")
here=$(cd "$(dirname "$0")/.." && pwd)
JOBS=${JOBS:-20000}
pooler=$(command -v pgbouncer || ls /usr/sbin/pgbouncer 2>/dev/null || true)
[ -n "$pooler" ] || { echo "no pgbouncer is installed" >&2; exit 69; }
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
bin=${bin:-$(dirname "$(command -v initdb)")}
root=$(mktemp -d /var/tmp/queue-pool-XXXXXX)
chmod a+rx "$root"
mkdir "$root/server" "$root/pool" "$root/logs"
user=()
if [ "$(id -u)" = 0 ]; then
  account=$(id -un postgres 2>/dev/null || echo nobody)
  user=(setpriv "--reuid=$account" "--regid=$(id -gn "$account")" --clear-groups)
  chown "$account" "$root/server" "$root/pool"
fi
unset PGHOST PGHOSTADDR PGPORT PGDATABASE PGUSER PGSERVICE PGOPTIONS || true
pids=()
finish() {
  for pid in "${pids[@]}"; do kill -9 "$pid" 2>/dev/null || true; done
  "${user[@]}" "$bin/pg_ctl" -D "$root/server/data" -m immediate -s stop >/dev/null 2>&1 || true
  rm -rf "$root"
}
trap finish EXIT

"${user[@]}" "$bin/initdb" -D "$root/server/data" -U tradewind -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions >/dev/null
"${user[@]}" "$bin/pg_ctl" -D "$root/server/data" -s -w -l "$root/server/log" start -o "-k $root/server -c listen_addresses=" >/dev/null
createdb -h "$root/server" -U tradewind check
"$check" prepare --database "host=$root/server user=tradewind dbname=check" --sql "$here/sql"
cat >"$root/pool/pgbouncer.ini" <<INI
[databases]
check = host=$root/server dbname=check user=tradewind
[pgbouncer]
listen_addr =
unix_socket_dir = $root/pool
listen_port = 5432
auth_type = any
pool_mode = transaction
default_pool_size = 4
max_client_conn = 100
logfile = $root/pool/log
INI
pool() {
  # Waits for the socket of the one before to be gone.
  "${user[@]}" "$pooler" -q "$root/pool/pgbouncer.ini" >/dev/null 2>&1 & pool_pid=$!
  pids+=("$pool_pid")
  for _ in $(seq 100); do [ -S "$root/pool/.s.PGSQL.5432" ] && return; sleep 0.05; done
}
pool
where="host=$root/pool user=tradewind dbname=check"
for i in 1 2; do
  "$check" work --pooled --database "$where" --sql "$here/sql" --lease 3000 --log "$root/logs/worker-$i.log" >"$root/worker-$i" 2>&1 & worker[i]=$!
  pids+=("${worker[i]}")
done
"$check" send --pooled --database "$where" --sql "$here/sql" --jobs "$JOBS" --batch 200 --mix effect=95,contend=3,flaky=2 --tenants 3 \
  --every 20 --twice --log "$root/logs/sender.log" >"$root/sender" & sender=$!
pids+=("$sender")
for _ in 1 2 3; do
  sleep 0.7
  kill -9 "$pool_pid"
  wait "$pool_pid" 2>/dev/null || true
  rm -f "$root/pool/.s.PGSQL.5432"
  pool
done
wait "$sender"
for _ in $(seq 600); do
  [ "$(psql -qAtX -h "$root/server" -U tradewind check -c 'SELECT count(*) FROM tradewind.job')" = 0 ] && break
  sleep 0.1
done
for i in 1 2; do kill -TERM "${worker[i]}"; wait "${worker[i]}"; done
"$check" verify --logs "$root/logs" --database "host=$root/server user=tradewind dbname=check"
echo "figure pgbouncer: $JOBS jobs through transaction mode, restarted three times: good"
