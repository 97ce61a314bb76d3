/** A lead for the invented client 9001 of the first account; `job` is laid over its job. */
export function forRowan(job: object = {}, more: object = {}) {
  return { job: { ...JOB, client_id: 9001, ...job }, visit: { visit_stage_id: 8 }, ...more };
}

/** A lead of a new client; `portalLead` is laid over it. */
export function forMina(portalLead: object = {}, more: object = {}) {
  const portal_lead = { ...MINA, ...portalLead };
  return { job: { ...JOB, client_id: null }, portal_lead, visit: { visit_stage_id: 8 }, ...more };
}

export const JOB = {
  name: 'Web lead: oak pruning',
  notes: 'Source id cp-88123',
  operation_id: 41,
  custom_field_values: [{ custom_input_id: 501, value: 'Website' }],
};

export const MINA = {
  ...{ first_name: 'Mina', last_name: 'Sato', company_name: '', email: 'mina@example.com', phone: '555-010-0155' },
  ...{ mobile: '', bill_addr_1: '8 Birch Lane', bill_addr_2: '', bill_addr_city: 'Marlow', bill_addr_state: 'GA' },
  bill_addr_postal_code: '30000',
};

export const TASK = {
  ...{ name: 'Estimate visit', notes: 'Gate code on request', on_site: true, all_day: false },
  ...{ start: '2026-05-04 09:00:00', stop: '2026-05-04 09:30:00' },
};
