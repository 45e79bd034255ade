-- Quotes as they were answered, and what was refused.
--
-- tenant_id leads every key here and in all later migrations: a tenant is the unit that can be moved to another server.
SET LOCAL ROLE tradewind_owner;

-- For tables whose rows are history: what was said stays said. Rows may be deleted by the owner when they are old.
CREATE FUNCTION tradewind.keep_as_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'TW001';
END
$$;

CREATE TABLE tradewind.quote (
  tenant_id int NOT NULL,
  id text NOT NULL,
  as_of timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  -- What it was made from, word for word (versions, clock, request), and the receipt that stands for it.
  basis bytea NOT NULL,
  receipt bytea NOT NULL GENERATED ALWAYS AS (sha256(basis)) STORED,
  merchant text NOT NULL,
  origin text NOT NULL,
  destination text NOT NULL,
  country text NOT NULL,
  -- The answer, byte for byte: text, since jsonb would put its keys in another order.
  document text NOT NULL,
  saved_at timestamptz NOT NULL DEFAULT now(),
  -- Looked up by id alone, when it is booked or replayed.
  CONSTRAINT quote_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT quote_id_length CHECK (octet_length(id) BETWEEN 1 AND 200),
  CONSTRAINT quote_expires_later CHECK (expires_at >= as_of)
);

CREATE TABLE tradewind.quote_refusal (
  tenant_id int NOT NULL,
  quote_id text NOT NULL,
  number smallint NOT NULL,
  -- Of the quote, so that a count of demand that was turned away reads one narrow table.
  as_of timestamptz NOT NULL,
  merchant text NOT NULL,
  origin text NOT NULL,
  destination text NOT NULL,
  country text NOT NULL,
  -- NULL: no tier had an option.
  tier text,
  code text NOT NULL,
  rule text NOT NULL,
  message text NOT NULL,
  -- One row for each refusal of a quote; saving the quote again adds none.
  CONSTRAINT quote_refusal_pkey PRIMARY KEY (tenant_id, quote_id, number),
  CONSTRAINT quote_refusal_tier CHECK (tier IN ('economy', 'standard', 'premium'))
);

-- Demand that was turned away is counted over a span of days.
CREATE INDEX quote_refusal_by_time ON tradewind.quote_refusal (tenant_id, as_of);

CREATE TRIGGER quote_kept BEFORE UPDATE ON tradewind.quote
  FOR EACH ROW EXECUTE FUNCTION tradewind.keep_as_written();
CREATE TRIGGER quote_refusal_kept BEFORE UPDATE ON tradewind.quote_refusal
  FOR EACH ROW EXECUTE FUNCTION tradewind.keep_as_written();
REVOKE UPDATE, DELETE ON tradewind.quote, tradewind.quote_refusal FROM tradewind_service;
