-- Capacities and stock, as operators set them.

-- name: set_leg_capacity
-- For departures that nobody has booked yet.
INSERT INTO tradewind.leg_capacity (tenant_id, leg, capacity) VALUES ($1::int, $2::text, $3::int)
ON CONFLICT ON CONSTRAINT leg_capacity_pkey DO UPDATE SET capacity = excluded.capacity;

-- name: set_departure_capacity
-- Below what is reserved it is refused (departure_never_oversold).
INSERT INTO tradewind.departure (tenant_id, leg, departs_at, capacity) VALUES ($1::int, $2::text, $3::timestamptz, $4::int)
ON CONFLICT ON CONSTRAINT departure_pkey DO UPDATE SET capacity = excluded.capacity;

-- name: departures_of_leg
SELECT departs_at, capacity, reserved
FROM tradewind.departure
WHERE tenant_id = $1::int AND leg = $2::text AND departs_at >= $3::timestamptz
ORDER BY departs_at
LIMIT $4::int;

-- name: set_stock
-- Below what is reserved it is refused (stock_never_oversold).
INSERT INTO tradewind.stock (tenant_id, node, sku, on_hand) VALUES ($1::int, $2::text, $3::text, $4::int)
ON CONFLICT ON CONSTRAINT stock_pkey DO UPDATE SET on_hand = excluded.on_hand;

-- name: set_safety_stock
INSERT INTO tradewind.safety_stock (tenant_id, node, sku, channel, pieces)
VALUES ($1::int, $2::text, $3::text, $4::text, $5::int)
ON CONFLICT ON CONSTRAINT safety_stock_pkey DO UPDATE SET pieces = excluded.pieces;

-- name: stock_of_node
SELECT s.node, s.sku, s.on_hand, s.reserved,
  ARRAY(
    SELECT f.channel FROM tradewind.safety_stock AS f
    WHERE f.tenant_id = s.tenant_id AND f.node = s.node AND f.sku = s.sku ORDER BY f.channel COLLATE "C") AS channels,
  ARRAY(
    SELECT f.pieces FROM tradewind.safety_stock AS f
    WHERE f.tenant_id = s.tenant_id AND f.node = s.node AND f.sku = s.sku ORDER BY f.channel COLLATE "C") AS pieces
FROM tradewind.stock AS s
WHERE s.tenant_id = $1::int AND s.node = $2::text
ORDER BY s.sku COLLATE "C";
