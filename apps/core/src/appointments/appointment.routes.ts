import { HubId, Instant, LookupEntry, lookupLists } from '@occ-hub/contracts';
import type { Clock, NewId } from '@occ-hub/service';
import { HttpProblem } from '@occ-hub/service';
import { z } from 'zod';
import type { ConnectionStore } from '../connections/connection.store.ts';
import { PageQuery, pageShape } from '../store/page.ts';
import { found } from '../store/found.ts';
import { InOrg } from '../http/params.ts';
import { type Route, route } from '../http/route.ts';
import type { MemberStore } from '../members/member.store.ts';
import type { Occasion } from '../outbox/outbound-event.ts';
import { assignedMembers } from '../user-links/assigned-members.ts';
import type { UserLinkStore } from '../user-links/user-link.store.ts';
import { type AppointmentRecord, AppointmentView, appointmentView } from './appointment.ts';
import type { AppointmentStore } from './appointment.store.ts';
import { ResultAppointment, resultAppointment } from './result-appointment.ts';

const tag = 'Appointments';
const InAppointment = InOrg.extend({ appointment: HubId });
const AppointmentQuery = PageQuery.extend({
  from: Instant.optional().describe('Starts at this instant or later'),
  to: Instant.optional().describe('Starts before this instant'),
  member: HubId.optional().describe('Of this member alone, by their user links'),
});

export interface AppointmentRouteParts {
  readonly appointments: AppointmentStore;
  readonly connections: ConnectionStore;
  readonly links: UserLinkStore;
  readonly members: MemberStore;
  readonly clock: Clock;
  /** An event id, the time and the trace for a command. */
  readonly occasion: () => Occasion;
  readonly newId: NewId;
  readonly wake: () => void;
}

export function appointmentRoutes(parts: AppointmentRouteParts): readonly Route[] {
  const { appointments, connections, links } = parts;
  const view = async (org: string, record: AppointmentRecord) => {
    const assigned = await assignedMembers(parts, org, [record]);
    return appointmentView(record, assigned(record));
  };
  return [
    route({
      method: 'get',
      path: '/v1/orgs/{org}/appointments',
      tag,
      summary: 'Appointments, soonest first',
      access: ['org-user', 'org-admin'],
      params: InOrg,
      query: AppointmentQuery,
      replies: { 200: pageShape(AppointmentView) },
      handle: async ({ params: { org }, query: { from, to, member, ...page } }) => {
        const linked = member === undefined ? undefined : await links.ofMember(org, member);
        const reps = linked?.map(({ connection, crm_id }) => ({ connection, crm_user_id: crm_id }));
        const filter = { from: instantOf(from), to: instantOf(to), reps };
        const { items, ...rest } = await appointments.list(org, filter, page);
        const assigned = await assignedMembers(parts, org, items);
        return { status: 200, body: { ...rest, items: items.map((item) => appointmentView(item, assigned(item))) } };
      },
    }),
    route({
      method: 'get',
      path: '/v1/orgs/{org}/appointments/{appointment}',
      tag,
      summary: 'One appointment',
      access: ['org-user', 'org-admin'],
      params: InAppointment,
      replies: { 200: AppointmentView },
      handle: async ({ params: { org, appointment } }) => {
        return { status: 200, body: await view(org, found(await appointments.find(org, appointment), 'appointment')) };
      },
    }),
    route({
      method: 'get',
      path: '/v1/orgs/{org}/appointments/{appointment}/result-options',
      tag,
      summary: "The CRM's results, as last read",
      access: ['org-user', 'org-admin'],
      params: InAppointment,
      replies: { 200: z.object({ options: z.array(LookupEntry) }) },
      handle: async ({ params: { org, appointment } }) => {
        const record = found(await appointments.find(org, appointment), 'appointment');
        return { status: 200, body: { options: await resultsFor(connections, record) } };
      },
    }),
    route({
      method: 'post',
      path: '/v1/orgs/{org}/appointments/{appointment}/result',
      tag,
      summary: 'Give an appointment a result; it goes to the CRM',
      access: ['org-user', 'org-admin'],
      creates: true,
      params: InAppointment,
      body: ResultAppointment,
      replies: { 200: AppointmentView },
      handle: async ({ params: { org, appointment }, body, caller }) => {
        const command = { org, appointment, body, member: caller.member };
        return { status: 200, body: await view(org, await giveResult(parts, command)) };
      },
    }),
  ];
}

function instantOf(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}

interface GiveResult {
  readonly org: string;
  readonly appointment: string;
  readonly body: ResultAppointment;
  readonly member: string;
}

const tries = 10;

/** Decides on what is held, and again when somebody else decided in between. */
async function giveResult(parts: AppointmentRouteParts, command: GiveResult): Promise<AppointmentRecord> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const held = found(await parts.appointments.find(command.org, command.appointment), 'appointment');
    const results = await resultsFor(parts.connections, held);
    const state = { appointment: held, results, member: command.member };
    const decided = resultAppointment(command.body, state, parts.occasion());
    if (decided === undefined) return held;
    const saved = await parts.appointments.saveResult(held, decided.change, decided.entry);
    if (saved !== null) {
      parts.wake();
      return saved;
    }
  }
  throw new HttpProblem({
    status: 409,
    code: 'core.result.contended',
    message: 'Others are giving this appointment results at the same time. Look at it again and retry.',
  });
}

async function resultsFor(connections: ConnectionStore, appointment: AppointmentRecord) {
  const connection = await connections.find(appointment.org, appointment.connection);
  return connection?.lookups[lookupLists.appointmentResults] ?? [];
}
