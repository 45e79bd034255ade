-- The job queue: an open contract for any client that speaks SQL.
--
--   SELECT tradewind.enqueue('default', 'replan', '{"leg":"air"}', key => 'replan-77');
--   SELECT state, result, errors FROM tradewind.job_status WHERE tenant_id = 1 AND id = '...';
--
-- The hot table holds waiting and leased rows only; a finished job moves to the table of its day in the transaction that
-- completes it. A worker process is one row of job_lease; its number on a job is the fencing token, and every change of a
-- leased job names it. All times are the server's. States are those of JobQueue/Jobs/JobState; a test compares both.
SET LOCAL ROLE tradewind_owner;

-- One row for each start of a worker process, gone when it drains or is given up for dead.
CREATE TABLE tradewind.job_lease (
  -- Also the fencing token; never used again.
  lease bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT job_lease_pkey PRIMARY KEY,
  node text NOT NULL,
  pid int NOT NULL,
  version text NOT NULL,
  slots int NOT NULL,
  draining boolean NOT NULL DEFAULT false,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL,
  CONSTRAINT job_lease_slots CHECK (slots >= 1)
-- Room for new versions, and no index on what a beat changes: every beat stays on its page.
) WITH (fillfactor = 50);

-- Workers that were given up for dead, with what was taken from them: what a checker holds completions against.
CREATE TABLE tradewind.job_lease_lost (
  -- Looked up when somebody asks what became of a worker.
  lease bigint CONSTRAINT job_lease_lost_pkey PRIMARY KEY,
  node text NOT NULL,
  pid int NOT NULL,
  expired_at timestamptz NOT NULL,
  lost_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  by_lease bigint
);

CREATE TABLE tradewind.job_queue (
  -- The partition of the hot table.
  queue smallint CONSTRAINT job_queue_pkey PRIMARY KEY,
  -- What people and clients call it.
  name text NOT NULL CONSTRAINT job_queue_name UNIQUE,
  is_fair boolean NOT NULL,
  paused_at timestamptz,
  CONSTRAINT job_queue_name_form CHECK (name ~ '^[a-z][a-z0-9_.-]{0,62}$')
);

CREATE TABLE tradewind.job_kind (
  -- Jobs carry it instead of a name.
  kind int GENERATED ALWAYS AS IDENTITY CONSTRAINT job_kind_pkey PRIMARY KEY,
  name text NOT NULL,
  version int NOT NULL,
  -- A kind is its name and the version of its payload; a worker claims those it knows.
  CONSTRAINT job_kind_name UNIQUE (name, version),
  CONSTRAINT job_kind_name_form CHECK (name ~ '^[a-z][a-z0-9_.-]{0,62}$'),
  CONSTRAINT job_kind_version CHECK (version >= 1)
);

CREATE TABLE tradewind.job (
  tenant_id int NOT NULL,
  -- Made by the client (UUIDv7: ids made one after the other lie together).
  id uuid NOT NULL,
  queue smallint NOT NULL,
  kind int NOT NULL,
  -- 0 is the most urgent; few levels, since a claim looks at each.
  priority smallint NOT NULL DEFAULT 4,
  attempt smallint NOT NULL DEFAULT 0,
  max_attempts smallint NOT NULL DEFAULT 20,
  cancel_asked boolean NOT NULL DEFAULT false,
  -- NULL: waiting. Else the worker that has it.
  lease bigint,
  run_at timestamptz NOT NULL DEFAULT now(),
  created_at timestamptz NOT NULL DEFAULT now(),
  timeout_ms int,
  trace text,
  payload jsonb NOT NULL,
  -- What went wrong in earlier attempts, oldest first.
  errors jsonb,
  -- Completion finds its rows by it, whatever else lies there; by the lease it would walk all that the lease ever held.
  CONSTRAINT job_pkey PRIMARY KEY (queue, tenant_id, id),
  CONSTRAINT job_priority CHECK (priority BETWEEN 0 AND 7),
  CONSTRAINT job_attempts CHECK (attempt >= 0 AND max_attempts >= 1),
  CONSTRAINT job_leased_was_tried CHECK (lease IS NULL OR attempt >= 1),
  CONSTRAINT job_timeout CHECK (timeout_ms > 0)
) PARTITION BY LIST (queue);

-- What a lease holds: rescue, the orphan sweep, and the worker's own look for cancelled jobs.
CREATE INDEX job_by_lease ON tradewind.job (lease) WHERE lease IS NOT NULL;

-- Finished jobs by day; old days are dropped whole, never deleted row by row.
CREATE TABLE tradewind.job_done (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  queue smallint NOT NULL,
  kind int NOT NULL,
  attempt smallint NOT NULL,
  -- 1 done, 2 failed, 3 cancelled, 4 dead.
  state smallint NOT NULL,
  finished_at timestamptz NOT NULL,
  -- Who finished it; NULL: nobody had it.
  lease bigint,
  result jsonb,
  errors jsonb,
  -- Kept for what may be queued again.
  payload jsonb,
  CONSTRAINT job_done_state CHECK (state BETWEEN 1 AND 4),
  CONSTRAINT job_done_payload CHECK (state = 1 OR payload IS NOT NULL)
) PARTITION BY RANGE (finished_at);

-- A job by its id. Ids sort by time and finish nearly in that order, so a range of pages holds a range of ids: a handful of
-- pages is read, and a completion pays nothing for it.
CREATE INDEX job_done_by_id ON tradewind.job_done USING brin (id uuid_minmax_multi_ops)
  WITH (pages_per_range = 16, autosummarize = on);
-- What went wrong, for those who look after it; empty as long as nothing does.
CREATE INDEX job_done_wrong ON tradewind.job_done (tenant_id, queue, finished_at) WHERE state IN (2, 4);

-- Takes what no day is there for, so that a completion never fails for want of one.
CREATE TABLE tradewind.job_done_rest PARTITION OF tradewind.job_done DEFAULT;

-- Keys under which jobs were enqueued; they outlive the job.
CREATE TABLE tradewind.job_once (
  tenant_id int NOT NULL,
  key text NOT NULL,
  job_id uuid NOT NULL,
  expires_at timestamptz NOT NULL,
  -- The same key again is answered with the same job.
  CONSTRAINT job_once_pkey PRIMARY KEY (tenant_id, key),
  CONSTRAINT job_once_key_length CHECK (octet_length(key) BETWEEN 1 AND 200)
);
-- Keys that have run out, removed a page at a time.
CREATE INDEX job_once_by_expiry ON tradewind.job_once (expires_at);

-- What may run at once (per_minute 0), or start in a minute, over all workers.
CREATE TABLE tradewind.job_limit (
  scope text NOT NULL,
  tenant_id int NOT NULL,
  cap int NOT NULL,
  per_minute int NOT NULL DEFAULT 0,
  -- Millionths of what is left to give.
  left_micro bigint NOT NULL,
  filled_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Workers take blocks from one row.
  CONSTRAINT job_limit_pkey PRIMARY KEY (scope, tenant_id),
  CONSTRAINT job_limit_cap CHECK (cap >= 0 AND per_minute >= 0 AND left_micro <= cap * 1000000::bigint)
) WITH (fillfactor = 50);

CREATE TABLE tradewind.job_limit_hold (
  lease bigint NOT NULL,
  scope text NOT NULL,
  tenant_id int NOT NULL,
  held int NOT NULL,
  -- Given back with the lease.
  CONSTRAINT job_limit_hold_pkey PRIMARY KEY (lease, scope, tenant_id),
  CONSTRAINT job_limit_hold_held CHECK (held >= 0)
) WITH (fillfactor = 50);

-- Jobs that come again and again, by the clock of a time zone.
CREATE TABLE tradewind.job_schedule (
  tenant_id int NOT NULL,
  name text NOT NULL,
  queue smallint NOT NULL CONSTRAINT job_schedule_queue REFERENCES tradewind.job_queue,
  kind int NOT NULL CONSTRAINT job_schedule_kind REFERENCES tradewind.job_kind,
  -- Minute, hour, day of month, month, day of week.
  cron text NOT NULL,
  zone text NOT NULL,
  payload jsonb NOT NULL,
  priority smallint NOT NULL DEFAULT 4,
  max_attempts smallint NOT NULL DEFAULT 20,
  -- Whether firings missed while no worker ran are made up for, one by one.
  catches_up boolean NOT NULL DEFAULT false,
  -- The next firing by the wall clock of the zone, and when that is.
  next_local timestamp NOT NULL,
  next_at timestamptz NOT NULL,
  -- By name, when it is registered; due ones are few enough to be read in full.
  CONSTRAINT job_schedule_pkey PRIMARY KEY (tenant_id, name),
  CONSTRAINT job_schedule_priority CHECK (priority BETWEEN 0 AND 7)
);

-- One row for each firing: whoever inserts it enqueues the job, and nobody else does.
CREATE TABLE tradewind.job_firing (
  tenant_id int NOT NULL,
  name text NOT NULL,
  fired_for timestamp NOT NULL,
  job_id uuid NOT NULL,
  -- The last word on firing once.
  CONSTRAINT job_firing_pkey PRIMARY KEY (tenant_id, name, fired_for)
);

-- What one worker does for all of them, and when it was last done.
CREATE TABLE tradewind.job_upkeep (
  -- Whoever moves done_at on has the task.
  task text CONSTRAINT job_upkeep_pkey PRIMARY KEY,
  done_at timestamptz NOT NULL DEFAULT '-infinity'
) WITH (fillfactor = 50);
INSERT INTO tradewind.job_upkeep (task) VALUES ('days'), ('keys'), ('statistics'), ('vacuum'), ('orphans');

-- An id of version 7 (RFC 9562): 48 bits of milliseconds, then random.
CREATE FUNCTION tradewind.new_job_id() RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT encode(
    set_byte(
      overlay(r.bytes PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
      6, get_byte(r.bytes, 6) & 15 | 112),
    'hex')::uuid
  FROM (SELECT uuid_send(gen_random_uuid()) AS bytes) AS r
$$;

-- The number of a kind; a kind nobody has named before gets one.
CREATE FUNCTION tradewind.job_kind_number(name text, version int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  found int;
BEGIN
  SELECT k.kind INTO found FROM tradewind.job_kind AS k
  WHERE k.name = job_kind_number.name AND k.version = job_kind_number.version;
  IF found IS NULL THEN
    INSERT INTO tradewind.job_kind (name, version) VALUES (job_kind_number.name, job_kind_number.version)
    ON CONFLICT ON CONSTRAINT job_kind_name DO NOTHING;
    SELECT k.kind INTO found FROM tradewind.job_kind AS k
    WHERE k.name = job_kind_number.name AND k.version = job_kind_number.version;
  END IF;
  RETURN found;
END
$$;

-- Makes a queue, with a partition of its own, unless it is there. A fair one is claimed tenant by tenant, the others strictly
-- by priority and time. Runs as the owner, since partitions are the owner's.
CREATE FUNCTION tradewind.open_queue(name text, is_fair boolean DEFAULT false) RETURNS smallint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  number smallint;
  part text;
BEGIN
  SELECT q.queue INTO number FROM tradewind.job_queue AS q WHERE q.name = open_queue.name;
  IF number IS NOT NULL THEN
    RETURN number;
  END IF;
  LOCK TABLE tradewind.job_queue IN SHARE ROW EXCLUSIVE MODE;
  SELECT q.queue INTO number FROM tradewind.job_queue AS q WHERE q.name = open_queue.name;
  IF number IS NOT NULL THEN
    RETURN number;
  END IF;
  SELECT coalesce(max(q.queue), 0) + 1 INTO number FROM tradewind.job_queue AS q;
  IF number > 64 THEN
    RAISE EXCEPTION 'there are 64 queues, as many as there may be' USING ERRCODE = 'TW003',
      HINT = 'Tell jobs apart by kind or tenant; a queue is a table of its own.';
  END IF;
  INSERT INTO tradewind.job_queue (queue, name, is_fair) VALUES (number, open_queue.name, open_queue.is_fair);
  part := format('job_queue_%s', number);
  -- Attached rather than made as a partition, which would wait for all who use the other queues. Rows come and go: room on
  -- each page, and a vacuum that begins after a few thousand dead rows and does not rest.
  EXECUTE format(
    'CREATE TABLE tradewind.%I (LIKE tradewind.job INCLUDING DEFAULTS INCLUDING CONSTRAINTS) WITH (fillfactor = 70, '
    'autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0, '
    'autovacuum_analyze_scale_factor = 0.05, autovacuum_analyze_threshold = 5000)', part);
  IF is_fair THEN
    -- Fair claims probe the next tenants one by one, each in the order of its jobs.
    EXECUTE format(
      'CREATE INDEX %I ON tradewind.%I (queue, tenant_id, priority, run_at, id) WHERE lease IS NULL', part || '_fair', part);
  ELSE
    -- Strict claims read in the order of this index, from where the last one stopped; future rows are never walked.
    EXECUTE format(
      'CREATE INDEX %I ON tradewind.%I (queue, priority, run_at, id) WHERE lease IS NULL', part || '_strict', part);
  END IF;
  EXECUTE format('ALTER TABLE tradewind.job ATTACH PARTITION tradewind.%I FOR VALUES IN (%s)', part, number);
  RETURN number;
END
$$;

-- Enqueues one job and gives its id; under a key that is known, the id of the job enqueued first.
CREATE FUNCTION tradewind.enqueue(
  queue text, kind text, payload jsonb DEFAULT '{}', version int DEFAULT 1, tenant int DEFAULT 1, priority int DEFAULT 4,
  run_at timestamptz DEFAULT NULL, key text DEFAULT NULL, keep interval DEFAULT '1 day', max_attempts int DEFAULT 20,
  timeout interval DEFAULT NULL, trace text DEFAULT NULL, id uuid DEFAULT NULL
) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  number smallint;
  job uuid := coalesce(enqueue.id, tradewind.new_job_id());
  mine uuid;
BEGIN
  SELECT q.queue INTO number FROM tradewind.job_queue AS q WHERE q.name = enqueue.queue;
  IF number IS NULL THEN
    RAISE EXCEPTION 'there is no queue named %', enqueue.queue USING ERRCODE = 'TW003',
      HINT = format('SELECT tradewind.open_queue(%L);', enqueue.queue);
  END IF;
  IF key IS NOT NULL THEN
    INSERT INTO tradewind.job_once AS o (tenant_id, key, job_id, expires_at)
    VALUES (enqueue.tenant, enqueue.key, job, clock_timestamp() + enqueue.keep)
    ON CONFLICT ON CONSTRAINT job_once_pkey DO UPDATE SET job_id = excluded.job_id, expires_at = excluded.expires_at
      WHERE o.expires_at < clock_timestamp()
    RETURNING o.job_id INTO mine;
    IF mine IS NULL THEN
      SELECT o.job_id INTO mine FROM tradewind.job_once AS o WHERE o.tenant_id = enqueue.tenant AND o.key = enqueue.key;
      RETURN mine;
    END IF;
  END IF;
  INSERT INTO tradewind.job (tenant_id, id, queue, kind, priority, run_at, max_attempts, timeout_ms, trace, payload)
  VALUES (
    enqueue.tenant, job, number, tradewind.job_kind_number(enqueue.kind, enqueue.version), enqueue.priority,
    -- Never in the past: claims go on from where they stopped.
    greatest(enqueue.run_at, now()), enqueue.max_attempts,
    (extract(epoch FROM enqueue.timeout) * 1000)::int, enqueue.trace, enqueue.payload);
  RETURN job;
END
$$;

-- Tells the workers of a queue to look at once instead of when they would. Call it after the commit, and not for each job:
-- the server lets such messages through one at a time.
CREATE FUNCTION tradewind.wake(queue text) RETURNS void LANGUAGE sql AS $$
  SELECT pg_notify('tradewind_jobs', q.queue::text) FROM tradewind.job_queue AS q WHERE q.name = wake.queue
$$;

-- What stands of a job, waiting, running or finished.
CREATE VIEW tradewind.job_status AS
SELECT j.tenant_id, j.id, q.name AS queue, k.name AS kind, k.version,
  CASE WHEN j.lease IS NOT NULL THEN 'running' WHEN j.run_at > now() THEN 'scheduled' ELSE 'waiting' END AS state,
  j.attempt, j.priority, j.run_at, NULL::timestamptz AS finished_at, j.cancel_asked, j.lease, NULL::jsonb AS result,
  j.errors, j.payload
FROM tradewind.job AS j
JOIN tradewind.job_queue AS q ON q.queue = j.queue
LEFT JOIN tradewind.job_kind AS k ON k.kind = j.kind
UNION ALL
SELECT d.tenant_id, d.id, q.name, k.name, k.version,
  CASE d.state WHEN 1 THEN 'done' WHEN 2 THEN 'failed' WHEN 3 THEN 'cancelled' ELSE 'dead' END,
  d.attempt, NULL, NULL, d.finished_at, false, d.lease, d.result, d.errors, d.payload
FROM tradewind.job_done AS d
JOIN tradewind.job_queue AS q ON q.queue = d.queue
LEFT JOIN tradewind.job_kind AS k ON k.kind = d.kind;

-- Makes the days to come and drops those past retention. Runs as the owner; where somebody holds a table it would wait for,
-- it leaves that for the next time rather than making everybody queue behind it.
CREATE FUNCTION tradewind.keep_job_days(retain interval DEFAULT '14 days', ahead int DEFAULT 3)
RETURNS TABLE (made int, dropped int) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET lock_timeout = '300ms' AS $$
DECLARE
  today date := (clock_timestamp() AT TIME ZONE 'UTC')::date;
  day date;
  part text;
BEGIN
  made := 0;
  dropped := 0;
  FOR i IN 0..ahead LOOP
    day := today + i;
    part := 'job_done_' || to_char(day, 'YYYYMMDD');
    CONTINUE WHEN to_regclass(format('tradewind.%I', part)) IS NOT NULL;
    -- Rows that came while the day was not there stay where they are: a day cannot be made over them.
    CONTINUE WHEN EXISTS (
      SELECT FROM tradewind.job_done_rest AS d
      WHERE d.finished_at >= day::timestamp AT TIME ZONE 'UTC' AND d.finished_at < (day + 1)::timestamp AT TIME ZONE 'UTC');
    BEGIN
      EXECUTE format('CREATE TABLE tradewind.%I (LIKE tradewind.job_done INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part);
      EXECUTE format(
        'ALTER TABLE tradewind.job_done ATTACH PARTITION tradewind.%I FOR VALUES FROM (%L) TO (%L)', part,
        day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
      made := made + 1;
    EXCEPTION
      WHEN lock_not_available OR duplicate_table OR check_violation THEN NULL;
    END;
  END LOOP;
  FOR part IN
    SELECT c.relname FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'tradewind.job_done'::regclass AND c.relname ~ '^job_done_[0-9]{8}$'
      AND to_date(right(c.relname, 8), 'YYYYMMDD') + 1 <= ((clock_timestamp() - retain) AT TIME ZONE 'UTC')::date
    ORDER BY c.relname
  LOOP
    BEGIN
      EXECUTE format('DROP TABLE tradewind.%I', part);
      dropped := dropped + 1;
    EXCEPTION
      WHEN lock_not_available THEN NULL;
    END;
  END LOOP;
  DELETE FROM tradewind.job_done_rest AS d WHERE d.finished_at < clock_timestamp() - retain;
  RETURN NEXT;
END
$$;

-- Gathers statistics, of the parents too, which no server does by itself. Runs as the owner.
CREATE FUNCTION tradewind.analyse_jobs() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  ANALYZE tradewind.job;
  ANALYZE tradewind.job_done;
END
$$;

-- The owner's rights are lent to those who write jobs, not to those who read them.
REVOKE EXECUTE ON FUNCTION tradewind.open_queue, tradewind.keep_job_days, tradewind.analyse_jobs FROM tradewind_read_only;
-- What is finished stays as it was written; a dead job that is queued again is moved.
REVOKE UPDATE ON tradewind.job_done, tradewind.job_done_rest, tradewind.job_lease_lost FROM tradewind_service;
REVOKE INSERT, UPDATE, DELETE ON tradewind.job_queue FROM tradewind_service;
GRANT UPDATE (paused_at) ON tradewind.job_queue TO tradewind_service;

SELECT tradewind.open_queue('default');
SELECT tradewind.keep_job_days();
