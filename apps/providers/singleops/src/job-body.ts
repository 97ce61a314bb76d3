import { characters, fitNotes, limits, shorten } from './limits.ts';
import { type CustomValue, type Placed, titleOf } from './catalogue.ts';
import type { Person, ReadyLead } from './ready-lead.ts';
import type { Client } from './records.ts';
import type { Settings } from './settings.ts';

/** What a lead is made of, once everything about it is decided. */
export interface JobParts {
  readonly lead: ReadyLead;
  /** Undefined: a new client. */
  readonly client: Pick<Client, 'id' | 'on_hold'> | undefined;
  readonly placed: Placed;
  /** How the client was chosen, where people should know; else blank. */
  readonly remark: string;
  readonly settings: Pick<Settings, 'layout' | 'visit_stage_id' | 'lead_source_value'>;
}

/** The body of `POST /jobs`, without the credentials. */
export interface JobBody {
  readonly job: {
    readonly client_id: number | null;
    readonly name: string;
    readonly notes: string;
    readonly operation_id: number;
    readonly custom_field_values: readonly CustomValue[];
    readonly portal_lead?: Person;
  };
  readonly portal_lead?: Person;
  readonly visit: { readonly visit_stage_id: number };
  readonly job_task_create?: true;
  readonly task?: Task;
}

/** Times are the account's wall clock, `YYYY-MM-DD HH:MM:SS`. */
export interface Task {
  readonly name: string;
  readonly notes: string;
  readonly on_site: boolean;
  readonly start?: string;
  readonly stop?: string;
  readonly all_day: boolean;
}

/**
 * Builds the body, the only place that knows its layout: a new client's details stand beside the job (A) or inside it (B).
 * Everything in it is within SingleOps' limits. Holds people's data, never credentials.
 */
export function jobBody(parts: JobParts): JobBody {
  const { lead, client, settings } = parts;
  const portal = client === undefined ? { portal_lead: lead.person } : {};
  const job = {
    client_id: client?.id ?? null,
    name: nameOf(parts),
    notes: fitNotes(notesOf(parts)),
    operation_id: parts.placed.operation.id,
    custom_field_values: parts.placed.values,
  };
  return {
    job: settings.layout === 'B' ? { ...job, ...portal } : job,
    ...(settings.layout === 'A' ? portal : {}),
    visit: { visit_stage_id: settings.visit_stage_id },
    ...(lead.task ? { job_task_create: true, task: taskOf(parts) } : {}),
  };
}

function taskOf(parts: JobParts): Task {
  const { visit, onSite } = parts.lead;
  return {
    name: nameOf(parts),
    notes: fitNotes([`OCC lead ${parts.lead.id}`, parts.lead.notes].filter(Boolean).join('\n')),
    on_site: onSite,
    ...(visit === undefined ? {} : { start: visit.start, stop: visit.stop }),
    all_day: visit?.allDay ?? false,
  };
}

/** "<source>: <service>" where the lead says nothing better. */
function labelOf({ lead, placed, settings }: JobParts): string {
  return lead.summary || `${lead.source || settings.lead_source_value || 'Lead'}: ${titleOf(placed.operation)}`;
}

const nameOf = (parts: JobParts): string => shorten(labelOf(parts), limits.name);

/** Our id first: by it a person finds a lead whose answer was lost. */
function notesOf(parts: JobParts): string {
  const { lead, client, placed, remark } = parts;
  const lines = [
    `OCC lead ${lead.id}`,
    ...(client?.on_hold ? ['This client is on hold.'] : []),
    remark,
    ...(placed.untoldSource === '' ? [] : [`Source: ${placed.untoldSource}`]),
    ...(nameOf(parts) === labelOf(parts) ? [] : [labelOf(parts)]),
    ...(lead.visit === undefined || lead.task ? [] : [`Wanted: ${lead.visit.start} to ${lead.visit.stop}`]),
    // The body of an existing client's lead has no place for what they said of themselves this time.
    ...(client === undefined ? [] : contactLines(lead.person)),
    lead.notes,
  ];
  // What is longer than a field of a person comes after all else: it must not push the rest out.
  const isLong = (line: string) => line !== lead.notes && characters(line) > limits.text;
  return [...lines.filter((line) => !isLong(line)), ...lines.filter(isLong)].filter(Boolean).join('\n');
}

function contactLines(person: Person): string[] {
  const listed = (label: string, values: readonly string[]) => {
    const known = values.filter(Boolean);
    return known.length === 0 ? [] : [`${label}: ${known.join(', ')}`];
  };
  const { first_name: first, last_name: last, company_name: company, email, phone, mobile } = person;
  return [
    ...listed('Contact', [[first, last].filter(Boolean).join(' '), company, email, phone, mobile]),
    ...listed('Address', [
      ...[person.bill_addr_1, person.bill_addr_2, person.bill_addr_city],
      [person.bill_addr_state, person.bill_addr_postal_code].filter(Boolean).join(' '),
    ]),
  ];
}
