-- Promises, shipments and what is reported of them.
--
-- States, codes and transitions are those of Fulfilment/Shipments (LegState, ShipmentState, TransportStatus); a test tries every
-- combination against both. Codes are those of UN/ECE Recommendation 24.
SET LOCAL ROLE tradewind_owner;

CREATE TABLE tradewind.shipment (
  tenant_id int NOT NULL,
  -- Made by the client (UUIDv7), so it sorts by time of booking; also the id of the promise.
  id uuid NOT NULL,
  quote_id text NOT NULL,
  merchant text NOT NULL,
  channel text NOT NULL,
  origin text NOT NULL,
  destination text NOT NULL,
  country text NOT NULL,
  state text NOT NULL DEFAULT 'booked',
  booking_key text NOT NULL,
  -- What was ordered under the key: the same key with another order is refused.
  booking_sha256 bytea NOT NULL,
  booked_at timestamptz NOT NULL,
  delivered_at timestamptz,
  -- Also the order in which lists are read: newest first, a page at a time.
  CONSTRAINT shipment_pkey PRIMARY KEY (tenant_id, id),
  -- One order, one shipment, however often it is sent; answers a repetition, and settles what became of a lost commit.
  CONSTRAINT shipment_booking_key UNIQUE (tenant_id, booking_key),
  CONSTRAINT shipment_booking_key_length CHECK (octet_length(booking_key) BETWEEN 1 AND 200),
  CONSTRAINT shipment_state CHECK (state IN (
    'booked', 'collected', 'in_transit', 'in_clearance', 'held', 'out_for_delivery', 'delivered', 'cancelled', 'lost', 'returned')),
  CONSTRAINT shipment_delivered CHECK ((state = 'delivered') = (delivered_at IS NOT NULL))
) WITH (fillfactor = 80);

CREATE TABLE tradewind.promise (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  quote_id text NOT NULL,
  tier text NOT NULL,
  deliver_by date NOT NULL,
  promise_at timestamptz NOT NULL,
  zone text NOT NULL,
  level_q1024 smallint NOT NULL,
  price_minor bigint NOT NULL,
  currency text NOT NULL,
  -- The date the quote had; another than deliver_by where a full departure rolled the promise on.
  quoted_by date NOT NULL,
  made_at timestamptz NOT NULL,
  -- The id is the shipment's: no shipment can have two promises.
  CONSTRAINT promise_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT promise_tier CHECK (tier IN ('economy', 'standard', 'premium')),
  CONSTRAINT promise_level CHECK (level_q1024 BETWEEN 0 AND 1024),
  CONSTRAINT promise_price CHECK (price_minor >= 0 AND currency ~ '^[A-Z]{3}$')
);

CREATE TABLE tradewind.shipment_leg (
  tenant_id int NOT NULL,
  shipment_id uuid NOT NULL,
  number smallint NOT NULL,
  leg text NOT NULL,
  from_node text NOT NULL,
  to_node text NOT NULL,
  role text NOT NULL,
  state text NOT NULL DEFAULT 'planned',
  -- The departure on which a place is taken, until the leg is released; NULL: the leg has none.
  departs_at timestamptz,
  planned_departure timestamptz NOT NULL,
  planned_arrival timestamptz NOT NULL,
  estimated_arrival timestamptz,
  actual_departure timestamptz,
  actual_arrival timestamptz,
  -- The legs of a shipment lie together, in order.
  CONSTRAINT shipment_leg_pkey PRIMARY KEY (tenant_id, shipment_id, number),
  CONSTRAINT shipment_leg_number CHECK (number >= 0),
  CONSTRAINT shipment_leg_state CHECK (
    (role = 'carriage' AND state IN ('planned', 'handed_over', 'departed', 'arrived', 'released'))
    OR (role = 'clearance' AND state IN ('planned', 'in_clearance', 'refused', 'cleared', 'released'))
    OR (role = 'handling' AND state IN ('planned', 'begun', 'completed', 'released'))),
  -- What has not happened has no time; what has, has one.
  CONSTRAINT shipment_leg_times CHECK (
    CASE
      WHEN state IN ('planned', 'handed_over', 'released') THEN actual_departure IS NULL AND actual_arrival IS NULL
      WHEN state IN ('departed', 'in_clearance', 'begun') THEN actual_departure IS NOT NULL AND actual_arrival IS NULL
      WHEN state = 'refused' THEN actual_arrival IS NULL
      WHEN state = 'arrived' THEN actual_departure IS NOT NULL AND actual_arrival IS NOT NULL
      ELSE actual_arrival IS NOT NULL
    END)
) WITH (fillfactor = 80);

-- Pieces taken from stock, to be given back or picked.
CREATE TABLE tradewind.shipment_line (
  tenant_id int NOT NULL,
  shipment_id uuid NOT NULL,
  node text NOT NULL,
  sku text NOT NULL,
  quantity int NOT NULL,
  -- The lines of a shipment, each SKU once.
  CONSTRAINT shipment_line_pkey PRIMARY KEY (tenant_id, shipment_id, node, sku),
  CONSTRAINT shipment_line_quantity CHECK (quantity >= 1)
);

-- Everything that was reported, in the order it was recorded; only ever added to.
CREATE TABLE tradewind.shipment_event (
  tenant_id int NOT NULL,
  shipment_id uuid NOT NULL,
  event_key text NOT NULL,
  number int NOT NULL,
  code smallint NOT NULL,
  leg_number smallint,
  occurred_at timestamptz NOT NULL,
  expected_at timestamptz,
  note text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  -- A report that is sent again is found by its key and counts once.
  CONSTRAINT shipment_event_pkey PRIMARY KEY (tenant_id, shipment_id, event_key),
  -- Two recorders at once cannot take one place in the order; also reads the events of a shipment in it.
  CONSTRAINT shipment_event_order UNIQUE (tenant_id, shipment_id, number),
  CONSTRAINT shipment_event_of_shipment FOREIGN KEY (tenant_id, shipment_id) REFERENCES tradewind.shipment,
  CONSTRAINT shipment_event_number CHECK (number >= 1),
  CONSTRAINT shipment_event_code CHECK (code IN (1, 5, 7, 12, 13, 14, 17, 18, 20, 21, 23, 24, 41, 49, 82, 113, 126))
);

-- Events that wait for what must have happened before; the only rows here that are deleted.
CREATE TABLE tradewind.parked_event (
  tenant_id int NOT NULL,
  shipment_id uuid NOT NULL,
  event_key text NOT NULL,
  -- A worklist: what waits, shipment by shipment.
  CONSTRAINT parked_event_pkey PRIMARY KEY (tenant_id, shipment_id, event_key),
  CONSTRAINT parked_event_of_event FOREIGN KEY (tenant_id, shipment_id, event_key) REFERENCES tradewind.shipment_event
);

-- Every change of state, and the event that made it.
CREATE TABLE tradewind.shipment_step (
  tenant_id int NOT NULL,
  shipment_id uuid NOT NULL,
  number int NOT NULL,
  event_key text NOT NULL,
  code smallint NOT NULL,
  leg_number smallint,
  leg_role text,
  leg_from text,
  leg_to text,
  state_from text NOT NULL,
  state_to text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  -- The steps of a shipment in order, none twice.
  CONSTRAINT shipment_step_pkey PRIMARY KEY (tenant_id, shipment_id, number),
  CONSTRAINT shipment_step_of_event FOREIGN KEY (tenant_id, shipment_id, event_key) REFERENCES tradewind.shipment_event,
  CONSTRAINT shipment_step_number CHECK (number >= 1),
  CONSTRAINT shipment_step_leg CHECK (
    CASE
      WHEN leg_number IS NULL
        THEN leg_role IS NULL AND leg_from IS NULL AND leg_to IS NULL
          AND (code, state_to) IN ((7, 'cancelled'), (49, 'lost'), (82, 'returned'))
      ELSE leg_role IS NOT NULL AND leg_from IS NOT NULL AND leg_to IS NOT NULL
        AND (leg_role, leg_from, code, leg_to) IN (
          ('carriage', 'planned', 41, 'handed_over'),
          ('carriage', 'planned', 24, 'departed'), ('carriage', 'handed_over', 24, 'departed'),
          ('carriage', 'planned', 13, 'departed'), ('carriage', 'handed_over', 13, 'departed'),
          ('carriage', 'planned', 113, 'departed'), ('carriage', 'handed_over', 113, 'departed'),
          ('carriage', 'departed', 1, 'arrived'), ('carriage', 'departed', 21, 'arrived'),
          ('clearance', 'planned', 126, 'in_clearance'),
          ('clearance', 'planned', 17, 'refused'), ('clearance', 'in_clearance', 17, 'refused'),
          ('clearance', 'planned', 12, 'cleared'), ('clearance', 'in_clearance', 12, 'cleared'),
          ('clearance', 'refused', 12, 'cleared'),
          ('handling', 'planned', 5, 'begun'),
          ('handling', 'planned', 14, 'completed'), ('handling', 'begun', 14, 'completed'))
    END),
  CONSTRAINT shipment_step_states CHECK ((state_from, state_to) IN (
    ('booked', 'booked'), ('booked', 'collected'), ('booked', 'in_transit'), ('booked', 'in_clearance'), ('booked', 'held'),
    ('booked', 'delivered'), ('booked', 'cancelled'),
    ('collected', 'in_transit'), ('collected', 'delivered'), ('collected', 'lost'), ('collected', 'returned'),
    ('in_transit', 'in_transit'), ('in_transit', 'in_clearance'), ('in_transit', 'held'), ('in_transit', 'out_for_delivery'),
    ('in_transit', 'delivered'), ('in_transit', 'lost'), ('in_transit', 'returned'),
    ('in_clearance', 'in_transit'), ('in_clearance', 'held'), ('in_clearance', 'delivered'), ('in_clearance', 'lost'),
    ('in_clearance', 'returned'),
    ('held', 'in_transit'), ('held', 'delivered'), ('held', 'lost'), ('held', 'returned'),
    ('out_for_delivery', 'delivered'), ('out_for_delivery', 'lost'), ('out_for_delivery', 'returned')))
);

-- What was said of an arrival after the promise: beside it, never in its place.
CREATE TABLE tradewind.arrival_estimate (
  tenant_id int NOT NULL,
  shipment_id uuid NOT NULL,
  event_key text NOT NULL,
  occurred_at timestamptz NOT NULL,
  expected_at timestamptz NOT NULL,
  -- One for each event that named a time of arrival.
  CONSTRAINT arrival_estimate_pkey PRIMARY KEY (tenant_id, shipment_id, event_key),
  CONSTRAINT arrival_estimate_of_event FOREIGN KEY (tenant_id, shipment_id, event_key) REFERENCES tradewind.shipment_event
);

-- What others are to be told, written in the transaction that made it true; whoever has told it deletes it.
CREATE TABLE tradewind.outbox (
  tenant_id int NOT NULL,
  shipment_id uuid NOT NULL,
  -- 0: the booking; else the number of the step. With the shipment it is what a receiver recognises a repetition by.
  number int NOT NULL,
  topic text NOT NULL,
  payload jsonb NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  -- Read in the order of bookings, a shipment's messages together; the table is as long as what has not been told.
  CONSTRAINT outbox_pkey PRIMARY KEY (tenant_id, shipment_id, number)
);

CREATE TRIGGER promise_kept BEFORE UPDATE ON tradewind.promise
  FOR EACH ROW EXECUTE FUNCTION tradewind.keep_as_written();
CREATE TRIGGER shipment_event_kept BEFORE UPDATE ON tradewind.shipment_event
  FOR EACH ROW EXECUTE FUNCTION tradewind.keep_as_written();
CREATE TRIGGER shipment_step_kept BEFORE UPDATE ON tradewind.shipment_step
  FOR EACH ROW EXECUTE FUNCTION tradewind.keep_as_written();
CREATE TRIGGER arrival_estimate_kept BEFORE UPDATE ON tradewind.arrival_estimate
  FOR EACH ROW EXECUTE FUNCTION tradewind.keep_as_written();
REVOKE UPDATE, DELETE ON tradewind.promise, tradewind.shipment_event, tradewind.shipment_step, tradewind.arrival_estimate
  FROM tradewind_service;
