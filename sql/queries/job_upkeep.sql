-- What one worker does for all.

-- name: begin_upkeep
-- Takes a task that was not done for $2 microseconds; no row: it is not due, or another has it.
UPDATE tradewind.job_upkeep AS u SET done_at = clock_timestamp()
WHERE u.task = (
  SELECT o.task FROM tradewind.job_upkeep AS o
  WHERE o.task = $1::text AND o.done_at < clock_timestamp() - $2::int8 * interval '1 us' FOR UPDATE SKIP LOCKED)
RETURNING u.task;

-- name: keep_days
SELECT made, dropped FROM tradewind.keep_job_days($1::int8 * interval '1 us');

-- name: forget_keys
-- A page of keys that have run out, and firings a week old.
WITH k AS MATERIALIZED (
  SELECT o.tenant_id, o.key FROM tradewind.job_once AS o WHERE o.expires_at < clock_timestamp()
  ORDER BY o.expires_at LIMIT 1000 FOR UPDATE SKIP LOCKED
), d AS (
  DELETE FROM tradewind.job_once AS o USING k WHERE o.tenant_id = k.tenant_id AND o.key = k.key RETURNING 1
), f AS (
  DELETE FROM tradewind.job_firing AS f
  WHERE f.fired_for < (clock_timestamp() AT TIME ZONE 'UTC') - interval '7 days' RETURNING 1
)
SELECT (SELECT count(*) FROM d)::int8, (SELECT count(*) FROM f)::int8;

-- name: analyse_jobs
SELECT tradewind.analyse_jobs();

-- name: may_vacuum
-- Partitions of the hot table, and whether this login may vacuum them: the owner may. Others leave it to the server's own.
SELECT c.oid::regclass::text, pg_has_role(c.relowner, 'USAGE')
FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
WHERE i.inhparent = 'tradewind.job'::regclass ORDER BY 1;

-- name: held_horizon
-- Transactions since the oldest that something still keeps visible, and what keeps it. Nothing dead since then can be removed,
-- and claims walk over it.
SELECT h.age::int8, h.holder FROM (
  SELECT age(a.backend_xmin) AS age, 'session ' || a.pid || coalesce(' ' || nullif(a.application_name, ''), '') AS holder
  FROM pg_stat_activity AS a WHERE a.backend_xmin IS NOT NULL AND a.pid <> pg_backend_pid()
  UNION ALL
  SELECT greatest(age(s.xmin), age(s.catalog_xmin)), 'replication slot ' || s.slot_name
  FROM pg_replication_slots AS s WHERE s.xmin IS NOT NULL OR s.catalog_xmin IS NOT NULL
  UNION ALL
  SELECT age(p.transaction), 'prepared transaction ' || p.gid FROM pg_prepared_xacts AS p
) AS h ORDER BY h.age DESC LIMIT 1;

-- name: open_queue
SELECT tradewind.open_queue($1::text, $2::bool);

-- name: queue_order
SELECT q.queue, q.is_fair FROM tradewind.job_queue AS q WHERE q.name = $1::text;

-- name: kind_number
SELECT tradewind.job_kind_number($1::text, $2::int4);
