import type { Appointment, Job } from '@occ-hub/contracts';
import type { Upserted, VendorIds } from '@occ-hub/provider-kit';
import { titleOf } from './catalogue.ts';
import type { ReadyLead } from './ready-lead.ts';
import type { Operation } from './records.ts';

export interface ToldAsk {
  readonly lead: ReadyLead;
  readonly operation: Operation;
  readonly ids: VendorIds;
  readonly timeZone: string;
}

/** What the other services are told of a lead that was made: a job with the lead's id, and its task as an appointment where it has a time. */
export function toldOf(ask: ToldAsk): Upserted {
  const { lead } = ask;
  const { visit, task } = lead;
  return { job: jobOf(ask), appointments: task && visit ? [appointmentOf(ask, visit)] : [] };
}

function jobOf({ lead, operation, ids }: ToldAsk): Job {
  const { person } = lead;
  const name = [person.first_name, person.last_name].filter(Boolean).join(' ') || person.company_name;
  const phones = [
    { name: 'Phone', number: person.phone },
    { name: 'Mobile', number: person.mobile },
  ];
  return {
    external_id: leadIdOf(ids),
    customer_name: name,
    name: lead.summary || name,
    email: person.email,
    lead_source: lead.source,
    address: {
      ...{ line_1: person.bill_addr_1, line_2: person.bill_addr_2, city: person.bill_addr_city },
      ...{ state: person.bill_addr_state, postal_code: person.bill_addr_postal_code },
    },
    phones: phones.filter(({ number }) => number !== ''),
    notes: lead.notes ? [{ note: lead.notes, metadata: {} }] : [],
    metadata: {
      ...{ source_id: lead.id, division: titleOf(operation), client: ids['client'] ?? 'new' },
      ...(ids['client_id'] === undefined ? {} : { client_id: ids['client_id'] }),
    },
  };
}

/** SingleOps tells no id of a task: a lead has one at most, so it is known by the lead's. Nobody is assigned yet. */
function appointmentOf({ lead, ids, timeZone }: ToldAsk, visit: NonNullable<ReadyLead['visit']>): Appointment {
  const id = leadIdOf(ids);
  return {
    ...{ external_id: `task-${id}`, job_external_id: id, crm_user_id: 'unassigned' },
    ...{ summary: lead.summary, notes: lead.notes, time_zone: timeZone, sales_opportunities: [] },
    ...{ start_time: visit.startsAt, end_time: visit.endsAt },
    lead_log_number: lead.id,
    metadata: { kind: 'task', all_day: visit.allDay ? 'yes' : 'no', on_site: lead.onSite ? 'yes' : 'no' },
  };
}

function leadIdOf(ids: VendorIds): string {
  return ids['lead_id']!;
}
