import { HubError } from '@occ-hub/errors';
import { Lead } from './lead.ts';
import { unfit } from './ready-lead.ts';

/** A lead as an event carries it: texts by the lead's own names, blanks left out. */
export function variablesOf(lead: Lead): Record<string, string> {
  return Object.fromEntries(Object.entries(lead).filter((entry): entry is [string, string] => Boolean(entry[1])));
}

/** A lead of what was posted or came with an event. Fails as `rejected` `singleops.lead-unfit`, naming every field that is none or is none of its kind. */
export function leadOf(posted: unknown): Lead {
  if (typeof posted !== 'object' || posted === null || Array.isArray(posted)) throw noLead();
  const entries = Object.entries(posted).flatMap(([name, value]) => {
    const text = textOf(value);
    return text === '' ? [] : [[name, text] as const];
  });
  const read = Lead.safeParse(Object.fromEntries(entries));
  if (read.success) return read.data;
  throw unfit(
    read.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ pointer: `/${key.slice(0, 100)}`, message: 'A lead has no such field.' }))
        : [{ pointer: `/${issue.path.join('/')}`, message: issue.message }],
    ),
  );
}

/** Yes and no may be booleans, an id or a postal code a number; what is not known may be null. */
function textOf(value: unknown): unknown {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.trim() : value;
}

function noLead(): HubError {
  const message = 'A lead is a JSON object with the lead’s fields.';
  return new HubError({ kind: 'unreadable', code: 'singleops.body-unreadable', message });
}
