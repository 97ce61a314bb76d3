import { LeadSubmitted } from '@occ-hub/contracts';
import { type VendorIds, defineSink } from '@occ-hub/provider-kit';
import type { PestPacClient } from '../client.ts';
import type { Settings } from '../settings.ts';
import { type ToldAsk, toldOf } from '../told.ts';
import { cardOf } from './card-of-run.ts';
import { plain } from '../triggers/triggers.ts';
import { type Place, placed } from './place.ts';
import { makeLead, makeOrder, makeSetup, makeTask } from './records-of-run.ts';
import { type Run, numberOf, runOf } from './run.ts';

/** A disposition that a trigger matched: location, lead, task, services, card, each step done once. */
export const leadSubmitted = defineSink<PestPacClient, Settings, typeof LeadSubmitted>({
  event: LeadSubmitted,
  alike: ({ variables }) => [variables['record_type'] ?? '', variables['action'] ?? ''].map(plain).join('/'),
  async write(write) {
    const { run, place } = await placed(await runOf(write));
    return carryOut(run, place);
  },
});

async function carryOut(run: Run, place: Place): Promise<VendorIds> {
  const { steps, ready } = run;
  const { location, billTo } = place;
  const tell = await tellerOf(run, place);
  let ids = place.ids;
  const made = (more: VendorIds) => {
    ids = { ...ids, ...more };
    tell(ids);
  };
  if (steps.lead) ids = { ...ids, ...(await makeLead(run, location)) };
  made({});
  if (steps.task) made(await makeTask(run, { location, lead: idIn(ids, 'lead_id') }));
  if (steps.service) made(await makeOrder(run, location));
  if (steps.recurring_service) made(await makeSetup(run, location));
  if (steps.card) made(await cardOf(run, { billTo, setup: idIn(ids, 'setup_id') }));
  return { ...ids, ...tell(ids), ...warned(ready) };
}

/**
 * Tells what there is so far, whatever becomes of the rest. The job is told of once it has its number: a lead that was
 * not made yet is not told of as its location. Gives the first appointment's id, by which core finds the lead.
 */
async function tellerOf({ write, ready, facts }: Run, { location }: Place): Promise<(ids: VendorIds) => VendorIds> {
  // Neither category is part of this run: the customer is as PestPac has it.
  const unknown = ready.values.Location === undefined && ready.values.Lead === undefined;
  const there = unknown ? await write.client.location(location) : undefined;
  return (ids) => {
    const told = toldOf({ ready, there, ids: madeIdsOf(ids), facts, timeZone: write.settings.time_zone });
    write.upserted(told);
    const [first] = told.appointments;
    const named: VendorIds = first === undefined ? {} : { appointment_external_id: first.external_id };
    return named;
  };
}

function madeIdsOf(ids: VendorIds): ToldAsk['ids'] {
  const { location_id: location = '', bill_to_id: billTo = '', lead_id: lead, task_id: task } = ids;
  const { order_id: order, setup_id: setup, initial_order_id: initialOrder } = ids;
  return { location, billTo, lead, task, order, setup, initialOrder };
}

function idIn(ids: VendorIds, name: string): number | undefined {
  return ids[name] === undefined ? undefined : numberOf(ids, name);
}

/** What was cut to PestPac's length, or not looked for: recorded with the run, never without a word. */
function warned({ warnings }: Run['ready']): VendorIds {
  if (warnings.length === 0) return {};
  const words = warnings.map(({ category, pestpac_field: field, message }) => `${category} ${field}: ${message}`);
  return { warnings: words.join(' ').slice(0, 1000) };
}
