import { BillTo, type Location } from './records.ts';
import { readPhone } from './transfer/values/phone.ts';

/** A customer that was found, with every location of it. */
export interface Group {
  readonly billTo: BillTo;
  /** PestPac does not show the customer itself, only locations of it: nothing can be added to it. */
  readonly gone?: boolean;
  /** The phones, ten digits each, that it or a location of it was found by. */
  readonly matchedOn: readonly string[];
  /** Inactive ones (`Active` false), too. */
  readonly locations: readonly Location[];
}

/** What the search asks of PestPac. */
export interface Searchable {
  searchBillTos(q: string): Promise<readonly BillTo[]>;
  searchLocations(q: string): Promise<readonly Location[]>;
  billTos(ids: readonly number[]): Promise<readonly BillTo[]>;
  /** Undefined where PestPac does not show the customer. */
  locationsIfShown(billTo: number): Promise<readonly Location[] | undefined>;
}

/** The ten digits of a phone of the US or Canada; undefined where it is none. A leading 1 and an extension do not count. */
export function tenDigits(phone: string): string | undefined {
  return readPhone(phone)?.digits;
}

/** How PestPac may spell a phone, as it stores it first. */
export function spellings(digits: string): readonly string[] {
  return [`${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}`, digits];
}

/**
 * Customers with one of these phones. Which spelling an exact match needs is not public, and a phone may be on a location
 * alone: both spellings are asked for, of BillTos and of locations, and what comes is merged by id.
 */
export async function searchByPhones(from: Searchable, phones: readonly string[]): Promise<readonly Group[]> {
  const hits = await Promise.all([...new Set(phones)].map((phone) => hitOf(from, phone)));
  const rows = hits.flatMap(({ locations }) => locations);
  const listed = new Map(hits.flatMap(({ billTos }) => billTos).map((billTo) => [billTo.BillToID, billTo]));
  const unlisted = new Set(rows.map(({ BillToID }) => BillToID).filter((id) => !listed.has(id)));
  for (const billTo of await from.billTos([...unlisted])) listed.set(billTo.BillToID, billTo);
  // PestPac skips ids that it does not show: the customer is then known by its location alone.
  for (const row of rows) if (!listed.has(row.BillToID)) listed.set(row.BillToID, BillTo.parse(row));
  return Promise.all(
    [...listed.values()].map(async (billTo) => {
      const matchedOn = hits.filter((hit) => isHit(hit, billTo)).map(({ phone }) => phone);
      const shown = await from.locationsIfShown(billTo.BillToID);
      if (shown) return { billTo, matchedOn, locations: shown };
      const found = rows.filter(({ BillToID }) => BillToID === billTo.BillToID);
      return { billTo, matchedOn, locations: eachOnce(found), gone: true };
    }),
  );
}

function eachOnce(rows: readonly Location[]): readonly Location[] {
  return [...new Map(rows.map((row) => [row.LocationID, row])).values()];
}

interface Hit {
  readonly phone: string;
  readonly billTos: readonly BillTo[];
  readonly locations: readonly Location[];
}

async function hitOf(from: Searchable, phone: string): Promise<Hit> {
  const spelt = spellings(phone);
  const [billTos, locations] = await Promise.all([
    Promise.all(spelt.map((q) => from.searchBillTos(q))),
    Promise.all(spelt.map((q) => from.searchLocations(q))),
  ]);
  return { phone, billTos: billTos.flat(), locations: locations.flat() };
}

function isHit({ billTos, locations }: Hit, { BillToID }: BillTo): boolean {
  return [...billTos, ...locations].some((row) => row.BillToID === BillToID);
}
