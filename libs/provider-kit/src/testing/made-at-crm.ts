import type { Upserted } from '../sink.ts';

/** What a write made at an invented CRM: a location, which is a job to OCC, and a visit there. */
export function madeAtCrm(location: string): Upserted {
  const address = { line_1: '12 Oak Street', line_2: '', city: 'Springfield', state: 'IL', postal_code: '62701' };
  const job = {
    ...{ external_id: location, customer_name: 'Pat Moreno', name: 'Pat Moreno', email: 'pat@example.com' },
    ...{ lead_source: '', address, phones: [{ name: 'Home', number: '555-0101' }], notes: [], metadata: {} },
  };
  const visit = {
    ...{ external_id: `visit-${location}`, job_external_id: location, crm_user_id: 'r1', summary: '', notes: '' },
    ...{ start_time: '2026-03-09T18:00:00.000Z', end_time: '2026-03-09T20:00:00.000Z', time_zone: 'America/New_York' },
    ...{ sales_opportunities: [], metadata: {} },
  };
  return { job, appointments: [visit] };
}
