-- Limits over all workers: each takes a block of what is left and counts its own jobs against it. A scope is a kind's name, or * for all
-- kinds; tenant 0 stands for all tenants together.

-- name: set_limit
-- What is out stays out: lowering a cap takes effect as it comes back.
INSERT INTO tradewind.job_limit AS l (scope, tenant_id, cap, per_minute, left_micro)
VALUES ($1::text, $4::int4, $2::int4, $3::int4, $2::int4 * 1000000::bigint)
ON CONFLICT ON CONSTRAINT job_limit_pkey DO UPDATE SET cap = excluded.cap, per_minute = excluded.per_minute,
  left_micro = least(excluded.left_micro, l.left_micro + (excluded.cap - l.cap) * 1000000::bigint)
WHERE (l.cap, l.per_minute) IS DISTINCT FROM (excluded.cap, excluded.per_minute);

-- name: take_limit
-- Up to $3 of a limit. Of what may run at once never more than half of what is left, but one: the others get something too.
WITH me AS MATERIALIZED (
  SELECT 1 FROM tradewind.job_lease AS l WHERE l.lease = $1::bigint AND l.expires_at > clock_timestamp() FOR KEY SHARE
), l AS MATERIALIZED (
  SELECT l.scope, l.tenant_id, l.per_minute, clock_timestamp() AS at,
    CASE
      WHEN l.per_minute = 0 THEN l.left_micro
      ELSE least(l.cap * 1000000::bigint, l.left_micro
        + l.per_minute * greatest(0, extract(epoch FROM clock_timestamp() - l.filled_at) * 1000000)::bigint / 60)
    END AS left_micro
  FROM me, tradewind.job_limit AS l WHERE l.scope = $2::text AND l.tenant_id = $4::int4 FOR UPDATE OF l
), g AS (
  SELECT l.*, greatest(0, least($3::int4, CASE
    WHEN l.per_minute = 0 THEN (l.left_micro / 1000000 + 1) / 2
    ELSE l.left_micro / 1000000 END))::int4 AS given
  FROM l
), u AS (
  UPDATE tradewind.job_limit AS o SET left_micro = g.left_micro - g.given * 1000000::bigint, filled_at = g.at
  FROM g WHERE o.scope = g.scope AND o.tenant_id = g.tenant_id
), h AS (
  INSERT INTO tradewind.job_limit_hold AS h (lease, scope, tenant_id, held)
  SELECT $1::bigint, g.scope, g.tenant_id, g.given FROM g WHERE g.given > 0 AND g.per_minute = 0
  ON CONFLICT ON CONSTRAINT job_limit_hold_pkey DO UPDATE SET held = h.held + excluded.held
)
SELECT g.given FROM g;

-- name: return_limit
-- Gives back what is held and not needed. The limit is locked first, as by those who take of it: in another order both could wait for
-- each other.
WITH l AS MATERIALIZED (
  SELECT l.scope, l.tenant_id FROM tradewind.job_limit AS l WHERE l.scope = $2::text AND l.tenant_id = $4::int4 FOR UPDATE
), h AS (
  UPDATE tradewind.job_limit_hold AS h SET held = h.held - $3::int4
  FROM l
  WHERE h.lease = $1::bigint AND h.scope = l.scope AND h.tenant_id = l.tenant_id AND h.held >= $3::int4
  RETURNING h.scope, h.tenant_id
)
UPDATE tradewind.job_limit AS l SET left_micro = least(l.cap * 1000000::bigint, l.left_micro + $3::int4 * 1000000::bigint)
FROM h WHERE l.scope = h.scope AND l.tenant_id = h.tenant_id;

-- name: remove_limit
-- Nothing is limited there any more; workers that hold some of it forget it when they look at the rules.
DELETE FROM tradewind.job_limit AS l WHERE l.scope = $1::text AND l.tenant_id = $2::int4;

-- name: set_weight
-- A weight of 1 is what every tenant has.
WITH d AS (
  DELETE FROM tradewind.job_weight AS w WHERE w.tenant_id = $1::int4 AND $2::int4 = 1
)
INSERT INTO tradewind.job_weight AS w (tenant_id, weight) SELECT $1::int4, $2::int4 WHERE $2::int4 <> 1
ON CONFLICT ON CONSTRAINT job_weight_pkey DO UPDATE SET weight = excluded.weight;

-- name: tenant_rules
-- What is limited over all kinds ($1), and greater shares: whether the limit counts beginnings, and the share.
SELECT coalesce(l.tenant_id, w.tenant_id), l.per_minute > 0, w.weight
FROM (SELECT * FROM tradewind.job_limit WHERE scope = $1::text) AS l
FULL JOIN tradewind.job_weight AS w ON w.tenant_id = l.tenant_id;

-- name: list_limits
-- All limits and shares, with what workers hold of each.
SELECT coalesce(l.scope, '*'), coalesce(l.tenant_id, w.tenant_id), l.cap, l.per_minute,
  (SELECT coalesce(sum(h.held), 0) FROM tradewind.job_limit_hold AS h WHERE h.scope = l.scope AND h.tenant_id = l.tenant_id)::int8,
  w.weight
FROM tradewind.job_limit AS l
FULL JOIN tradewind.job_weight AS w ON l.scope = '*' AND w.tenant_id = l.tenant_id
ORDER BY 1, 2;
