-- The worker's statements on jobs (JobQueue). Whoever changes several jobs does so in the order of their keys, and a leased job
-- only under its lease and attempt: nothing changed means that it is somebody else's by now.
--
-- Hot statements name the partition of one queue, and find rows by where they lie: job_queue_1 stands for job_queue_N. So each has a
-- single plan, whatever the statistics. Joined by key to a partition that was empty when the statement was planned, the server
-- would read all of it for every hundred jobs, long after it had filled. What lies at a place is held against lease, attempt and id,
-- by IS NOT DISTINCT FROM, for which there is no index.

-- name: claim_strict
-- By priority, then time, then id; $3, $4, $5 are the levels in the order wanted and where the last claim of each stopped, so that
-- index entries of jobs long gone are not walked again. $6: look back a little all the same, for commits that came late.
-- A lease that has run out, or a queue that is paused, claims nothing. Locking the lease keeps it from being given up for dead
-- before what it claims here can be seen.
WITH me AS MATERIALIZED (
  SELECT 1 FROM tradewind.job_lease AS l
  WHERE l.lease = $1::bigint AND l.expires_at > clock_timestamp()
    AND EXISTS (SELECT FROM tradewind.job_queue AS q WHERE q.queue = $2::int2 AND q.paused_at IS NULL)
  FOR KEY SHARE
), c AS MATERIALIZED (
  SELECT k.place
  FROM me, unnest($3::int2[], $4::timestamptz[], $5::uuid[]) AS p(priority, floor_at, floor_id),
    LATERAL (
      SELECT j.ctid AS place FROM tradewind.job_queue_1 AS j
      WHERE j.queue = $2::int2 AND j.priority = p.priority AND j.lease IS NULL AND j.run_at <= now()
        AND (j.run_at, j.id) > (CASE WHEN $6::bool THEN least(p.floor_at, now() - interval '3 s') ELSE p.floor_at END, p.floor_id)
        AND j.kind = ANY ($7::int4[])
      ORDER BY j.run_at, j.id LIMIT $8::int4 FOR UPDATE SKIP LOCKED
    ) AS k
  LIMIT $8::int4
)
UPDATE tradewind.job_queue_1 AS j SET lease = $1::bigint, attempt = j.attempt + 1
FROM c WHERE j.ctid = c.place
RETURNING j.ctid, j.tenant_id, j.id, j.kind, j.attempt, j.max_attempts, j.priority, j.run_at, j.timeout_ms, j.trace, j.payload;

-- name: claim_fair
-- A share for each of the next 32 tenants behind $3, the same for all but those in $9, whose weights are in $10: a tenant with a
-- million jobs waiting gets no more than one with ten.
-- Within a tenant by priority, then time. One probe of the index for each tenant, whatever the backlog: every look is in the order
-- of that index and of no other, so that none takes the primary key and reads a tenant's whole backlog for one row.
WITH RECURSIVE me AS MATERIALIZED (
  SELECT 1 FROM tradewind.job_lease AS l
  WHERE l.lease = $1::bigint AND l.expires_at > clock_timestamp()
    AND EXISTS (SELECT FROM tradewind.job_queue AS q WHERE q.queue = $2::int2 AND q.paused_at IS NULL)
  FOR KEY SHARE
), t AS (
  (SELECT j.tenant_id FROM tradewind.job_queue_1 AS j
    WHERE j.queue = $2::int2 AND j.lease IS NULL AND j.tenant_id > $3::int4 ORDER BY j.tenant_id, j.priority, j.run_at, j.id LIMIT 1)
  UNION ALL
  SELECT (
    SELECT j.tenant_id FROM tradewind.job_queue_1 AS j
    WHERE j.queue = $2::int2 AND j.lease IS NULL AND j.tenant_id > t.tenant_id ORDER BY j.tenant_id, j.priority, j.run_at, j.id LIMIT 1)
  FROM t WHERE t.tenant_id IS NOT NULL
), u AS (
  -- Round again from the first tenant to where it began.
  (SELECT j.tenant_id FROM tradewind.job_queue_1 AS j
    WHERE j.queue = $2::int2 AND j.lease IS NULL AND j.tenant_id <= $3::int4 ORDER BY j.tenant_id, j.priority, j.run_at, j.id LIMIT 1)
  UNION ALL
  SELECT (
    SELECT j.tenant_id FROM tradewind.job_queue_1 AS j
    WHERE j.queue = $2::int2 AND j.lease IS NULL AND j.tenant_id > u.tenant_id AND j.tenant_id <= $3::int4
    ORDER BY j.tenant_id, j.priority, j.run_at, j.id LIMIT 1)
  FROM u WHERE u.tenant_id IS NOT NULL
), next AS MATERIALIZED (
  -- Tenants whose jobs all lie in the future, or are of kinds this worker does not know, take no share. $7: only this tenant; else
  -- none of $8, which have claims of their own.
  SELECT a.tenant_id, coalesce(
      (SELECT w.weight FROM unnest($9::int4[], $10::int4[]) AS w(tenant_id, weight) WHERE w.tenant_id = a.tenant_id), 1) AS weight
  FROM (
    SELECT t.tenant_id FROM t WHERE $7::int4 IS NULL
    UNION ALL SELECT u.tenant_id FROM u WHERE $7::int4 IS NULL
    UNION ALL SELECT $7::int4 WHERE $7::int4 IS NOT NULL) AS a
  WHERE a.tenant_id IS NOT NULL AND a.tenant_id <> ALL ($8::int4[]) AND EXISTS (
    SELECT FROM unnest($4::int2[]) AS p(priority), LATERAL (
      SELECT 1 FROM tradewind.job_queue_1 AS j
      WHERE j.queue = $2::int2 AND j.tenant_id = a.tenant_id AND j.priority = p.priority AND j.lease IS NULL
        AND j.run_at <= now() AND j.kind = ANY ($5::int4[])
      ORDER BY j.run_at, j.id LIMIT 1) AS due)
  LIMIT 32
), share AS MATERIALIZED (
  -- By weight, rounded up.
  SELECT n.tenant_id, ($6::int4 * n.weight + s.weight - 1) / s.weight AS jobs
  FROM (SELECT sum(next.weight) AS weight FROM next) AS s, next AS n
), c AS MATERIALIZED (
  SELECT k.place
  FROM me, share, LATERAL (
    SELECT o.place FROM unnest($4::int2[]) AS p(priority), LATERAL (
      SELECT j.ctid AS place FROM tradewind.job_queue_1 AS j
      WHERE j.queue = $2::int2 AND j.tenant_id = share.tenant_id AND j.priority = p.priority AND j.lease IS NULL
        AND j.run_at <= now() AND j.kind = ANY ($5::int4[])
      ORDER BY j.run_at, j.id LIMIT share.jobs FOR UPDATE SKIP LOCKED
    ) AS o LIMIT share.jobs
  ) AS k
  LIMIT $6::int4
)
UPDATE tradewind.job_queue_1 AS j SET lease = $1::bigint, attempt = j.attempt + 1
FROM c WHERE j.ctid = c.place
RETURNING j.ctid, j.tenant_id, j.id, j.kind, j.attempt, j.max_attempts, j.priority, j.run_at, j.timeout_ms, j.trace, j.payload;

-- name: complete_jobs
-- Moves finished jobs to the table of their day. Where one lies ($9) its claim told; NULL, it is looked up by its key, which is for
-- those that were changed since (somebody asked for a cancellation). Ends the transaction (TW002), and with it every effect in
-- it, where one of them is not held any more under this lease and attempt.
WITH k AS MATERIALIZED (
  SELECT coalesce(r.place, f.place) AS place, r.tenant_id, r.id, r.attempt, r.state, r.result, r.error
  FROM unnest($3::int4[], $4::uuid[], $5::int2[], $6::int2[], $7::jsonb[], $8::jsonb[], $9::tid[])
    AS r(tenant_id, id, attempt, state, result, error, place)
  LEFT JOIN LATERAL (
    SELECT j.ctid AS place FROM tradewind.job_queue_1 AS j
    WHERE r.place IS NULL AND j.queue = $2::int2 AND j.tenant_id = r.tenant_id AND j.id = r.id LIMIT 1
  ) AS f ON true
), d AS (
  DELETE FROM tradewind.job_queue_1 AS j USING k
  WHERE j.ctid = k.place AND j.attempt = k.attempt AND j.lease IS NOT DISTINCT FROM $1::bigint
    AND j.id IS NOT DISTINCT FROM k.id AND j.tenant_id IS NOT DISTINCT FROM k.tenant_id
  RETURNING j.tenant_id, j.id, j.kind, j.attempt, k.state, k.result,
    CASE WHEN k.error IS NULL THEN j.errors ELSE coalesce(j.errors, '[]') || (k.error || jsonb_build_object('at', now())) END AS errors,
    CASE WHEN k.state <> 1 THEN j.payload END AS payload
), f AS (
  INSERT INTO tradewind.job_done (tenant_id, id, queue, kind, attempt, state, finished_at, lease, result, errors, payload)
  SELECT tenant_id, id, $2::int2, kind, attempt, state, now(), $1::bigint, result, errors, payload FROM d
)
SELECT tradewind.insist((SELECT count(*) FROM d) = cardinality($4::uuid[]), 'a finished job is not held any more');

-- name: retry_jobs
-- Puts jobs back to wait: for another attempt with what went wrong, or, where $7 says that the attempt does not count, for
-- later. Finds them ($9) and ends the transaction (TW002) as complete_jobs does.
WITH k AS MATERIALIZED (
  SELECT coalesce(r.place, f.place) AS place, r.tenant_id, r.id, r.attempt, r.delay_us, r.counts, r.error
  FROM unnest($3::int4[], $4::uuid[], $5::int2[], $6::int8[], $7::bool[], $8::jsonb[], $9::tid[])
    AS r(tenant_id, id, attempt, delay_us, counts, error, place)
  LEFT JOIN LATERAL (
    SELECT j.ctid AS place FROM tradewind.job_queue_1 AS j
    WHERE r.place IS NULL AND j.queue = $2::int2 AND j.tenant_id = r.tenant_id AND j.id = r.id LIMIT 1
  ) AS f ON true
), u AS (
  UPDATE tradewind.job_queue_1 AS j SET lease = NULL, attempt = j.attempt - CASE WHEN k.counts THEN 0 ELSE 1 END,
    run_at = clock_timestamp() + k.delay_us * interval '1 us',
    errors = CASE WHEN k.error IS NULL THEN j.errors ELSE coalesce(j.errors, '[]') || (k.error || jsonb_build_object('at', now())) END
  FROM k
  WHERE j.ctid = k.place AND j.attempt = k.attempt AND j.lease IS NOT DISTINCT FROM $1::bigint
    AND j.id IS NOT DISTINCT FROM k.id AND j.tenant_id IS NOT DISTINCT FROM k.tenant_id
  RETURNING 1
)
SELECT tradewind.insist((SELECT count(*) FROM u) = cardinality($4::uuid[]), 'a job to be tried again is not held any more');

-- name: release_jobs
-- Gives back what was claimed and not begun: at the end of a drain, and claims whose answer was lost. Counts no attempt.
WITH r AS MATERIALIZED (
  SELECT * FROM unnest($2::int2[], $3::int4[], $4::uuid[], $5::int2[]) AS r(queue, tenant_id, id, attempt)
)
UPDATE tradewind.job AS j SET lease = NULL, attempt = j.attempt - 1
FROM r
WHERE j.queue = r.queue AND j.tenant_id = r.tenant_id AND j.id = r.id AND j.attempt = r.attempt AND j.lease IS NOT DISTINCT FROM $1::bigint;

-- name: held_jobs
-- What a lease holds, for the worker to compare with what it knows, and which of them somebody wants cancelled.
SELECT j.queue, j.tenant_id, j.id, j.attempt, j.cancel_asked FROM tradewind.job AS j WHERE j.lease = $1::bigint;

-- name: settled_jobs
-- Which of these were finished under this lease: asked when the answer to a completion was lost.
SELECT d.tenant_id, d.id, d.attempt FROM tradewind.job_done AS d
JOIN unnest($2::int4[], $3::uuid[], $4::int2[]) AS r(tenant_id, id, attempt)
  ON d.tenant_id = r.tenant_id AND d.id = r.id AND d.attempt = r.attempt
WHERE d.lease = $1::bigint AND d.finished_at > clock_timestamp() - interval '1 hour' AND d.id = ANY ($3::uuid[]);

-- name: due_lanes
-- Whether a queue has anything to claim now: one look for an idle worker, whatever the number of its queues. A thousand jobs of kinds it
-- does not know are looked at, no more: behind them a claim has to look, which goes on where the last one stopped.
SELECT q.queue FROM tradewind.job_queue AS q
WHERE q.queue = ANY ($1::int2[]) AND q.paused_at IS NULL
  AND CASE WHEN q.is_fair THEN (
    SELECT coalesce(bool_or(o.is_due AND o.kind = ANY ($2::int4[])), false) OR count(*) >= 1000
    FROM (
      SELECT j.kind, j.run_at <= now() AS is_due FROM tradewind.job AS j
      WHERE j.queue = q.queue AND j.lease IS NULL ORDER BY j.tenant_id LIMIT 1000) AS o
  ) ELSE EXISTS (
    SELECT FROM unnest(ARRAY[0, 1, 2, 3, 4, 5, 6, 7]::int2[]) AS p(priority), LATERAL (
      SELECT bool_or(o.kind = ANY ($2::int4[])) AS is_known, count(*) AS due
      FROM (
        SELECT j.kind FROM tradewind.job AS j
        WHERE j.queue = q.queue AND j.priority = p.priority AND j.lease IS NULL AND j.run_at <= now()
        ORDER BY j.run_at, j.id LIMIT 1000) AS o
    ) AS look
    WHERE look.is_known OR look.due >= 1000
  ) END;
