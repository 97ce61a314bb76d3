import { type Category, categories } from '../catalogue/category.ts';
import { mappingFaults, searches } from '../mappings/mapping-faults.ts';
import type { Steps } from '../triggers/triggers.ts';
import type { Codes, LookupList } from '../catalogue/codes.ts';
import { buildBody, nameOf } from './build-body.ts';
import { cardFaults, cardValues, cardWarnings } from './card-values.ts';
import { keysIn } from './location-keys.ts';
import { readRows, type ReadRows, type ValueOf, valuesBy } from './read-rows.ts';
import { searchIn } from './search-of.ts';
import type { Body, CardLink, Transfer, TransferAsk, TransferFault, TransferWarning } from './transfer-types.ts';
import { unmapped } from './unmapped.ts';
import { shortened } from './values/text.ts';
import { wallClock } from './values/wall-clock.ts';

export type {
  Body,
  CardLink,
  Ready,
  Search,
  SearchTerm,
  Transfer,
  TransferAsk,
  TransferFault,
  TransferWarning,
} from './transfer-types.ts';

/**
 * What of a lead is sent to PestPac: every body whole, or everything that a user has to put right first. Asks nobody and
 * sends nothing. The same ask is the same transfer.
 */
export function transfer(ask: TransferAsk): Transfer {
  const broken = mappingFaults(ask.mappings);
  if (broken.length > 0) return { ok: false, faults: broken.map(inMappings) };
  const valueOf = valuesBy(ask.record);
  const read = new Map(categoriesOf(ask.steps).map((category) => [category, rowsOf(category, ask, valueOf)]));
  const faults = [...read].flatMap(([category, rows]) => faultsOf(category, rows, ask));
  if (faults.length > 0) return { ok: false, faults };
  const parts = [...read.keys()].filter((category) => category !== 'Card').map((each) => partOf(each, read, ask));
  const card = cardPart(read.get('Card'), ask);
  const searched = searchIn(read.get('Location'), searches(ask.mappings));
  return {
    ok: true,
    values: Object.fromEntries([...parts, ...card].map(({ category, body }) => [category, body])),
    search: searched.search,
    link: linkOf(read.get('Card')),
    keys: keysIn(read.get('Location')?.filled ?? []),
    unread: unreadIn([...read.values()], ask.codes ?? {}),
    warnings: [
      ...[...read.values()].flatMap(({ warnings }) => warnings),
      ...[...parts, ...card].flatMap(({ warnings }) => warnings),
      ...searched.warnings,
    ],
  };
}

interface Part {
  readonly category: Category;
  readonly body: Body;
  readonly warnings: readonly TransferWarning[];
}

type ReadByCategory = ReadonlyMap<Category, ReadRows>;

const stepOf: Readonly<Record<Category, keyof Steps>> = {
  Location: 'location',
  Lead: 'lead',
  Task: 'task',
  Service: 'service',
  RecurringService: 'recurring_service',
  Card: 'card',
};

function categoriesOf(steps: Steps): readonly Category[] {
  return categories.filter((category) => steps[stepOf[category]]);
}

/** Without a card there is nobody to be named on it: only how a card on file is linked counts. */
function rowsOf(category: Category, ask: TransferAsk, valueOf: ValueOf): ReadRows {
  const nameless = category === 'Card' && !ask.card;
  const mappings = ask.mappings.filter((row) => !(nameless && row.pestpac_field === 'NameOnCard'));
  return readRows(category, { ...ask, mappings }, valueOf);
}

function faultsOf(category: Category, rows: ReadRows, ask: TransferAsk): readonly TransferFault[] {
  const ofCard = category === 'Card' && ask.card ? cardFaults(ask.card, wallClock(ask.now, ask.timeZone)) : [];
  return [...rows.faults, ...unmapped(category, ask.mappings, rows), ...ofCard];
}

function partOf(category: Category, read: ReadByCategory, ask: TransferAsk): Part {
  const filled = read.get(category)?.filled ?? [];
  const { body, warnings } = buildBody(category, filled, ask);
  if (category !== 'Lead' || body['Name'] !== undefined) return { category, body, warnings };
  const name = nameOf(filled, read.get('Location')?.filled ?? []);
  if (name === undefined) return { category, body, warnings };
  const cut: TransferWarning = { category, pestpac_field: 'Name', message: `It was cut to ${longestName} characters.` };
  return {
    category,
    body: { ...body, Name: shortened(name, longestName) },
    warnings: name.length > longestName ? [...warnings, cut] : warnings,
  };
}

/** The longest name of a lead: a first and a last name of a location's full lengths are one character more. */
const longestName = 35;

function cardPart(rows: ReadRows | undefined, { card }: TransferAsk): readonly Part[] {
  if (!rows || !card) return [];
  const { AutoBillEndDate: _, ...mapped } = flat(rows);
  return [{ category: 'Card', body: { ...cardValues(card), ...mapped }, warnings: cardWarnings(card, mapped) }];
}

function linkOf(rows: ReadRows | undefined): CardLink {
  const { AutoBill: autoBill, AutoBillEndDate: end } = rows ? flat(rows) : {};
  return { autoBill: autoBill === true, ...(typeof end === 'string' ? { autoBillEndDate: end } : {}) };
}

function flat(rows: ReadRows): Body {
  return Object.fromEntries(rows.filled.map(({ path, value }) => [path.leaf, value]));
}

function unreadIn(read: readonly ReadRows[], codes: Codes): readonly LookupList[] {
  const needed = read.flatMap(({ filled }) => filled.flatMap(({ path }) => path.field.lookup?.list ?? []));
  return [...new Set(needed)].filter((list) => codes[list] === undefined);
}

function inMappings({ category, pestpac_field, message }: ReturnType<typeof mappingFaults>[number]): TransferFault {
  return { category, pestpac_field, clickpoint_field: null, message: `In the mappings: ${message}` };
}
