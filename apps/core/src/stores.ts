import type { Connection } from 'mongoose';
import { createAlertSettingsStore } from './alerts/alert-settings.store.ts';
import { createAlertStore } from './alerts/alert.store.ts';
import { createAppointmentStore } from './appointments/appointment.store.ts';
import { createConnectionStore } from './connections/connection.store.ts';
import { createAuditStore } from './deliveries/audit.store.ts';
import { createDocumentStore } from './documents/document.store.ts';
import { createIdempotencyStore } from './http/idempotency.store.ts';
import { createJobStore } from './jobs/job.store.ts';
import { createLeadFeedbackStore } from './leads/lead-feedback.store.ts';
import { createLeadStore } from './leads/lead.store.ts';
import { createMemberStore } from './members/member.store.ts';
import { createNoteStore } from './notes/note.store.ts';
import { createGivenResultStore } from './opportunities/given-result.store.ts';
import { createOrgStore } from './orgs/org.store.ts';
import { createUserLinkStore } from './user-links/user-link.store.ts';

export type Stores = ReturnType<typeof createStores>;

/** Every collection of core, over one connection. */
export function createStores(connection: Connection) {
  return {
    orgs: createOrgStore(connection),
    members: createMemberStore(connection),
    connections: createConnectionStore(connection),
    links: createUserLinkStore(connection),
    jobs: createJobStore(connection),
    appointments: createAppointmentStore(connection),
    givenResults: createGivenResultStore(connection),
    leads: createLeadStore(connection),
    leadFeedback: createLeadFeedbackStore(connection),
    notes: createNoteStore(connection),
    documents: createDocumentStore(connection),
    audit: createAuditStore(connection),
    alerts: createAlertStore(connection),
    alertSettings: createAlertSettingsStore(connection),
    keys: createIdempotencyStore(connection),
  };
}
