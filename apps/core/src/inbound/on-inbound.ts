import type { HubEvent } from '@occ-hub/contracts';
import type { Clock } from '@occ-hub/service';
import type { AppointmentStore } from '../appointments/appointment.store.ts';
import type { JobStore } from '../jobs/job.store.ts';
import type { NoteStore } from '../notes/note.store.ts';
import { foldInbound } from './fold-inbound.ts';

export interface InboundParts {
  readonly jobs: JobStore;
  readonly appointments: AppointmentStore;
  readonly notes: NoteStore;
  readonly clock: Clock;
  readonly observe?: (counts: { stored: number; stale: number; notes: number }) => void;
}

/**
 * Writes a batch of upserts, one bulk write per collection. Repeating a batch changes nothing, so it may be handed over
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
  const stale = jobs.stale + appointments.stale;
  parts.observe?.({ stored: changes.jobs.length + changes.appointments.length - stale, stale, notes });
}
