import { ExternalId, HubId } from '@occ-hub/contracts';
import { type AppointmentRecord, AppointmentView, opportunityOf } from '../appointments/appointment.ts';
import type { AppointmentStore } from '../appointments/appointment.store.ts';
import { appointmentViews, type ViewParts } from '../appointments/appointment-views.ts';
import { refuseRemoved } from '../appointments/refuse-removed.ts';
import type { ConnectionStore } from '../connections/connection.store.ts';
import { InOrg } from '../http/params.ts';
import { type Route, route } from '../http/route.ts';
import type { Occasion } from '../outbox/outbound-event.ts';
import { contended } from '../results/contended.ts';
import { resultLists, ResultOptions, resultOptions } from '../results/result-lists.ts';
import { found } from '../store/found.ts';
import { untilSaved } from '../store/until-saved.ts';
import { ResultOpportunity, resultOpportunity } from './result-opportunity.ts';

const tag = 'Appointments';
const base = '/v1/orgs/{org}/appointments/{appointment}/opportunities/{opportunity}';
const InOpportunity = InOrg.extend({ appointment: HubId, opportunity: ExternalId });

export interface OpportunityRouteParts extends ViewParts {
  readonly appointments: AppointmentStore;
  readonly connections: ConnectionStore;
  /** An event id, the time and the trace for a command. */
  readonly occasion: () => Occasion;
  readonly wake: () => void;
}

export function opportunityRoutes(parts: OpportunityRouteParts): readonly Route[] {
  return [
    route({
      method: 'get',
      path: `${base}/result-options`,
      tag,
      summary: "The CRM's results of opportunities with their details, as last read",
      access: ['org-user', 'org-admin'],
      params: InOpportunity,
      replies: { 200: ResultOptions },
      handle: async ({ params: { org, appointment, opportunity } }) => {
        const record = found(await parts.appointments.find(org, appointment), 'appointment');
        opportunityOf(record, opportunity);
        return { status: 200, body: { options: resultOptions(await listsFor(parts, record)) } };
      },
    }),
    route({
      method: 'post',
      path: `${base}/result`,
      tag,
      summary: 'Give a sales opportunity of an appointment a result; it goes to the CRM',
      access: ['org-user', 'org-admin'],
      creates: true,
      params: InOpportunity,
      body: ResultOpportunity,
      replies: { 200: AppointmentView },
      handle: async ({ params, body, caller }) => {
        const record = await giveResult(parts, { ...params, body, member: caller.member });
        const [view] = await appointmentViews(parts, params.org, [record]);
        return { status: 200, body: view };
      },
    }),
  ];
}

interface GiveResult {
  readonly org: string;
  readonly appointment: string;
  readonly opportunity: string;
  readonly body: ResultOpportunity;
  readonly member: string;
}

/** Answers the appointment that the opportunity belongs to. */
function giveResult(parts: OpportunityRouteParts, command: GiveResult): Promise<AppointmentRecord> {
  const { opportunity, body, member } = command;
  return untilSaved(async () => {
    const appointment = found(await parts.appointments.find(command.org, command.appointment), 'appointment');
    refuseRemoved(appointment);
    const held = await parts.givenResults.find(appointment._id, opportunity);
    const lists = await listsFor(parts, appointment);
    const state = { appointment, opportunity, held, lists, member };
    const decided = resultOpportunity(body, state, parts.occasion());
    if (decided === undefined) return appointment;
    if (!(await parts.givenResults.save(held, decided.given, decided.entry))) return undefined;
    parts.wake();
    return appointment;
  }, contended);
}

async function listsFor({ connections }: OpportunityRouteParts, { org, connection }: AppointmentRecord) {
  return resultLists((await connections.find(org, connection))?.lookups ?? {}, 'opportunity');
}
