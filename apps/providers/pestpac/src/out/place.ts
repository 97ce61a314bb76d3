import { HubError, isHubError } from '@occ-hub/errors';
import type { VendorIds } from '@occ-hub/provider-kit';
import { findLocation } from '../finds.ts';
import type { Location } from '../records.ts';
import { locationBody } from '../transfer/bodies.ts';
import { keysAsText, textAsKeys, wordsBy } from '../transfer/location-keys.ts';
import { locationKey } from '../transfer/marks.ts';
import { chosenOf, offered, questionOf } from './question.ts';
import { type Run, decided, markFor, numberOf, switchedOn } from './run.ts';

/** Where the run's records go. */
export interface Place {
  readonly location: number;
  readonly billTo: number;
  /** What is told of it with the run. */
  readonly ids: VendorIds;
}

/** A run that knows its place. */
export interface Placed {
  readonly run: Run;
  readonly place: Place;
}

type Found = ReturnType<typeof offered>;

/**
 * The location of a run: that of an earlier run of the lead, or one that a person chose among those that were found, or a
 * new one. How it was decided is kept before anything is made: nobody is asked about the place that this very run made. From
 * the search to what is made because nothing was found, no other run with one of these phones does the same.
 */
export async function placed(begun: Run): Promise<Placed> {
  const { run, what } = await aloneWith(begun, phonesOf(begun), async () => {
    let searched = false;
    const way = await begun.write.step('find-location', {
      repeatable: true,
      async do() {
        searched = true;
        return wayOf(begun);
      },
    });
    const own = await decided(begun, way);
    if (way['how'] === 'earlier') return { run: own, what: earlierPlace(way) };
    return { run: own, what: way['how'] === 'new' ? await newOrMet(own, searched) : undefined };
  });
  return { run, place: what ?? (await chosenPlace(run)) };
}

const phonesOf = ({ ready: { search } }: Run) => (search.on ? search.phones.map((phone) => `phone/${phone}`) : []);

/** In one order, so that two runs never wait for each other. */
async function aloneWith<Result>(run: Run, names: readonly string[], work: () => Promise<Result>): Promise<Result> {
  const [first, ...others] = names.toSorted();
  return first === undefined ? work() : run.write.alone(first, () => aloneWith(run, others, work));
}

async function wayOf(run: Run): Promise<VendorIds> {
  const { steps } = run;
  const switched = { steps: switchedOn(run), mark: markFor(run) };
  const before = await earlierIds(run);
  if (before !== undefined) return { ...before, how: 'earlier', ...switched };
  if (!steps.location) throw noLocation();
  const groups = await found(run);
  if (groups.length === 0) return { how: 'new', ...switched };
  return { how: 'choose', customers: String(groups.length), ...switched };
}

async function found({ write, ready }: Run): Promise<Found> {
  const { on, phones, terms } = ready.search;
  return on && phones.length > 0 ? offered(await write.client.search(phones), terms) : [];
}

/** The place of an earlier run of the lead, unless somebody deleted it; the lead that was made then goes on being the job. */
async function earlierIds({ write }: Run): Promise<VendorIds | undefined> {
  const { location_id: location, lead_id: lead } = await write.earlier();
  const there = location === undefined ? undefined : await write.client.location(Number(location));
  return there && { ...idsOf(there), ...(lead === undefined ? {} : { lead_id: lead }) };
}

function earlierPlace({ how: _, steps: __, mark: ___, ...ids }: VendorIds): Place {
  return placeOf(ids);
}

/** A new customer; or what a person says where one with this phone was made since the search. */
async function newOrMet(run: Run, searched: boolean): Promise<Place | undefined> {
  try {
    return await made(run, { lookAgain: !searched });
  } catch (error) {
    if (isHubError(error) && error.code === metCode) return undefined;
    throw error;
  }
}

/** A person is asked again, by what is found then, where the choice is not at PestPac any more. */
const questions = ['location', 'location-2', 'location-3'] as const;

async function chosenPlace(run: Run): Promise<Place> {
  const { choose, settings } = run.write;
  for (const question of questions) {
    const again = question !== 'location';
    const put = async () => questionOf(await found(run), { waitMinutes: settings.choice_wait_minutes, again });
    const chosen = chosenOf(await choose(question, put));
    if (chosen.what === 'new' && chosen.billTo === undefined) return made(run, {});
    const there = await checked(run, `check-${question}`, chosen);
    if (there['gone'] !== undefined) continue;
    return chosen.what === 'location' ? placeOf(there) : made(run, { billTo: chosen.billTo });
  }
  throw gone();
}

/** What was chosen was there: it may have gone, or be looked after no more, since it was found. */
function checked({ write }: Run, step: string, chosen: ReturnType<typeof chosenOf>): Promise<VendorIds> {
  const { client } = write;
  return write.step(step, {
    repeatable: true,
    async do() {
      if (chosen.what === 'new') return (await client.billTos([chosen.billTo ?? 0])).length > 0 ? {} : { gone: 'yes' };
      const there = await client.location(chosen.location);
      return there === undefined ? { gone: 'yes' } : idsOf(there);
    },
  });
}

interface Making {
  /** The customer that it is added to. */
  readonly billTo?: number | undefined;
  /** Whether it is to be searched for once more, since that was done in another attempt. */
  readonly lookAgain?: boolean;
}

/**
 * A new location. What it is found by again, where its answer gets lost, is kept before: the mappings may be changed until
 * then, and the trigger's step be switched off. Another run of the lead that stopped half-way may have made it.
 */
async function made(run: Run, { billTo, lookAgain = false }: Making): Promise<Place> {
  const { ready, write, facts, steps, siblings } = run;
  const { client } = write;
  const sent = await write.step('location-keys', {
    repeatable: true,
    async do() {
      if (!steps.location) throw noLocation();
      return { keys: keysAsText(ready.keys) };
    },
  });
  const body = steps.location ? locationBody(ready, { billTo }) : markOf(facts.lead, billTo);
  const find = async () => {
    const words = wordsBy(textAsKeys(sent['keys']), facts.record);
    const there = await findLocation(client, { body, phones: ready.search.phones, words });
    return there === undefined ? undefined : idsOf(there);
  };
  const ids = await run.make('create-location', {
    find,
    async do() {
      if (!steps.location) throw noLocation();
      if (siblings.some(({ delivered }) => !delivered)) {
        const there = await find();
        if (there !== undefined) return there;
      }
      if (lookAgain && (await found(run)).length > 0) throw metMeanwhile();
      return idsOf(await client.createLocation(body));
    },
  });
  return placeOf(ids);
}

const markOf = (lead: string, billTo: number | undefined) => ({
  ...(billTo === undefined ? {} : { BillToID: billTo }),
  InternalIdentifier: locationKey(lead),
});

const placeOf = (ids: VendorIds): Place => ({
  location: numberOf(ids, 'location_id'),
  billTo: numberOf(ids, 'bill_to_id'),
  ids,
});

function idsOf({ LocationID, BillToID, LocationCode, Active }: Location): VendorIds {
  return {
    ...{ location_id: String(LocationID), bill_to_id: String(BillToID) },
    ...(LocationCode === '' ? {} : { location_code: LocationCode }),
    ...(Active ? {} : { location_inactive: 'yes' }),
  };
}

const metCode = 'pestpac.met-meanwhile';

/** Somebody made a customer with this phone since it was searched for. Nothing was sent. */
function metMeanwhile(): HubError {
  const message = 'PestPac has a customer with this phone since a moment ago: somebody has to choose.';
  return new HubError({ kind: 'rejected', code: metCode, message });
}

function noLocation(): HubError {
  const message =
    'This trigger neither finds nor creates a location, and no earlier disposition of this lead did. Switch its location step on, or disposition the lead with an action that has it; then replay this one.';
  return new HubError({ kind: 'rejected', code: 'pestpac.no-location', message });
}

function gone(): HubError {
  const message =
    'What was chosen is not at PestPac any more, three times over: somebody deletes or merges there. Replay the run and choose anew.';
  return new HubError({ kind: 'rejected', code: 'pestpac.location-gone', message });
}
