import { ControlError } from '@occ-hub/simulator-stage';
import type { Company, StoredNote } from '../company/company.ts';
import type { ActionCount, ReceivedCall } from '../company/call-log.ts';
import type { StoredDocument } from '../company/documents.ts';
import { householdOf } from '../data/appointment.ts';
import { addDays, parseDay } from '../data/wall-clock.ts';

/** One rep's share of a window; `known` says whether the user list has the rep. */
export interface RepCount {
  slrId: string | null;
  name: string | null;
  known: boolean;
  appointments: number;
  /** Different households among them: same name, address, CSZ and product count once. */
  households: number;
}

/** The simulator's own count of a window, to compare a hub's with. */
export interface WindowCount {
  from: string;
  to: string;
  appointments: number;
  households: number;
  /** Rows whose ApptDate is null or a sentinel: listed in the window although they name no day. */
  withoutDate: number;
  reps: RepCount[];
}

/** What the company has received, and what it holds itself. */
export interface RecordControl {
  /** The last calls, oldest first; of one action when named. */
  received(filter?: { action?: string }): ReceivedCall[];
  /** Calls by action since the start or the last `forget`, bounded log or not. `token` counts token calls. */
  counts(): Record<string, ActionCount>;
  /** Empties the log and its counts; data, documents and faults stay. */
  forget(): void;
  documents(filter?: { ilsid?: number }): StoredDocument[];
  /** The bytes of a document as received; throws when it is unknown or its bytes were let go. */
  documentBytes(id: number): Buffer;
  /** Notes left by AddNotes, oldest first. */
  notes(): StoredNote[];
  /** Days `YYYY-MM-DD`, both included; today - 2 to today + 30 of the company's clock when left out. */
  appointmentsInWindow(window?: { from?: string; to?: string }): WindowCount;
}

export function recordControl(company: Company): RecordControl {
  return {
    received: (filter = {}) => structuredClone(company.log.last(filter.action)),
    counts: () => company.log.counts(),
    forget: () => company.log.clear(),
    documents: (filter = {}) =>
      structuredClone(
        filter.ilsid === undefined ? company.documents.all() : company.documents.of('ils', Number(filter.ilsid)),
      ),
    documentBytes: (id) => {
      const bytes = company.documents.bytes(Number(id));
      if (!bytes) throw new ControlError(404, `The simulator holds no bytes of a document ${id}.`);
      return Buffer.from(bytes);
    },
    notes: () => structuredClone(company.notes),
    appointmentsInWindow: (window = {}) => countWindow(company, window),
  };
}

function countWindow(company: Company, window: { from?: string; to?: string }): WindowCount {
  const today = company.clock.today();
  const from = dayOrThrow(window.from, addDays(today, -2));
  const to = dayOrThrow(window.to, addDays(today, 30));
  const rows = company.calendar.between(from, to).map((one) => one.row);
  const byRep = Map.groupBy(rows, (row) => (row.slr_id === null ? null : String(row.slr_id)));
  const reps = [...byRep].map(([slrId, own]): RepCount => {
    const rep = company.lookups.reps.find((one) => String(one.slrId) === slrId);
    const name = rep?.name ?? own[0]?.SalesRepName ?? null;
    return { slrId, name, known: rep !== undefined, appointments: own.length, households: distinct(own) };
  });
  reps.sort((a, b) => Number(a.slrId ?? -1) - Number(b.slrId ?? -1));
  const withoutDate = rows.filter((row) => row.ApptDate === null || row.ApptDate < '2000').length;
  return { from, to, appointments: rows.length, households: distinct(rows), withoutDate, reps };
}

function distinct(rows: readonly Parameters<typeof householdOf>[0][]): number {
  return new Set(rows.map(householdOf)).size;
}

function dayOrThrow(given: string | undefined, otherwise: string): string {
  const day = given === undefined ? otherwise : parseDay(given);
  if (!day) throw new ControlError(400, `"${given}" is not a day such as 2026-03-09.`);
  return day;
}
