-- Shares of tenants in fair queues. Limits of tenants, and of all jobs together, stand in job_limit under the scope '*'.
SET LOCAL ROLE tradewind_owner;

CREATE TABLE tradewind.job_weight (
  -- Read as a whole by workers, every few seconds; changed by people.
  tenant_id int CONSTRAINT job_weight_pkey PRIMARY KEY,
  -- A tenant that is not here has 1.
  weight int NOT NULL,
  CONSTRAINT job_weight_weight CHECK (weight BETWEEN 1 AND 100)
);
