-- Shipments and what is reported of them.

-- name: lock_shipment
SELECT state FROM tradewind.shipment WHERE tenant_id = $1::int AND id = $2::uuid FOR UPDATE;

-- name: shipment_by_id
SELECT s.merchant, s.channel, s.origin, s.destination, p.id, p.quote_id, p.tier, p.deliver_by, p.promise_at, p.zone,
  p.level_q1024, p.price_minor, p.currency, p.quoted_by, p.made_at
FROM tradewind.shipment AS s JOIN tradewind.promise AS p ON p.tenant_id = s.tenant_id AND p.id = s.id
WHERE s.tenant_id = $1::int AND s.id = $2::uuid;

-- name: shipment_legs
SELECT leg, from_node, to_node, role, departs_at, planned_departure, planned_arrival
FROM tradewind.shipment_leg
WHERE tenant_id = $1::int AND shipment_id = $2::uuid
ORDER BY number;

-- name: shipment_events
SELECT event_key, code, leg_number, occurred_at, expected_at, note
FROM tradewind.shipment_event
WHERE tenant_id = $1::int AND shipment_id = $2::uuid
ORDER BY number;

-- name: shipment_estimates
-- What the event itself did not name was planned.
SELECT e.event_key, e.occurred_at, e.expected_at, v.expected_at IS NULL
FROM tradewind.arrival_estimate AS e
JOIN tradewind.shipment_event AS v USING (tenant_id, shipment_id, event_key)
WHERE e.tenant_id = $1::int AND e.shipment_id = $2::uuid
ORDER BY v.number;

-- name: shipment_lines
SELECT node, sku, quantity
FROM tradewind.shipment_line
WHERE tenant_id = $1::int AND shipment_id = $2::uuid
ORDER BY node COLLATE "C", sku COLLATE "C";

-- name: shipments_bound
-- Found by the index of migration 0006: legs that have not ended, by name.
SELECT DISTINCT l.shipment_id
FROM tradewind.shipment_leg AS l
WHERE l.tenant_id = $1::int AND l.leg = ANY ($2::text[])
  AND l.state NOT IN ('arrived', 'cleared', 'completed', 'released')
  AND ($3::uuid IS NULL OR l.shipment_id > $3::uuid)
ORDER BY l.shipment_id
LIMIT $4::int;

-- name: record_event
INSERT INTO tradewind.shipment_event (
  tenant_id, shipment_id, event_key, number, code, leg_number, occurred_at, expected_at, note)
VALUES ($1::int, $2::uuid, $3::text, $4::int, $5::int2, $6::int2, $7::timestamptz, $8::timestamptz, $9::text);

-- name: record_estimate
INSERT INTO tradewind.arrival_estimate (tenant_id, shipment_id, event_key, occurred_at, expected_at)
VALUES ($1::int, $2::uuid, $3::text, $4::timestamptz, $5::timestamptz);

-- name: plan_estimate
INSERT INTO tradewind.arrival_estimate (tenant_id, shipment_id, event_key, occurred_at, expected_at)
SELECT tenant_id, shipment_id, event_key, occurred_at, $4::timestamptz
FROM tradewind.shipment_event
WHERE tenant_id = $1::int AND shipment_id = $2::uuid AND event_key = $3::text
ON CONFLICT (tenant_id, shipment_id, event_key) DO NOTHING
RETURNING event_key;

-- name: park_event
INSERT INTO tradewind.parked_event (tenant_id, shipment_id, event_key) VALUES ($1::int, $2::uuid, $3::text);

-- name: unpark_events
DELETE FROM tradewind.parked_event
WHERE tenant_id = $1::int AND shipment_id = $2::uuid AND event_key = ANY ($3::text[]);

-- name: record_steps
INSERT INTO tradewind.shipment_step (
  tenant_id, shipment_id, number, event_key, code, leg_number, leg_role, leg_from, leg_to, state_from, state_to)
SELECT $1::int, $2::uuid, t.*
FROM unnest(
  $3::int4[], $4::text[], $5::int2[], $6::int2[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[]
) AS t(number, event_key, code, leg_number, leg_role, leg_from, leg_to, state_from, state_to);

-- name: tell_steps
INSERT INTO tradewind.outbox (tenant_id, shipment_id, number, topic, payload)
SELECT $1::int, $2::uuid, t.number, 'shipment.' || t.state,
  jsonb_build_object('event', t.event_key, 'code', t.code, 'from', t.previous, 'to', t.state)
FROM unnest($3::int4[], $4::text[], $5::int2[], $6::text[], $7::text[]) AS t(number, event_key, code, previous, state);

-- name: update_legs
-- Plans and reserved departures stay as they are.
UPDATE tradewind.shipment_leg AS l
SET state = t.state, estimated_arrival = t.estimated_arrival, actual_departure = t.actual_departure,
  actual_arrival = t.actual_arrival
FROM unnest($3::int2[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[])
  AS t(number, state, estimated_arrival, actual_departure, actual_arrival)
WHERE l.tenant_id = $1::int AND l.shipment_id = $2::uuid AND l.number = t.number
  AND (l.state, l.estimated_arrival, l.actual_departure, l.actual_arrival)
    IS DISTINCT FROM (t.state, t.estimated_arrival, t.actual_departure, t.actual_arrival);

-- name: update_shipment
UPDATE tradewind.shipment SET state = $3::text, delivered_at = $4::timestamptz
WHERE tenant_id = $1::int AND id = $2::uuid AND (state, delivered_at) IS DISTINCT FROM ($3::text, $4::timestamptz);

-- name: give_back_stock
-- What was not sent lies there again.
WITH locked AS MATERIALIZED (
  SELECT s.node, s.sku, l.quantity
  FROM tradewind.shipment_line AS l JOIN tradewind.stock AS s USING (tenant_id, node, sku)
  WHERE l.tenant_id = $1::int AND l.shipment_id = $2::uuid
  ORDER BY s.node COLLATE "C", s.sku COLLATE "C"
  FOR UPDATE OF s
)
UPDATE tradewind.stock AS s SET reserved = s.reserved - l.quantity
FROM locked AS l WHERE s.tenant_id = $1::int AND s.node = l.node AND s.sku = l.sku;

-- name: pick_stock
-- What was collected lies there no more.
WITH locked AS MATERIALIZED (
  SELECT s.node, s.sku, l.quantity
  FROM tradewind.shipment_line AS l JOIN tradewind.stock AS s USING (tenant_id, node, sku)
  WHERE l.tenant_id = $1::int AND l.shipment_id = $2::uuid
  ORDER BY s.node COLLATE "C", s.sku COLLATE "C"
  FOR UPDATE OF s
)
UPDATE tradewind.stock AS s SET reserved = s.reserved - l.quantity, on_hand = s.on_hand - l.quantity
FROM locked AS l WHERE s.tenant_id = $1::int AND s.node = l.node AND s.sku = l.sku;

-- name: give_back_places
-- Of the legs that were released.
WITH locked AS MATERIALIZED (
  SELECT d.leg, d.departs_at
  FROM tradewind.shipment_leg AS l
  JOIN tradewind.departure AS d USING (tenant_id, leg, departs_at)
  WHERE l.tenant_id = $1::int AND l.shipment_id = $2::uuid AND l.number = ANY ($3::int2[])
  ORDER BY d.leg COLLATE "C", d.departs_at
  FOR UPDATE OF d
)
UPDATE tradewind.departure AS d SET reserved = d.reserved - 1
FROM locked AS l WHERE d.tenant_id = $1::int AND d.leg = l.leg AND d.departs_at = l.departs_at;

-- name: list_shipments
-- Newest first, a page at a time: ids sort by time of booking.
SELECT s.id, s.state, s.merchant, s.origin, s.destination, s.country, s.booked_at, s.delivered_at, p.tier, p.deliver_by,
  p.quoted_by, p.zone
FROM tradewind.shipment AS s JOIN tradewind.promise AS p ON p.tenant_id = s.tenant_id AND p.id = s.id
WHERE s.tenant_id = $1::int AND ($2::text IS NULL OR s.state = $2::text) AND ($3::text IS NULL OR s.merchant = $3::text)
  AND ($4::uuid IS NULL OR s.id < $4::uuid)
ORDER BY s.id DESC
LIMIT $5::int;

-- name: on_time
-- Promised against actual, by lane, week of the promised date and merchant. What was due and has not come counts as late;
-- what is not due yet, and what was called off or sent back, is counted beside.
WITH due AS (
  SELECT s.origin || ' > ' || s.country AS lane, date_trunc('week', p.deliver_by)::date AS week, s.merchant, s.state,
    p.deliver_by, (p.made_at AT TIME ZONE p.zone)::date AS made_on, (s.delivered_at AT TIME ZONE p.zone)::date AS delivered_on,
    ($4::timestamptz AT TIME ZONE p.zone)::date AS today
  FROM tradewind.promise AS p JOIN tradewind.shipment AS s ON s.tenant_id = p.tenant_id AND s.id = p.id
  WHERE p.tenant_id = $1::int AND p.deliver_by BETWEEN $2::date AND $3::date
)
SELECT lane, week, merchant,
  count(*) FILTER (WHERE judged) AS sample,
  count(*) FILTER (WHERE judged AND delivered_on <= deliver_by) AS on_time,
  count(*) FILTER (WHERE NOT judged AND state NOT IN ('cancelled', 'returned')) AS not_due,
  count(*) FILTER (WHERE state IN ('cancelled', 'returned')) AS ended_early,
  coalesce(sum(deliver_by - made_on) FILTER (WHERE judged), 0)::int8 AS promised_days,
  coalesce(sum(delivered_on - made_on) FILTER (WHERE judged AND delivered_on IS NOT NULL), 0)::int8 AS actual_days,
  count(*) FILTER (WHERE judged AND delivered_on IS NOT NULL) AS arrived
FROM (
  SELECT *, state NOT IN ('cancelled', 'returned') AND (delivered_on IS NOT NULL OR state = 'lost' OR deliver_by < today) AS judged
  FROM due
) AS d
GROUP BY lane, week, merchant
ORDER BY lane COLLATE "C", week, merchant COLLATE "C";

-- name: promise_outcomes
-- Every promise and what became of it, on the clock of the place it was promised for: what calibration learns from.
SELECT s.id, s.merchant, s.origin, s.destination, s.country, p.deliver_by,
  to_char(p.made_at AT TIME ZONE p.zone, 'YYYY-MM-DD"T"HH24:MI') AS made,
  to_char(h.handed_over_at AT TIME ZONE p.zone, 'YYYY-MM-DD"T"HH24:MI') AS handed_over,
  to_char(s.delivered_at AT TIME ZONE p.zone, 'YYYY-MM-DD"T"HH24:MI') AS delivered,
  s.state,
  to_char(e.ended_at AT TIME ZONE p.zone, 'YYYY-MM-DD"T"HH24:MI') AS ended,
  to_char(p.promise_at AT TIME ZONE p.zone, 'YYYY-MM-DD"T"HH24:MI') AS planned
FROM tradewind.promise AS p
JOIN tradewind.shipment AS s ON s.tenant_id = p.tenant_id AND s.id = p.id
LEFT JOIN LATERAL (
  SELECT min(l.actual_departure) AS handed_over_at
  FROM tradewind.shipment_leg AS l WHERE l.tenant_id = s.tenant_id AND l.shipment_id = s.id
) AS h ON true
LEFT JOIN LATERAL (
  SELECT max(v.occurred_at) AS ended_at
  FROM tradewind.shipment_event AS v
  WHERE v.tenant_id = s.tenant_id AND v.shipment_id = s.id AND v.code IN (7, 49, 82)
) AS e ON true
WHERE p.tenant_id = $1::int AND p.made_at <= $2::timestamptz
ORDER BY s.id;
