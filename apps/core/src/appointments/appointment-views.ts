import type { MemberStore } from '../members/member.store.ts';
import type { GivenResultStore } from '../opportunities/given-result.store.ts';
import { givenResultIdOf } from '../opportunities/opportunity.ts';
import { assignedMembers } from '../user-links/assigned-members.ts';
import type { UserLinkStore } from '../user-links/user-link.store.ts';
import { type AppointmentRecord, type AppointmentView, appointmentView } from './appointment.ts';

export interface ViewParts {
  readonly links: UserLinkStore;
  readonly members: MemberStore;
  readonly givenResults: GivenResultStore;
}

/** Appointments of an org as people see them: with the member behind the rep, and what was given in OCC. */
export async function appointmentViews(
  parts: ViewParts,
  org: string,
  records: readonly AppointmentRecord[],
): Promise<AppointmentView[]> {
  const selling = records.filter(({ sales_opportunities = [] }) => sales_opportunities.length > 0);
  const [assigned, given] = await Promise.all([
    assignedMembers(parts, org, records),
    parts.givenResults.ofAppointments(selling.map(({ _id }) => _id)),
  ]);
  const byId = new Map(given.map((one) => [one._id, one]));
  return records.map((record) =>
    appointmentView(record, {
      assigned: assigned(record),
      given: (opportunity) => byId.get(givenResultIdOf(record._id, opportunity)),
    }),
  );
}
