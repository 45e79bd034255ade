-- What a disruption of a leg concerns: shipments that have it under way or before them.
SET LOCAL ROLE tradewind_owner;

-- Only legs that have not ended, so that it stays as small as what is on its way; a disruption reads a few hundred entries of a leg.
CREATE INDEX shipment_leg_to_come ON tradewind.shipment_leg (tenant_id, leg, shipment_id)
  WHERE state NOT IN ('arrived', 'cleared', 'completed', 'released');
