import { HubError } from '@occ-hub/errors';
import type { VendorIds } from '@occ-hub/provider-kit';
import type { Location } from '../records.ts';
import { locationBody } from '../transfer/bodies.ts';
import { chosenOf, offered, questionOf } from './question.ts';
import { type Run, numberOf, switchedOn } from './run.ts';
import { findLocation } from '../finds.ts';

/** Where the run's records go. */
export interface Place {
  readonly location: number;
  readonly billTo: number;
  /** What is told of it with the run. */
  readonly ids: VendorIds;
}

/**
 * The location of a run: that of an earlier run of the lead, or one that a person chose among those that were found, or a
 * new one. How it was decided is kept before anything is made: nobody is asked about the place that this very run made.
 */
export async function placeOf(run: Run): Promise<Place> {
  const { step, choose, settings } = run.write;
  const way = await step('find-location', { repeatable: true, do: () => wayOf(run) });
  if (way['how'] === 'earlier') return earlierPlace(way);
  if (way['how'] === 'new') return made(run, undefined);
  const put = async () => questionOf(await found(run), { waitMinutes: settings.choice_wait_minutes });
  const chosen = chosenOf(await choose('location', put));
  return chosen.what === 'location' ? known(run, chosen.location) : made(run, chosen.billTo);
}

async function wayOf(run: Run): Promise<VendorIds> {
  const { steps } = run;
  const switched = { steps: switchedOn(run) };
  const before = await earlierIds(run);
  if (before !== undefined) return { ...before, how: 'earlier', ...switched };
  if (!steps.location) throw noLocation();
  const groups = await found(run);
  if (groups.length === 0) return { how: 'new', ...switched };
  return { how: 'choose', customers: String(groups.length), ...switched };
}

async function found({ write, ready }: Run): Promise<ReturnType<typeof offered>> {
  const { on, phones, terms } = ready.search;
  return on && phones.length > 0 ? offered(await write.client.search(phones), terms) : [];
}

/** The place of an earlier run of the lead, unless somebody deleted it; the lead that was made then goes on being the job. */
async function earlierIds({ write }: Run): Promise<VendorIds | undefined> {
  const { location_id: location, lead_id: lead } = await write.earlier();
  const there = location === undefined ? undefined : await write.client.location(Number(location));
  return there && { ...idsOf(there), ...(lead === undefined ? {} : { lead_id: lead }) };
}

function earlierPlace({ how: _, steps: __, ...ids }: VendorIds): Place {
  return { location: numberOf(ids, 'location_id'), billTo: numberOf(ids, 'bill_to_id'), ids };
}

/** A place that was there: it may have gone, or be looked after no more, since it was found. */
async function known({ write }: Run, location: number): Promise<Place> {
  const ids = await write.step('check-location', {
    repeatable: true,
    async do() {
      const there = await write.client.location(location);
      if (there === undefined) throw gone(location);
      return idsOf(there);
    },
  });
  return { location, billTo: numberOf(ids, 'bill_to_id'), ids };
}

async function made(run: Run, billTo: number | undefined): Promise<Place> {
  const { ready, write } = run;
  const { client } = write;
  const body = locationBody(ready, { billTo });
  const ids = await run.make('create-location', {
    find: async () => {
      const there = await findLocation(client, { body, phones: ready.search.phones });
      return there === undefined ? undefined : idsOf(there);
    },
    do: async () => idsOf(await client.createLocation(body)),
  });
  return { location: numberOf(ids, 'location_id'), billTo: numberOf(ids, 'bill_to_id'), ids };
}

function idsOf({ LocationID, BillToID, LocationCode, Active }: Location): VendorIds {
  return {
    ...{ location_id: String(LocationID), bill_to_id: String(BillToID) },
    ...(LocationCode === '' ? {} : { location_code: LocationCode }),
    ...(Active ? {} : { location_inactive: 'yes' }),
  };
}

function noLocation(): HubError {
  const message =
    'This trigger neither finds nor creates a location, and no earlier disposition of this lead did. Switch its location step on, or disposition the lead with an action that has it; then replay.';
  return new HubError({ kind: 'rejected', code: 'pestpac.no-location', message });
}

function gone(location: number): HubError {
  const message = `PestPac does not show location ${location} any more: somebody deleted it there. Replay the run and choose anew, or disposition the lead again.`;
  return new HubError({ kind: 'rejected', code: 'pestpac.location-gone', message });
}
