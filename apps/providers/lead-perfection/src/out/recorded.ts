import { HubError } from '@occ-hub/errors';
import { daysAround, dayOf } from '@occ-hub/provider-kit';
import type { LeadPerfectionClient } from '../client.ts';
import { type LpResult, dayOfRow, isRowOf } from '../records.ts';

/** The appointment that a write belongs to, as the events name it. */
export interface Target {
  readonly appointment_external_id: string;
  readonly appointment_start_time: string;
  readonly time_zone: string;
}

/** Changes of what LeadPerfection has recorded of an appointment. */
export interface Change {
  readonly disposition?: string;
  /** A line for the end of the presentation notes. */
  readonly line?: string;
}

/**
 * Reads what is recorded, changes it, and writes all of it back: UpdateSalesApptDetail clears what it is not sent, so a
 * note must carry the result along, and a result the notes and the sold products.
 */
export async function changeRecorded(client: LeadPerfectionClient, target: Target, change: Change): Promise<void> {
  const recorded = await findRecorded(client, target);
  if (/^(n|no|false|0)$/i.test(String(recorded.CanUpdateIndicator ?? ''))) throw locked(target);
  const notes = String(recorded.PresNotes ?? '').trimEnd();
  await client.saveResult({
    issuedleadid: target.appointment_external_id,
    disposition: change.disposition ?? String(recorded.Disposition ?? ''),
    presnotes: [notes, change.line].filter(Boolean).join('\n'),
    ...soldOf(recorded),
  });
}

/** Whether the change is there already: asked after a write whose end nobody knows. */
export async function isRecorded(client: LeadPerfectionClient, target: Target, change: Change): Promise<boolean> {
  const recorded = await findRecorded(client, target);
  const isResult = change.disposition === undefined || recorded.Disposition === change.disposition;
  return isResult && (change.line === undefined || hasLine(String(recorded.PresNotes ?? ''), change.line));
}

/** LeadPerfection may give back other line breaks than it was sent. */
export function hasLine(notes: string, line: string): boolean {
  const whole = (text: string) => `\n${text.replaceAll('\r\n', '\n')}\n`;
  return whole(notes).includes(whole(line));
}

/** An appointment that was moved in the CRM is not on its old day any more: then the window is searched for its day. */
async function findRecorded(client: LeadPerfectionClient, target: Target): Promise<LpResult> {
  const id = target.appointment_external_id;
  const day = dayOf(target.appointment_start_time, target.time_zone);
  const found = (await client.result(id, day)) ?? (await client.result(id, (await newDayOf(client, id, day)) ?? day));
  if (found) return found;
  const message =
    'LeadPerfection has no such appointment any more. If it was re-issued under another number, enter this there by hand.';
  throw new HubError({ kind: 'rejected', code: 'lead-perfection.appointment-missing', message });
}

async function newDayOf(client: LeadPerfectionClient, id: string, day: string): Promise<string | undefined> {
  for await (const rows of client.appointments(daysAround(day, { before: 30, after: 60 }))) {
    const row = rows.find((each) => isRowOf(each, id));
    if (row !== undefined) return dayOfRow(row);
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
