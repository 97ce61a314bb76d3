import { check, until } from '../check.ts';
import { type Appointment, type Job, connectionPath, settledSync, syncNow } from '../office.ts';
import type { World } from './world.ts';

export async function sync(world: World): Promise<string> {
  const run = await settledSync(world);
  const jobs = await until('jobs in OCC', async () => {
    const found = await world.rep.all<Job>(`/v1/orgs/${world.org}/jobs`);
    return found.length > 0 && found;
  });
  return `${run.fetched} appointments read, ${jobs.length} jobs`;
}

export async function compareCounts(world: World): Promise<string> {
  const run = await syncNow(world);
  const crm = world.crm.control.appointmentsInWindow();
  const linked = new Set(world.reps.slice(0, 10).map((rep) => rep.crm_id));
  const own = crm.reps.filter((rep) => linked.has(rep.slrId ?? ''));
  const others = crm.reps.filter((rep) => !linked.has(rep.slrId ?? ''));
  const total = (counts: readonly { appointments: number }[]) =>
    counts.reduce((sum, each) => sum + each.appointments, 0);
  const skipped = run.skipped['rep-not-linked'] ?? 0;
  check(run.fetched === crm.appointments, `${crm.appointments} rows read, not ${run.fetched}`);
  check(run.unchanged === total(own), `${total(own)} appointments of linked reps, not ${run.unchanged}`);
  check(skipped === total(others), `${total(others)} skipped, not ${skipped}`);
  const ids = crmIds(world, linked);
  const jobs = await until('every job in OCC', async () => {
    const found = await world.rep.all<Job>(`/v1/orgs/${world.org}/jobs`);
    return found.length === ids.households && found;
  });
  const appointments = await world.rep.all<Appointment>(`/v1/orgs/${world.org}/appointments`);
  check(appointments.length === ids.dated, `${ids.dated} appointments with a date, not ${appointments.length}`);
  const reasons = run.skipped_reps.map((rep) => `${rep.count} of ${rep.name || 'a rep without name'}`).join(', ');
  return `${jobs.length} jobs, ${appointments.length} appointments; ${skipped} skipped, rep not linked: ${reasons}`;
}

/** The simulator's own count of what must have come: households as jobs, rows with a real date as appointments. */
function crmIds(world: World, linked: ReadonlySet<string>): { households: number; dated: number } {
  const { from, to } = world.crm.control.appointmentsInWindow();
  const rows = world.crm.control
    .appointments({ from, to })
    .map((each) => each.row)
    .filter((row) => linked.has(String(row.slr_id)));
  const household = (row: (typeof rows)[number]) =>
    row.CustName?.trim() && row.Address1?.trim()
      ? [row.CustName, row.Address1, row.CSZ, row.ProductID]
          .map((part) =>
            String(part ?? '')
              .trim()
              .toLowerCase(),
          )
          .join('|')
      : `alone ${row.ID}`;
  const dated = rows.filter((row) => row.ApptDate !== null && row.ApptDate >= '2000').length;
  return { households: new Set(rows.map(household)).size, dated };
}

export async function moveAppointment(world: World): Promise<string> {
  const appointments = await world.rep.all<Appointment>(`/v1/orgs/${world.org}/appointments`);
  const crmOpen = (each: Appointment) =>
    /^(y|true)$/i.test(String(world.crm.control.appointment(Number(each.external_id)).row.CanUpdateIndicator));
  const chosen = appointments.filter((each) => crmOpen(each))[0];
  check(chosen !== undefined, 'an appointment that LeadPerfection lets us result');
  const day = world.crm.control.clock().today;
  world.crm.control.move(Number(chosen.external_id), `${day}T18:30:00`);
  const run = await syncNow(world);
  check(run.changed === 1, `one changed record, not ${run.changed}`);
  world.appointment = await until('the appointment to move', async () => {
    const now = await world.rep.get<Appointment>(`/v1/orgs/${world.org}/appointments/${chosen.id}`);
    return now.start_time !== chosen.start_time && now;
  });
  world.job = await world.rep.get<Job>(`/v1/orgs/${world.org}/jobs/${chosen.job}`);
  return `18:30 in LeadPerfection = ${world.appointment.start_time}`;
}

export async function linkOneMore(world: World): Promise<string> {
  const rep = world.reps[10]!;
  const expected =
    world.crm.control.appointmentsInWindow().reps.find((each) => each.slrId === rep.crm_id)?.appointments ?? 0;
  await world.admin.put(`${connectionPath(world)}/user-links/${rep.crm_id}`, { member: world.members[10] });
  await until('the appointments of the newly linked rep', async () => {
    const appointments = await world.rep.all<Appointment>(`/v1/orgs/${world.org}/appointments`);
    return appointments.some((each) => each.crm_user_id === rep.crm_id);
  });
  return `${expected} of ${rep.name}`;
}
