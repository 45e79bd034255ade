-- Bookings, one or many at a time: arrays hold one element for each order.
--
-- Whoever locks rows does so in this order: stock by (node, sku), departures by (leg, departs_at), bytes compared.
--
-- What is looked up for each order stands in a subquery that cannot be pulled up (LATERAL with LIMIT or FOR UPDATE, or a value), so
-- that it goes through an index whatever a table held when the statement was planned: joined, a booking of one piece read all stock.

-- name: booked_before
-- What stands under these keys, and whether it is the same order.
SELECT w.position::int, s.booking_sha256 = sha256(convert_to(w.body, 'UTF8')) AS is_same, p.id, p.quote_id, p.tier,
  p.deliver_by, p.promise_at, p.zone, p.level_q1024, p.price_minor, p.currency, p.quoted_by, p.made_at
FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS w(key, body, position)
CROSS JOIN LATERAL (
  SELECT * FROM tradewind.shipment AS s WHERE s.tenant_id = $1::int AND s.booking_key = w.key LIMIT 1
) AS s
CROSS JOIN LATERAL (SELECT * FROM tradewind.promise AS p WHERE p.tenant_id = $1::int AND p.id = s.id LIMIT 1) AS p;

-- name: book_shipments
-- Shipment, promise and message of each order; a key that is there ends the transaction (shipment_booking_key).
WITH o AS MATERIALIZED (
  SELECT *
  FROM unnest(
    $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
    $12::date[], $13::timestamptz[], $14::text[], $15::int2[], $16::int8[], $17::text[], $18::date[]
  ) AS o(id, key, body, quote_id, merchant, channel, origin, destination, country, tier, deliver_by, promise_at, zone, level,
    price, currency, quoted_by)
  ORDER BY key COLLATE "C"
), s AS (
  INSERT INTO tradewind.shipment (
    tenant_id, id, quote_id, merchant, channel, origin, destination, country, booking_key, booking_sha256, booked_at)
  SELECT $1::int, id, quote_id, merchant, channel, origin, destination, country, key, sha256(convert_to(body, 'UTF8')),
    $19::timestamptz
  FROM o
), p AS (
  INSERT INTO tradewind.promise (
    tenant_id, id, quote_id, tier, deliver_by, promise_at, zone, level_q1024, price_minor, currency, quoted_by, made_at)
  SELECT $1::int, id, quote_id, tier, deliver_by, promise_at, zone, level, price, currency, quoted_by, $19::timestamptz
  FROM o
)
INSERT INTO tradewind.outbox (tenant_id, shipment_id, number, topic, payload)
SELECT $1::int, id, 0, 'shipment.booked',
  jsonb_build_object('key', key, 'quote', quote_id, 'deliver_by', deliver_by, 'quoted_by', quoted_by)
FROM o;

-- name: book_legs
-- Many orders have the same legs: each list of legs is sent once, with its number, and each order names its list.
INSERT INTO tradewind.shipment_leg (
  tenant_id, shipment_id, number, leg, from_node, to_node, role, departs_at, planned_departure, planned_arrival)
SELECT $1::int, s.id, t.number, t.leg, t.from_node, t.to_node, t.role, t.departs_at, t.planned_departure, t.planned_arrival
FROM unnest($2::uuid[], $3::int4[]) AS s(id, list)
JOIN unnest(
  $4::int4[], $5::int2[], $6::text[], $7::text[], $8::text[], $9::text[], $10::timestamptz[], $11::timestamptz[],
  $12::timestamptz[]
) AS t(list, number, leg, from_node, to_node, role, departs_at, planned_departure, planned_arrival) ON t.list = s.list;

-- name: book_lines
INSERT INTO tradewind.shipment_line (tenant_id, shipment_id, node, sku, quantity)
SELECT $1::int, l.* FROM unnest($2::uuid[], $3::text[], $4::text[], $5::int4[]) AS l(id, node, sku, quantity);

-- name: take_stock
-- All orders of a SKU at a node are one update. Ends the transaction (TW002) where one is missing, too low, or ($6) kept back
-- from one of the channels that ask; then orders are looked at one by one, and what is granted is taken without that question.
WITH wanted AS MATERIALIZED (
  SELECT w.node, w.sku, sum(w.quantity)::int AS quantity,
    max(CASE WHEN $6::bool THEN coalesce((
      SELECT f.pieces
      FROM tradewind.safety_stock AS f
      WHERE f.tenant_id = $1::int AND f.node = w.node AND f.sku = w.sku AND f.channel = w.channel
    ), 0) ELSE 0 END) AS kept
  FROM unnest($2::text[], $3::text[], $4::text[], $5::int4[]) AS w(node, sku, channel, quantity)
  GROUP BY w.node, w.sku
  ORDER BY w.node COLLATE "C", w.sku COLLATE "C"
), locked AS MATERIALIZED (
  SELECT s.node, s.sku
  FROM wanted AS w
  CROSS JOIN LATERAL (
    SELECT s.node, s.sku
    FROM tradewind.stock AS s
    WHERE s.tenant_id = $1::int AND s.node = w.node AND s.sku = w.sku
    FOR UPDATE
  ) AS s
), taken AS (
  UPDATE tradewind.stock AS s SET reserved = s.reserved + w.quantity
  FROM wanted AS w JOIN locked USING (node, sku)
  WHERE s.tenant_id = $1::int AND s.node = w.node AND s.sku = w.sku
    AND s.on_hand - s.reserved - w.quantity >= w.kept
  RETURNING 1
)
SELECT tradewind.insist((SELECT count(*) FROM taken) = (SELECT count(*) FROM wanted), 'stock is short')::text;

-- name: take_places
-- All orders of a departure are one update, however many they are. Ends the transaction (departure_never_oversold) where a
-- departure has fewer places left; then orders are looked at one by one. A departure nobody has booked yet gets the capacity
-- of its leg. The row proposed for one that is there has none, since checks look at it before the conflict is seen.
INSERT INTO tradewind.departure AS d (tenant_id, leg, departs_at, capacity, reserved)
SELECT $1::int, w.leg, w.departs_at,
  CASE WHEN (
    SELECT d.reserved
    FROM tradewind.departure AS d
    WHERE d.tenant_id = $1::int AND d.leg = w.leg AND d.departs_at = w.departs_at
  ) IS NULL THEN (SELECT c.capacity FROM tradewind.leg_capacity AS c WHERE c.tenant_id = $1::int AND c.leg = w.leg) END, w.places
FROM unnest($2::text[], $3::timestamptz[], $4::int4[]) AS w(leg, departs_at, places)
ORDER BY w.leg COLLATE "C", w.departs_at
ON CONFLICT ON CONSTRAINT departure_pkey DO UPDATE SET reserved = d.reserved + excluded.reserved;

-- name: lock_stock
SELECT s.node, s.sku, s.on_hand, s.reserved,
  ARRAY(
    SELECT f.channel FROM tradewind.safety_stock AS f
    WHERE f.tenant_id = $1::int AND f.node = s.node AND f.sku = s.sku ORDER BY f.channel COLLATE "C") AS channels,
  ARRAY(
    SELECT f.pieces FROM tradewind.safety_stock AS f
    WHERE f.tenant_id = $1::int AND f.node = s.node AND f.sku = s.sku ORDER BY f.channel COLLATE "C") AS pieces
FROM (
  SELECT * FROM unnest($2::text[], $3::text[]) AS w(node, sku) ORDER BY w.node COLLATE "C", w.sku COLLATE "C"
) AS w
CROSS JOIN LATERAL (
  SELECT * FROM tradewind.stock AS s WHERE s.tenant_id = $1::int AND s.node = w.node AND s.sku = w.sku FOR UPDATE
) AS s;

-- name: open_departures
-- So that there is a row to lock.
INSERT INTO tradewind.departure (tenant_id, leg, departs_at, capacity)
SELECT $1::int, w.leg, w.departs_at,
  (SELECT c.capacity FROM tradewind.leg_capacity AS c WHERE c.tenant_id = $1::int AND c.leg = w.leg)
FROM unnest($2::text[], $3::timestamptz[]) AS w(leg, departs_at)
ORDER BY w.leg COLLATE "C", w.departs_at
ON CONFLICT ON CONSTRAINT departure_pkey DO NOTHING;

-- name: lock_departures
SELECT d.leg, d.departs_at, d.capacity, d.reserved
FROM (
  SELECT * FROM unnest($2::text[], $3::timestamptz[]) AS w(leg, departs_at) ORDER BY w.leg COLLATE "C", w.departs_at
) AS w
CROSS JOIN LATERAL (
  SELECT * FROM tradewind.departure AS d
  WHERE d.tenant_id = $1::int AND d.leg = w.leg AND d.departs_at = w.departs_at
  FOR UPDATE
) AS d;

-- name: full_departures
-- Read only when a booking met a full departure; an index on what every reservation changes would cost each of them more.
SELECT leg, departs_at
FROM tradewind.departure
WHERE tenant_id = $1::int AND departs_at >= $2::timestamptz AND reserved >= capacity;
