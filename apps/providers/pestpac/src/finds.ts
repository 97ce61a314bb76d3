import { HubError } from '@occ-hub/errors';
import type { PestPacClient } from './client.ts';
import type { Lead, Location, Order, Setup, Task } from './records.ts';
import { spellings } from './search.ts';
import type { SearchWords } from './transfer/location-keys.ts';
import type { Body } from './transfer/transfer-types.ts';

/**
 * Whether PestPac has what a call without an answer was to make. PestPac knows no idempotency key, so each kind is known
 * by what only this run wrote into it. What cannot be read throws: not knowing is no "no".
 */
export interface Marked {
  readonly body: Body;
  /** Stands in the record's text and in no other record's. */
  readonly mark: string;
}

/** What a location may have been sent with. */
export interface LookedFor {
  readonly body: Body;
  /** Ten digits each. */
  readonly phones: readonly string[];
  /** What it was sent with before, where the mappings may have been changed since. */
  readonly words?: SearchWords;
}

/** A location is searched for by all that PestPac searches by: phones, address and name. */
export async function findLocation(
  client: PestPacClient,
  { body, phones, words }: LookedFor,
): Promise<Location | undefined> {
  const key = textOf(body, 'InternalIdentifier');
  const billTo = body['BillToID'];
  if (key === '') throw cannotTell('location', 'InternalIdentifier');
  const isIt = (row: Location) => row.InternalIdentifier === key;
  if (typeof billTo === 'number') return newest(await client.locationsOf(billTo), 'LocationID').find(isIt);
  const spelt = [...new Set([...phones, ...(words?.phones ?? [])])].flatMap((phone) => spellings(phone));
  const narrow = once([...spelt, textOf(body, 'Address'), ...(words?.addresses ?? [])]);
  // A name alone may bring thousands.
  const named = [textOf(body, 'LastName') || textOf(body, 'Company'), ...(words?.names ?? [])];
  const asked = narrow.length > 0 ? narrow : once(named);
  if (asked.length === 0) throw cannotTell('location', 'a phone, an address or a name');
  for (const q of asked) {
    const found = newest(await client.searchLocations(q), 'LocationID').find(isIt);
    if (found) return found;
  }
  return undefined;
}

const once = (texts: readonly string[]): readonly string[] => [...new Set(texts.filter(Boolean))];

/** Lists of leads leave the comment out, so each is read, newest first. */
export function findLead(client: PestPacClient, { body, mark }: Marked): Promise<Lead | undefined> {
  const rows = async () => newest(await client.leadsOf(locationOf(body)), 'LeadID');
  return marked({ rows, whole: ({ LeadID }) => client.lead(LeadID), text: ({ Comment }) => Comment }, mark);
}

export function findTask(client: PestPacClient, { body, mark }: Marked): Promise<Task | undefined> {
  const rows = async () => newest(await client.tasksOf(locationOf(body)), 'TaskID');
  return marked({ rows, whole: ({ TaskID }) => client.task(TaskID), text: ({ Description }) => Description }, mark);
}

export function findSetup(client: PestPacClient, { body, mark }: Marked): Promise<Setup | undefined> {
  const rows = async () => newest(await client.setupsOf(locationOf(body)), 'SetupID');
  const whole = ({ SetupID }: Setup) => client.setup(SetupID);
  return marked({ rows, whole, text: ({ ServiceInstructions }) => ServiceInstructions }, mark);
}

/** Lists of orders may be slim: a row at the same location without its identifier is read. */
export async function findOrder(client: PestPacClient, body: Body): Promise<Order | undefined> {
  const key = textOf(body, 'ExternalIdentifier');
  if (key === '') throw cannotTell('one-time service', 'ExternalIdentifier');
  const rows = async () => {
    const listed = newest(await client.ordersBy(key), 'OrderID');
    return listed.filter(({ LocationID }) => LocationID === locationOf(body));
  };
  const whole = ({ OrderID }: Order) => client.order(OrderID);
  return firstWhere({ rows, whole, text: (order) => order.ExternalIdentifier }, (text) => text === key);
}

interface Listed<Row> {
  readonly rows: () => Promise<readonly Row[]>;
  /** The whole record of a row. */
  readonly whole: (row: Row) => Promise<Row>;
  readonly text: (row: Row) => string;
}

function marked<Row>(listed: Listed<Row>, mark: string): Promise<Row | undefined> {
  return firstWhere(listed, (text) => text.includes(mark));
}

async function firstWhere<Row>(
  { rows, whole, text }: Listed<Row>,
  isIt: (text: string) => boolean,
): Promise<Row | undefined> {
  const listed = await rows();
  const known = listed.find((row) => isIt(text(row)));
  if (known !== undefined) return known;
  for (const row of listed) {
    if (text(row) !== '') continue;
    const record = await whole(row);
    if (isIt(text(record))) return record;
  }
  return undefined;
}

/** What was made just now has the highest id. */
function newest<Id extends string, Row extends Readonly<Record<Id, number>>>(rows: readonly Row[], id: Id) {
  return rows.toSorted((one, other) => other[id] - one[id]);
}

/** The delivery parks for a person. */
function cannotTell(what: string, without: string): HubError {
  const message = `The hub cannot ask PestPac for the ${what}: it was sent without ${without}.`;
  return new HubError({ kind: 'rejected', code: 'pestpac.cannot-tell', message });
}

const textOf = (body: Body, name: string): string => String(body[name] ?? '').trim();

const locationOf = (body: Body): number => Number(body['LocationID']);
