-- What can be taken up only once: places on departures, pieces in stock.
SET LOCAL ROLE tradewind_owner;

-- How many parcels every departure of a leg takes, unless a departure says otherwise.
CREATE TABLE tradewind.leg_capacity (
  tenant_id int NOT NULL,
  leg text NOT NULL,
  capacity int NOT NULL,
  -- Read once, when a departure is first booked.
  CONSTRAINT leg_capacity_pkey PRIMARY KEY (tenant_id, leg),
  CONSTRAINT leg_capacity_not_negative CHECK (capacity >= 0)
);

CREATE TABLE tradewind.departure (
  tenant_id int NOT NULL,
  leg text NOT NULL,
  departs_at timestamptz NOT NULL,
  -- Parcels; NULL: nobody has set a limit.
  capacity int,
  reserved int NOT NULL DEFAULT 0,
  -- A booking finds its departures by it, and locks them in its order.
  CONSTRAINT departure_pkey PRIMARY KEY (tenant_id, leg, departs_at),
  CONSTRAINT departure_capacity_not_negative CHECK (capacity >= 0),
  -- The last word on overselling: whatever the program believes, no commit leaves more places taken than there are.
  CONSTRAINT departure_never_oversold CHECK (reserved >= 0 AND reserved <= capacity)
-- Room for new versions of a row beside the old one, and no index on what changes: every reservation stays on its page.
) WITH (fillfactor = 50);

CREATE TABLE tradewind.stock (
  tenant_id int NOT NULL,
  node text NOT NULL,
  sku text NOT NULL,
  on_hand int NOT NULL,
  reserved int NOT NULL DEFAULT 0,
  -- A booking finds its pieces by it, and locks them in its order.
  CONSTRAINT stock_pkey PRIMARY KEY (tenant_id, node, sku),
  CONSTRAINT stock_never_oversold CHECK (reserved >= 0 AND reserved <= on_hand)
) WITH (fillfactor = 50);

-- Pieces kept back from a channel: it sees the stock as empty while they still lie there.
CREATE TABLE tradewind.safety_stock (
  tenant_id int NOT NULL,
  node text NOT NULL,
  sku text NOT NULL,
  channel text NOT NULL,
  pieces int NOT NULL,
  -- One figure for each channel; a booking reads those of its SKUs.
  CONSTRAINT safety_stock_pkey PRIMARY KEY (tenant_id, node, sku, channel),
  CONSTRAINT safety_stock_of_stock FOREIGN KEY (tenant_id, node, sku) REFERENCES tradewind.stock,
  CONSTRAINT safety_stock_not_negative CHECK (pieces >= 0)
);

-- Ends the statement, and with it the transaction, where less was taken than was asked for.
CREATE FUNCTION tradewind.insist(holds boolean, what text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF holds IS NOT TRUE THEN
    RAISE EXCEPTION '%', what USING ERRCODE = 'TW002';
  END IF;
END
$$;
