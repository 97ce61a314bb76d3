import type { HubEvent } from '@occ-hub/contracts';
import type { Clock } from '@occ-hub/service';
import type { AppointmentStore } from '../appointments/appointment.store.ts';
import type { JobStore } from '../jobs/job.store.ts';
import type { NoteStore } from '../notes/note.store.ts';
import { foldInbound } from './fold-inbound.ts';

/** What became of the records of a batch. */
export interface InboundCounts {
  readonly stored: number;
  readonly stale: number;
  readonly notes: number;
  readonly removed: number;
}

export interface InboundParts {
  readonly jobs: JobStore;
  readonly appointments: AppointmentStore;
  readonly notes: NoteStore;
  readonly clock: Clock;
  readonly observe?: (counts: InboundCounts) => void;
}

/**
 * Writes a batch of upserts and removals, in bulk per collection. Repeating a batch changes nothing, so it may be handed over
 * again after a crash. Never causes an outbound event.
 */
export async function onInbound(parts: InboundParts, events: readonly HubEvent[]): Promise<void> {
  const now = new Date(parts.clock());
  const changes = foldInbound(events, now);
  const [jobs, appointments, notes] = await Promise.all([
    parts.jobs.upsert(changes.jobs, now),
    parts.appointments.upsert(changes.appointments, now),
    parts.notes.addFromCrm(changes.notes),
  ]);
  // After the upserts: a batch may bring an appointment and its end, and the revisions decide which came last.
  const removed = await parts.appointments.remove(changes.removals, now);
  const stale = jobs.stale + appointments.stale;
  parts.observe?.({ stored: changes.jobs.length + changes.appointments.length - stale, stale, notes, removed });
}
