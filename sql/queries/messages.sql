-- What others are to be told (tradewind.outbox), told at least once: it goes with the transaction that told it.

-- name: list_messages
-- In the order of bookings, a shipment's messages together.
SELECT o.shipment_id, o.number, o.topic, o.payload, o.made_at
FROM tradewind.outbox AS o
WHERE o.tenant_id = $1::int
ORDER BY o.shipment_id, o.number LIMIT $2::int4;

-- name: take_messages
-- As above, held until the transaction ends; another taker gets those after them.
SELECT o.shipment_id, o.number, o.topic, o.payload, o.made_at
FROM tradewind.outbox AS o
WHERE o.tenant_id = $1::int
ORDER BY o.shipment_id, o.number LIMIT $2::int4
FOR UPDATE SKIP LOCKED;

-- name: drop_messages
DELETE FROM tradewind.outbox AS o
USING unnest($2::uuid[], $3::int4[]) AS w(shipment_id, number)
WHERE o.tenant_id = $1::int AND o.shipment_id = w.shipment_id AND o.number = w.number;
