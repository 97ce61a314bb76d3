import { HubId, Instant } from '@occ-hub/contracts';
import type { Clock, NewId } from '@occ-hub/service';
import { z } from 'zod';
import type { ConnectionStore } from '../connections/connection.store.ts';
import { PageQuery, pageShape } from '../store/page.ts';
import { found } from '../store/found.ts';
import { InOrg } from '../http/params.ts';
import { type Route, route } from '../http/route.ts';
import type { Occasion } from '../outbox/outbound-event.ts';
import { contended } from '../results/contended.ts';
import { resultLists, ResultOptions, resultOptions } from '../results/result-lists.ts';
import { untilSaved } from '../store/until-saved.ts';
import { type AppointmentRecord, AppointmentView } from './appointment.ts';
import { appointmentViews, type ViewParts } from './appointment-views.ts';
import type { AppointmentStore } from './appointment.store.ts';
import { refuseRemoved } from './refuse-removed.ts';
import { ResultAppointment, resultAppointment } from './result-appointment.ts';

const tag = 'Appointments';
const InAppointment = InOrg.extend({ appointment: HubId });
const AppointmentQuery = PageQuery.extend({
  from: Instant.optional().describe('Starts at this instant or later'),
  to: Instant.optional().describe('Starts before this instant'),
  member: HubId.optional().describe('Of this member alone, by their user links'),
  removed: z.enum(['true', 'false']).default('false').describe('`true`: also those that the CRM has deleted'),
});

export interface AppointmentRouteParts extends ViewParts {
  readonly appointments: AppointmentStore;
  readonly connections: ConnectionStore;
  readonly clock: Clock;
  /** An event id, the time and the trace for a command. */
  readonly occasion: () => Occasion;
  readonly newId: NewId;
  readonly wake: () => void;
}

export function appointmentRoutes(parts: AppointmentRouteParts): readonly Route[] {
  const { appointments, links } = parts;
  const view = async (org: string, record: AppointmentRecord) => {
    const [seen] = await appointmentViews(parts, org, [record]);
    return seen;
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
      handle: async ({ params: { org }, query: { from, to, member, removed, ...page } }) => {
        const linked = member === undefined ? undefined : await links.ofMember(org, member);
        const reps = linked?.map(({ connection, crm_id }) => ({ connection, crm_user_id: crm_id }));
        const filter = { from: instantOf(from), to: instantOf(to), reps, removed: removed === 'true' };
        const { items, ...rest } = await appointments.list(org, filter, page);
        return { status: 200, body: { ...rest, items: await appointmentViews(parts, org, items) } };
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
      summary: "The CRM's results with their details, as last read",
      access: ['org-user', 'org-admin'],
      params: InAppointment,
      replies: { 200: ResultOptions },
      handle: async ({ params: { org, appointment } }) => {
        const record = found(await appointments.find(org, appointment), 'appointment');
        return { status: 200, body: { options: resultOptions(await listsFor(parts, record)) } };
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

/** Decides on what is held, and again when somebody else decided in between. */
function giveResult(parts: AppointmentRouteParts, command: GiveResult): Promise<AppointmentRecord> {
  return untilSaved(async () => {
    const held = found(await parts.appointments.find(command.org, command.appointment), 'appointment');
    refuseRemoved(held);
    const state = { appointment: held, lists: await listsFor(parts, held), member: command.member };
    const decided = resultAppointment(command.body, state, parts.occasion());
    if (decided === undefined) return held;
    const saved = await parts.appointments.saveResult(held, decided.change, decided.entry);
    if (saved === null) return undefined;
    parts.wake();
    return saved;
  }, contended);
}

async function listsFor({ connections }: AppointmentRouteParts, { org, connection }: AppointmentRecord) {
  return resultLists((await connections.find(org, connection))?.lookups ?? {}, 'appointment');
}
