-- Leases: who works, who has stopped, and what becomes of what they held.

-- name: register_lease
-- A worker begins; the number is new each time, whatever the name of the machine.
INSERT INTO tradewind.job_lease (node, pid, version, slots, expires_at)
VALUES ($1::text, $2::int4, $3::text, $4::int4, clock_timestamp() + $5::int8 * interval '1 us')
RETURNING lease;

-- name: beat_lease
-- A worker lives on. No row: it was given up for dead, or has been silent for longer than it may; then nothing it holds is its
-- own any more. Also when the next other lease runs out, so that its jobs are taken over at that moment.
WITH b AS (
  UPDATE tradewind.job_lease AS l SET expires_at = clock_timestamp() + $2::int8 * interval '1 us'
  WHERE l.lease = $1::bigint AND l.expires_at > clock_timestamp()
  RETURNING l.draining
)
SELECT b.draining, (
  SELECT (extract(epoch FROM min(o.expires_at) - clock_timestamp()) * 1000000)::int8
  FROM tradewind.job_lease AS o WHERE o.lease <> $1::bigint)
FROM b;

-- name: drain_lease
-- A worker takes no more.
UPDATE tradewind.job_lease AS l SET draining = true WHERE l.lease = $1::bigint;

-- name: retire_lease
-- A worker ends, provided that it holds nothing.
DELETE FROM tradewind.job_lease AS l
WHERE l.lease = $1::bigint AND NOT EXISTS (SELECT FROM tradewind.job AS j WHERE j.lease = $1::bigint);

-- name: expire_leases
-- Rescue, first step: leases that have run out are given up. Each step is a statement of its own in one transaction, so that it
-- sees what the dead claimed before their lease was gone.
DELETE FROM tradewind.job_lease AS l
WHERE l.lease IN (
  SELECT o.lease FROM tradewind.job_lease AS o WHERE o.expires_at < clock_timestamp()
  ORDER BY o.lease LIMIT 32 FOR UPDATE SKIP LOCKED)
RETURNING l.lease, l.node, l.pid, l.expires_at;

-- name: orphaned_leases
-- Leases that jobs name and that are not there. Their jobs are rescued as any others.
SELECT DISTINCT j.lease FROM tradewind.job AS j
WHERE j.lease IS NOT NULL AND NOT EXISTS (SELECT FROM tradewind.job_lease AS l WHERE l.lease = j.lease);

-- name: bury_jobs
-- Rescue, second step: jobs whose worker died as often as they may be tried. Attempts count across crashes, so a job that kills
-- its worker does not do so for ever. One that was to be cancelled is.
WITH k AS MATERIALIZED (
  SELECT j.queue, j.tenant_id, j.id FROM tradewind.job AS j
  WHERE j.lease = ANY ($1::bigint[]) AND (j.attempt >= j.max_attempts OR j.cancel_asked)
  ORDER BY j.queue, j.tenant_id, j.id FOR UPDATE
), d AS (
  DELETE FROM tradewind.job AS j USING k
  WHERE j.queue = k.queue AND j.tenant_id = k.tenant_id AND j.id = k.id AND j.lease = ANY ($1::bigint[])
  RETURNING j.*
)
INSERT INTO tradewind.job_done (tenant_id, id, queue, kind, attempt, state, finished_at, errors, payload)
SELECT d.tenant_id, d.id, d.queue, d.kind, d.attempt, CASE WHEN d.cancel_asked THEN 3 ELSE 4 END, clock_timestamp(),
  coalesce(d.errors, '[]') || jsonb_build_object(
    'attempt', d.attempt, 'at', clock_timestamp(), 'code', 'worker_lost', 'reason', 'its worker stopped answering'),
  d.payload
FROM d;

-- name: free_jobs
-- Rescue, third step: all others wait again, longer the more often that has happened.
WITH k AS MATERIALIZED (
  SELECT j.queue, j.tenant_id, j.id FROM tradewind.job AS j WHERE j.lease = ANY ($1::bigint[])
  ORDER BY j.queue, j.tenant_id, j.id FOR UPDATE
)
UPDATE tradewind.job AS j SET lease = NULL,
  run_at = clock_timestamp() + least(interval '10 min', interval '1 s' * 2 ^ least(j.attempt - 1, 10)) * (0.5 + random()),
  errors = coalesce(j.errors, '[]') || jsonb_build_object(
    'attempt', j.attempt, 'at', clock_timestamp(), 'code', 'worker_lost', 'reason', 'its worker stopped answering')
FROM k
WHERE j.queue = k.queue AND j.tenant_id = k.tenant_id AND j.id = k.id AND j.lease = ANY ($1::bigint[]);

-- name: free_holds
-- Rescue, fourth step: what the dead held of limits.
WITH h AS (
  DELETE FROM tradewind.job_limit_hold AS h WHERE h.lease = ANY ($1::bigint[]) RETURNING h.scope, h.tenant_id, h.held
), s AS (
  SELECT h.scope, h.tenant_id, sum(h.held) AS held FROM h GROUP BY h.scope, h.tenant_id
)
UPDATE tradewind.job_limit AS l SET left_micro = least(l.cap * 1000000::bigint, l.left_micro + s.held * 1000000)
FROM s WHERE l.scope = s.scope AND l.tenant_id = s.tenant_id;

-- name: note_lost_leases
-- Rescue, last step: what was given up, and since when. Not before: until its jobs were freed a worker that was only slow could still
-- complete one, and none can that begins to do so after this moment.
INSERT INTO tradewind.job_lease_lost (lease, node, pid, expired_at, by_lease)
SELECT d.lease, d.node, d.pid, d.expired_at, $5::bigint
FROM unnest($1::bigint[], $2::text[], $3::int4[], $4::timestamptz[]) AS d(lease, node, pid, expired_at);
