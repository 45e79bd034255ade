-- Jobs that come again and again. The program reads the pattern, the server knows the zones.

-- name: wall_clock
-- What the clock on the wall of a zone shows.
SELECT to_char(clock_timestamp() AT TIME ZONE $1::text, 'YYYY-MM-DD HH24:MI');

-- name: set_schedule
-- A schedule as the program has it; where pattern or zone stay as they were, so does its next firing.
INSERT INTO tradewind.job_schedule AS s (
  tenant_id, name, queue, kind, cron, zone, payload, priority, max_attempts, catches_up, next_local, next_at)
VALUES ($1::int4, $2::text, $3::int2, $4::int4, $5::text, $6::text, $7::jsonb, $8::int2, $9::int2, $10::bool, $11::text::timestamp,
  $11::text::timestamp AT TIME ZONE $6::text)
ON CONFLICT ON CONSTRAINT job_schedule_pkey DO UPDATE SET queue = excluded.queue, kind = excluded.kind,
  payload = excluded.payload, priority = excluded.priority, max_attempts = excluded.max_attempts,
  catches_up = excluded.catches_up, cron = excluded.cron, zone = excluded.zone,
  next_local = CASE WHEN (s.cron, s.zone) = (excluded.cron, excluded.zone) THEN s.next_local ELSE excluded.next_local END,
  next_at = CASE WHEN (s.cron, s.zone) = (excluded.cron, excluded.zone) THEN s.next_at ELSE excluded.next_at END;

-- name: remove_schedule
DELETE FROM tradewind.job_schedule AS s WHERE s.tenant_id = $1::int4 AND s.name = $2::text;

-- name: due_schedules
-- Those to fire now, held until they are moved on.
SELECT s.tenant_id, s.name, s.cron, s.catches_up, to_char(s.next_local, 'YYYY-MM-DD HH24:MI'),
  to_char(clock_timestamp() AT TIME ZONE s.zone, 'YYYY-MM-DD HH24:MI')
FROM tradewind.job_schedule AS s WHERE s.next_at <= clock_timestamp()
ORDER BY s.tenant_id, s.name LIMIT 100 FOR UPDATE SKIP LOCKED;

-- name: fire_schedule
-- Enqueues the job of a firing, unless that was done, and moves the schedule on to $3.
WITH s AS MATERIALIZED (
  SELECT s.*, tradewind.new_job_id() AS id FROM tradewind.job_schedule AS s WHERE s.tenant_id = $1::int4 AND s.name = $2::text
), f AS (
  INSERT INTO tradewind.job_firing (tenant_id, name, fired_for, job_id)
  SELECT s.tenant_id, s.name, s.next_local, s.id FROM s
  ON CONFLICT ON CONSTRAINT job_firing_pkey DO NOTHING
  RETURNING job_id
), j AS (
  INSERT INTO tradewind.job (tenant_id, id, queue, kind, priority, max_attempts, payload, trace)
  SELECT s.tenant_id, s.id, s.queue, s.kind, s.priority, s.max_attempts, s.payload, 'schedule:' || s.name
  FROM s JOIN f ON f.job_id = s.id
  RETURNING queue
), m AS (
  UPDATE tradewind.job_schedule AS s SET next_local = $3::text::timestamp, next_at = $3::text::timestamp AT TIME ZONE s.zone
  WHERE s.tenant_id = $1::int4 AND s.name = $2::text
)
SELECT j.queue FROM j;

-- name: next_schedule
-- Microseconds until the next firing of all.
SELECT (extract(epoch FROM min(s.next_at) - clock_timestamp()) * 1000000)::int8 FROM tradewind.job_schedule AS s;

-- name: list_schedules
SELECT s.tenant_id, s.name, q.name, k.name, k.version, s.cron, s.zone, s.next_at
FROM tradewind.job_schedule AS s
JOIN tradewind.job_queue AS q ON q.queue = s.queue JOIN tradewind.job_kind AS k ON k.kind = s.kind
ORDER BY s.tenant_id, s.name;
