-- Quotes as they were answered; arrays hold one element for each quote.

-- name: save_quotes
-- Gives the ids that are there already with other contents: the data changed under the label of a bundle.
WITH q AS MATERIALIZED (
  SELECT *
  FROM unnest(
    $2::text[], $3::timestamptz[], $4::timestamptz[], $5::bytea[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[]
  ) AS q(id, as_of, expires_at, basis, merchant, origin, destination, country, document)
), put AS (
  INSERT INTO tradewind.quote (
    tenant_id, id, as_of, expires_at, basis, merchant, origin, destination, country, document)
  SELECT $1::int, id, as_of, expires_at, basis, merchant, origin, destination, country, document
  FROM q ORDER BY id COLLATE "C"
  ON CONFLICT ON CONSTRAINT quote_pkey DO NOTHING
)
SELECT q.id
FROM q JOIN tradewind.quote AS k ON k.tenant_id = $1::int AND k.id = q.id
WHERE k.basis <> q.basis OR k.document <> q.document;

-- name: save_quote_refusals
-- The quote may be new in this very statement's transaction, so its columns are given again.
INSERT INTO tradewind.quote_refusal (
  tenant_id, quote_id, number, as_of, merchant, origin, destination, country, tier, code, rule, message)
SELECT $1::int, r.*
FROM unnest(
  $2::text[], $3::int2[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
  $11::text[], $12::text[]
) AS r(quote_id, number, as_of, merchant, origin, destination, country, tier, code, rule, message)
ON CONFLICT ON CONSTRAINT quote_refusal_pkey DO NOTHING;

-- name: quotes_by_id
SELECT id, expires_at, basis, merchant, origin, destination, country, document, encode(receipt, 'hex') AS receipt
FROM tradewind.quote
WHERE tenant_id = $1::int AND id = ANY ($2::text[]);

-- name: unserved_demand
-- Demand that was turned away since a moment, most often first.
SELECT origin, country, coalesce(tier, '') AS tier, code, rule, count(*) AS refusals,
  count(DISTINCT merchant) AS merchants, min(as_of) AS first_at, max(as_of) AS last_at, min(message) AS message
FROM tradewind.quote_refusal
WHERE tenant_id = $1::int AND as_of >= $2::timestamptz
GROUP BY origin, country, tier, code, rule
ORDER BY count(*) DESC, origin COLLATE "C", country, tier, code, rule COLLATE "C";
