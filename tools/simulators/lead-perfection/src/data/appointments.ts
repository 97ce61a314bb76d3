import type { Random } from '@occ-hub/simulator-stage';
import type { Appointment, AppointmentRow } from './appointment.ts';
import type { Household } from './households.ts';
import type { Lookups, Rep } from './lookups.ts';
import { inventHousehold } from './households.ts';
import { listHashes } from './lookups.ts';
import { ODDITIES } from './oddities.ts';
import { addDays, clockChanges, displayOf } from './wall-clock.ts';
import { NOTES, PRES_NOTES } from './words.ts';

/** What a company's calendar is invented from; the same values give the same appointments. */
export interface CalendarPlan {
  random: Random;
  lookups: Lookups;
  /** The company's day around which everything is laid: the hub's window is today - 2 to today + 30. */
  today: string;
  zone: string;
  count: number;
}

/** Days that are always taken, because a window is wrong at its edges first. */
const EDGE_DAYS = [-3, -2, -2, -1, 0, 0, 30, 30, 31] as const;
const SLOTS = ['10:00', '10:00', '12:00', '12:30', '14:00', '14:00', '16:00', '16:30', '18:00', '18:00'] as const;
/** From this many rows on all lie inside the window with long notes, so that a benchmark moves about 1 KB for each. */
const BENCHMARK_ROWS = 1000;

/** Invents `count` appointments: most inside the window, some outside, with every oddity once and the clock changes. */
export function inventAppointments(plan: CalendarPlan): Appointment[] {
  const visits = ordinaryVisits(plan);
  const inside = visits.filter((visit) => visit.day >= addDays(plan.today, -2) && visit.day <= addDays(plan.today, 30));
  ODDITIES.forEach((oddity, index) => {
    // The edge days stay ordinary, so that what is asked of a window's edge is not clouded by an odd row.
    const visit = inside[EDGE_DAYS.length + index];
    if (!visit) return;
    Object.assign(visit.row, oddity.change(visit.row));
    visit.row.ApptDateDisplay = displayOf(visit.row.ApptDate);
    visit.oddity = oddity.name;
  });
  return visits.map(withRoomierId);
}

function ordinaryVisits(plan: CalendarPlan): Appointment[] {
  const visitPlan = { ...plan, hashes: listHashes(plan.lookups) };
  const changes = clockChanges(plan.today, plan.zone).flatMap((change) => [
    { day: change.day, time: change.time, oddity: change.kind },
    { day: change.day, time: '14:00:00', oddity: 'on the day of a clock change' },
  ]);
  let household = inventHousehold(plan.random, 0);
  let rep = plan.random.pick(plan.lookups.reps);
  return Array.from({ length: plan.count }, (_, index) => {
    const odd = changes[index - (plan.count - changes.length)];
    // About one visit in eight is a second one to the household before it: same people and product, another id and date.
    const again = index > EDGE_DAYS.length + ODDITIES.length + 2 && !odd && plan.random.chance(0.12);
    if (!again) household = inventHousehold(plan.random, index);
    // Mostly the same rep comes again; now and then the office sends another one.
    if (!again || plan.random.chance(0.3)) rep = plan.random.pick(plan.lookups.reps);
    const day = odd?.day ?? addDays(plan.today, dayOffset(plan, index));
    const visit = inventVisit(visitPlan, { household, rep, day, time: odd?.time ?? `${plan.random.pick(SLOTS)}:00` });
    return {
      ...visit,
      row: { ...visit.row, ID: index },
      oddity: odd?.oddity ?? (again ? 'same household again' : null),
    };
  });
}

function dayOffset({ random, count }: CalendarPlan, index: number): number {
  const edge = EDGE_DAYS[index];
  if (edge !== undefined) return edge;
  if (index < EDGE_DAYS.length + ODDITIES.length + 4) return random.int(29);
  if (count >= BENCHMARK_ROWS) return -2 + random.int(33);
  const place = random.next();
  if (place < 0.05) return -3 - random.int(28);
  if (place < 0.12) return 31 + random.int(30);
  return -2 + random.int(33);
}

/** Ids rise with gaps, as they do where other users take numbers in between. */
function withRoomierId(visit: Appointment, index: number): Appointment {
  visit.row.ID = 90_001 + index * 3 + (index % 2);
  return visit;
}

/** What a single visit needs of the plan; the hashes are handed in because they are the same for ten thousand rows. */
export type VisitPlan = Omit<CalendarPlan, 'zone'> & { hashes: ReturnType<typeof listHashes> };

/** One visit to a household on a day; its ID is 0 until the caller gives it one. */
export function inventVisit(
  plan: VisitPlan,
  visit: { household: Household; rep: Rep; day: string; time: string },
): Appointment {
  const { random, lookups } = plan;
  const isPast = visit.day < plan.today;
  const result = isPast && random.chance(0.7) ? random.pick(lookups.dispositions.filter((one) => one.listed)) : null;
  const sold = result?.code === 'Sale';
  const apptDate = `${visit.day}T${visit.time}`;
  const row: AppointmentRow = {
    ID: 0,
    slr_id: visit.rep.slrId,
    SalesRepName: visit.rep.name,
    ...visit.household.fields,
    ApptDate: apptDate,
    ApptDateDisplay: displayOf(apptDate),
    Notes: inventNotes(plan),
    PresNotes: result ? random.pick(PRES_NOTES) : null,
    Disposition: result?.code ?? null,
    DispositionComments: result?.text ?? null,
    CanUpdateIndicator: 'Y',
    ApptStatusCode: 'I',
    ...noSales,
    ...(sold ? { ProductID1: visit.household.fields.ProductID, GSA1: 4000 + random.int(240) * 100 } : {}),
    ...plan.hashes,
  };
  const { cstId, ldsId } = visit.household;
  return { row, day: visit.day, cstId, ldsId, oddity: null, acknowledged: false, extra: {}, writes: [], writeCount: 0 };
}

/** The five pairs of sold product and gross amount, empty. */
export const noSales = {
  ProductID1: null,
  GSA1: null,
  ProductID2: null,
  GSA2: null,
  ProductID3: null,
  GSA3: null,
  ProductID4: null,
  GSA4: null,
  ProductID5: null,
  GSA5: null,
} as const;

function inventNotes(plan: Pick<CalendarPlan, 'random' | 'count'>): string | null {
  if (plan.count >= BENCHMARK_ROWS)
    return `${plan.random.pick(NOTES)} ${plan.random.pick(NOTES)} ${plan.random.pick(NOTES)}`;
  return plan.random.chance(0.8) ? plan.random.pick(NOTES) : null;
}
