-- Enqueuing, and what people ask of the queue and do to it.

-- name: enqueue_jobs
-- Jobs without keys, any number.
INSERT INTO tradewind.job (tenant_id, id, queue, kind, priority, run_at, max_attempts, timeout_ms, trace, payload)
SELECT j.tenant_id, j.id, j.queue, j.kind, j.priority, greatest(j.run_at, now()), j.max_attempts, j.timeout_ms, j.trace, j.payload
FROM unnest($1::int4[], $2::uuid[], $3::int2[], $4::int4[], $5::int2[], $6::timestamptz[], $7::int2[], $8::int4[], $9::text[],
  $10::jsonb[]) AS j(tenant_id, id, queue, kind, priority, run_at, max_attempts, timeout_ms, trace, payload);

-- name: enqueue_once
-- Jobs with keys; gives the id each key stands for, in no order, and whether it was there before.
WITH w AS MATERIALIZED (
  SELECT DISTINCT ON (w.tenant_id, w.key) w.*
  FROM unnest($1::int4[], $2::uuid[], $3::int2[], $4::int4[], $5::int2[], $6::timestamptz[], $7::int2[], $8::int4[], $9::text[],
    $10::jsonb[], $11::text[], $12::int8[])
    AS w(tenant_id, id, queue, kind, priority, run_at, max_attempts, timeout_ms, trace, payload, key, keep_us)
  ORDER BY w.tenant_id, w.key
), o AS (
  INSERT INTO tradewind.job_once AS o (tenant_id, key, job_id, expires_at)
  SELECT w.tenant_id, w.key, w.id, clock_timestamp() + w.keep_us * interval '1 us' FROM w
  ON CONFLICT ON CONSTRAINT job_once_pkey DO UPDATE SET job_id = excluded.job_id, expires_at = excluded.expires_at
    WHERE o.expires_at < clock_timestamp()
  RETURNING o.tenant_id, o.key, o.job_id
), j AS (
  INSERT INTO tradewind.job (tenant_id, id, queue, kind, priority, run_at, max_attempts, timeout_ms, trace, payload)
  SELECT w.tenant_id, w.id, w.queue, w.kind, w.priority, greatest(w.run_at, now()), w.max_attempts, w.timeout_ms, w.trace,
    w.payload
  FROM w JOIN o ON o.tenant_id = w.tenant_id AND o.key = w.key
)
SELECT o.tenant_id, o.key, o.job_id FROM o;

-- name: keyed_jobs
-- What stands under keys.
SELECT o.tenant_id, o.key, o.job_id FROM tradewind.job_once AS o
JOIN unnest($1::int4[], $2::text[]) AS w(tenant_id, key) ON o.tenant_id = w.tenant_id AND o.key = w.key;

-- name: wake_queue
SELECT pg_notify('tradewind_jobs', $1::text);

-- name: cancel_waiting
-- A job nobody has begun is cancelled at once.
WITH k AS MATERIALIZED (
  SELECT j.queue, j.tenant_id, j.id FROM tradewind.job AS j
  WHERE j.queue IN (SELECT q.queue FROM tradewind.job_queue AS q) AND j.tenant_id = $1::int4 AND j.id = $2::uuid
    AND j.lease IS NULL
  FOR UPDATE
), d AS (
  DELETE FROM tradewind.job AS j USING k
  WHERE j.queue = k.queue AND j.tenant_id = k.tenant_id AND j.id = k.id AND j.lease IS NULL RETURNING j.*
)
INSERT INTO tradewind.job_done (tenant_id, id, queue, kind, attempt, state, finished_at, errors, payload)
SELECT d.tenant_id, d.id, d.queue, d.kind, d.attempt, 3, clock_timestamp(), d.errors, d.payload FROM d;

-- name: ask_cancel
-- A job that runs: its worker is asked to stop it.
UPDATE tradewind.job AS j SET cancel_asked = true
WHERE j.queue IN (SELECT q.queue FROM tradewind.job_queue AS q) AND j.tenant_id = $1::int4 AND j.id = $2::uuid
  AND j.lease IS NOT NULL;

-- name: wake_cancel
SELECT pg_notify('tradewind_jobs', 'cancel');

-- name: requeue_jobs
-- Failed, dead or cancelled jobs wait again, with what went wrong and all attempts to come. One by id ($2), or the latest $4
-- of a queue.
WITH k AS MATERIALIZED (
  SELECT d.tableoid, d.ctid, d.* FROM tradewind.job_done AS d
  WHERE d.tenant_id = $1::int4 AND CASE WHEN $2::uuid IS NULL THEN d.state IN (2, 4) ELSE d.id = $2::uuid AND d.state <> 1 END
    AND ($3::int2 IS NULL OR d.queue = $3::int2)
  ORDER BY d.finished_at DESC LIMIT $4::int4
), x AS (
  DELETE FROM tradewind.job_done AS d USING k
  WHERE d.tableoid = k.tableoid AND d.id = k.id AND d.tenant_id = k.tenant_id AND d.finished_at = k.finished_at
  RETURNING d.*
)
INSERT INTO tradewind.job (tenant_id, id, queue, kind, payload, errors)
SELECT x.tenant_id, x.id, x.queue, x.kind, x.payload, x.errors FROM x
RETURNING id;

-- name: hurry_job
-- A job that waits for a later time is due now.
UPDATE tradewind.job AS j SET run_at = now()
WHERE j.queue IN (SELECT q.queue FROM tradewind.job_queue AS q) AND j.tenant_id = $1::int4 AND j.id = $2::uuid
  AND j.lease IS NULL AND j.run_at > now();

-- name: pause_queue
UPDATE tradewind.job_queue AS q SET paused_at = coalesce(q.paused_at, clock_timestamp()) WHERE q.name = $1::text;

-- name: resume_queue
UPDATE tradewind.job_queue AS q SET paused_at = NULL WHERE q.name = $1::text;

-- name: purge_waiting
-- Removes what waits in a queue, a page at a time.
WITH k AS MATERIALIZED (
  SELECT j.tenant_id, j.id FROM tradewind.job AS j
  WHERE j.queue = $1::int2 AND j.lease IS NULL AND ($2::int4 IS NULL OR j.kind = $2::int4)
  ORDER BY j.tenant_id, j.id LIMIT 5000 FOR UPDATE SKIP LOCKED
)
DELETE FROM tradewind.job AS j USING k WHERE j.queue = $1::int2 AND j.tenant_id = k.tenant_id AND j.id = k.id;

-- name: purge_wrong
-- Removes what failed or died in a queue.
DELETE FROM tradewind.job_done AS d WHERE d.queue = $1::int2 AND d.state IN (2, 4) AND ($2::int4 IS NULL OR d.kind = $2::int4);

-- name: job_by_id
SELECT tenant_id, id, queue, kind, version, state, attempt, priority, run_at, finished_at, cancel_asked, lease, result, errors,
  payload
FROM tradewind.job_status WHERE tenant_id = $1::int4 AND id = $2::uuid;

-- name: list_jobs
-- The newest first.
SELECT tenant_id, id, queue, kind, version, state, attempt, priority, run_at, finished_at, cancel_asked, lease, result, errors,
  payload
FROM tradewind.job_status
WHERE ($1::int4 IS NULL OR tenant_id = $1::int4) AND ($2::text IS NULL OR queue = $2::text)
  AND ($3::text IS NULL OR kind = $3::text) AND ($4::text[] IS NULL OR state = ANY ($4::text[]))
  AND ($5::uuid IS NULL OR id < $5::uuid)
ORDER BY id DESC LIMIT $6::int4;

-- name: queue_stats
-- What waits and runs is counted among $2 jobs of each queue at most, whatever the backlog; where there are more, the last column says so.
SELECT q.name, q.is_fair, q.paused_at IS NOT NULL,
  coalesce(w.waiting, 0), coalesce(w.scheduled, 0), coalesce(w.running, 0), w.oldest_us,
  coalesce(d.done, 0), coalesce(d.failed, 0), coalesce(d.cancelled, 0), coalesce(d.dead, 0), w.is_cut
FROM tradewind.job_queue AS q
LEFT JOIN LATERAL (
  SELECT count(*) FILTER (WHERE j.lease IS NULL AND j.run_at <= now()) AS waiting,
    count(*) FILTER (WHERE j.lease IS NULL AND j.run_at > now()) AS scheduled,
    count(*) FILTER (WHERE j.lease IS NOT NULL) AS running,
    (extract(epoch FROM now() - min(j.run_at) FILTER (WHERE j.lease IS NULL AND j.run_at <= now())) * 1000000)::int8 AS oldest_us,
    count(*) >= $2::int4 AS is_cut
  FROM (SELECT o.lease, o.run_at FROM tradewind.job AS o WHERE o.queue = q.queue LIMIT $2::int4) AS j
) AS w ON true
LEFT JOIN LATERAL (
  SELECT count(*) FILTER (WHERE f.state = 1) AS done, count(*) FILTER (WHERE f.state = 2) AS failed,
    count(*) FILTER (WHERE f.state = 3) AS cancelled, count(*) FILTER (WHERE f.state = 4) AS dead
  FROM tradewind.job_done AS f WHERE f.queue = q.queue AND f.finished_at > now() - $1::int8 * interval '1 us'
) AS d ON true
ORDER BY q.name;

-- name: queue_depths
-- For metrics: what waits, at most $2 counted in each queue, and for how long the oldest has. Cheap whatever the backlog: a strict queue's
-- index is read level by level, a fair one's by tenant and level, a thousand tenants at most; future rows are not walked.
SELECT q.name, (
    SELECT count(*) FROM (
      SELECT 1 FROM unnest(ARRAY[0, 1, 2, 3, 4, 5, 6, 7]::int2[]) AS p(priority), LATERAL (
        SELECT 1 FROM tradewind.job AS j
        WHERE j.queue = q.queue AND NOT q.is_fair AND j.priority = p.priority AND j.lease IS NULL AND j.run_at <= now()
        ORDER BY j.run_at, j.id LIMIT $2::int4) AS strict
      UNION ALL
      SELECT 1 FROM (
        WITH RECURSIVE t AS (
          (SELECT j.tenant_id FROM tradewind.job AS j WHERE q.is_fair AND j.queue = q.queue AND j.lease IS NULL
            ORDER BY j.tenant_id LIMIT 1)
          UNION ALL
          SELECT (
            SELECT j.tenant_id FROM tradewind.job AS j WHERE j.queue = q.queue AND j.lease IS NULL AND j.tenant_id > t.tenant_id
            ORDER BY j.tenant_id LIMIT 1)
          FROM t WHERE t.tenant_id IS NOT NULL
        )
        SELECT t.tenant_id FROM t WHERE t.tenant_id IS NOT NULL LIMIT 1000) AS one, unnest(ARRAY[0, 1, 2, 3, 4, 5, 6, 7]::int2[]) AS p(priority), LATERAL (
        SELECT 1 FROM tradewind.job AS j
        WHERE j.queue = q.queue AND j.tenant_id = one.tenant_id AND j.priority = p.priority AND j.lease IS NULL AND j.run_at <= now()
        ORDER BY j.run_at, j.id LIMIT $2::int4) AS fair
      LIMIT $2::int4) AS counted),
  (
    SELECT (extract(epoch FROM now() - min(o.run_at)) * 1000000)::int8
    FROM (
      SELECT strict.run_at FROM unnest(ARRAY[0, 1, 2, 3, 4, 5, 6, 7]::int2[]) AS p(priority), LATERAL (
        SELECT j.run_at FROM tradewind.job AS j
        WHERE j.queue = q.queue AND NOT q.is_fair AND j.priority = p.priority AND j.lease IS NULL AND j.run_at <= now()
        ORDER BY j.run_at, j.id LIMIT 1) AS strict
      UNION ALL
      SELECT fair.run_at FROM (
        WITH RECURSIVE t AS (
          (SELECT j.tenant_id FROM tradewind.job AS j WHERE q.is_fair AND j.queue = q.queue AND j.lease IS NULL
            ORDER BY j.tenant_id LIMIT 1)
          UNION ALL
          SELECT (
            SELECT j.tenant_id FROM tradewind.job AS j WHERE j.queue = q.queue AND j.lease IS NULL AND j.tenant_id > t.tenant_id
            ORDER BY j.tenant_id LIMIT 1)
          FROM t WHERE t.tenant_id IS NOT NULL
        )
        SELECT t.tenant_id FROM t WHERE t.tenant_id IS NOT NULL LIMIT 1000) AS one, unnest(ARRAY[0, 1, 2, 3, 4, 5, 6, 7]::int2[]) AS p(priority), LATERAL (
        SELECT j.run_at FROM tradewind.job AS j
        WHERE j.queue = q.queue AND j.tenant_id = one.tenant_id AND j.priority = p.priority AND j.lease IS NULL AND j.run_at <= now()
        ORDER BY j.run_at, j.id LIMIT 1) AS fair) AS o)
FROM tradewind.job_queue AS q WHERE q.queue = ANY ($1::int2[]);

-- name: worker_list
SELECT l.lease, l.node, l.pid, l.version, l.slots, l.draining, l.started_at,
  (extract(epoch FROM l.expires_at - clock_timestamp()) * 1000000)::int8,
  (SELECT count(*) FROM tradewind.job AS j WHERE j.lease = l.lease)
FROM tradewind.job_lease AS l ORDER BY l.lease;
