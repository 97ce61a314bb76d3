import { HubError } from '@occ-hub/errors';
import { daysAround, dayOf } from '@occ-hub/provider-kit';
import { readRecord } from '@occ-hub/mapping';
import type { LeadPerfectionClient } from '../client.ts';
import { LpResult } from '../records.ts';

/** The appointment that a write belongs to, as the events name it. */
export interface Target {
  readonly appointment_external_id: string;
  readonly appointment_start_time: string;
  readonly time_zone: string;
}

/** Changes of what LeadPerfection has recorded of an appointment. */
export interface Change {
  readonly disposition?: string;
  /** A line for the presentation notes. One that is there already is not added again. */
  readonly line?: string;
}

/**
 * Reads what is recorded, changes it, and writes all of it back: UpdateSalesApptDetail clears what it is not sent, so a
 * note must carry the result along, and a result the notes and the sold products.
 */
export async function changeRecorded(
  client: LeadPerfectionClient,
  target: Target,
  { disposition, line }: Change,
): Promise<void> {
  const recorded = await findRecorded(client, target);
  if (/^(n|no|false|0)$/i.test(String(recorded.CanUpdateIndicator ?? ''))) throw locked(target);
  const notes = String(recorded.PresNotes ?? '');
  await client.saveResult({
    issuedleadid: target.appointment_external_id,
    disposition: disposition ?? String(recorded.Disposition ?? ''),
    presnotes: line === undefined ? notes : withLine(notes, line),
    ...soldOf(recorded),
  });
}

/** The notes with a line at their end, unless they hold it already: repeating a write must not repeat the line. */
export function withLine(notes: string, line: string): string {
  // LeadPerfection may give back other line breaks than it was sent.
  const [all, one] = [notes, line].map((text) => `\n${text.replaceAll('\r\n', '\n')}\n`) as [string, string];
  const isThere = all.includes(one);
  return isThere ? notes : [notes.trimEnd(), line].filter(Boolean).join('\n');
}

/** An appointment that was moved in the CRM is not on its old day any more: then the whole window is searched. */
async function findRecorded(client: LeadPerfectionClient, target: Target): Promise<LpResult> {
  const day = dayOf(target.appointment_start_time, target.time_zone);
  const found = (await client.result(target.appointment_external_id, day)) ?? (await searchWindow(client, target, day));
  if (found) return found;
  const message =
    'LeadPerfection has no such appointment any more. If it was re-issued under another number, enter this there by hand.';
  throw new HubError({ kind: 'rejected', code: 'lead-perfection.appointment-missing', message });
}

async function searchWindow(client: LeadPerfectionClient, target: Target, day: string): Promise<LpResult | undefined> {
  for await (const rows of client.appointments(daysAround(day, { before: 30, after: 60 }))) {
    const row = rows.find(
      (each) =>
        String(Object.entries(each ?? {}).find(([name]) => /^id$/i.test(name))?.[1]) === target.appointment_external_id,
    );
    if (row) return readRecord(LpResult, row);
  }
  return undefined;
}

function soldOf(recorded: LpResult): Record<string, string> {
  const numbers = [1, 2, 3, 4, 5] as const;
  return Object.fromEntries(
    numbers.flatMap((n) => [
      [`product_id${n}`, String(recorded[`ProductID${n}`] ?? '')],
      [`gsa${n}`, String(recorded[`GSA${n}`] ?? '')],
    ]),
  );
}

function locked({ appointment_external_id: id }: Target): HubError {
  const message = `LeadPerfection has closed appointment ${id} for updates. Open it there, then replay.`;
  return new HubError({ kind: 'rejected', code: 'lead-perfection.appointment-closed', message });
}
