import { HubError, isHubError } from '@occ-hub/errors';
import type { SingleOpsClient } from './client.ts';
import { type Contact, emailsIn, isEmailOf, isPhoneOf, phoneForms } from './contact.ts';
import type { Client } from './records.ts';

/** A client that a lead may be for. */
export interface Match extends Pick<Client, 'id' | 'on_hold' | 'created_at'> {
  readonly by: 'email' | 'phone';
  /** The record; undefined for one that another was merged into and that the search did not show. */
  readonly client: Client | undefined;
  /** Who was merged into it, as far as the search shows. */
  readonly formerly: readonly number[];
}

type Search = Pick<SingleOpsClient, 'search'>;
type Found = ReadonlyMap<number, Client>;

interface Seen {
  readonly found: Map<number, Client>;
  /** The searches that were made. */
  readonly asked: Set<string>;
}

const fullPage = 50;
/** A thousand clients: nobody's own address or number begins so many. */
const mostPages = 20;

/**
 * The clients that a lead may be for, by e-mail and, where none has it, by phone in its written forms; in the order of
 * their ids. Of what the prefix search brings only real matches count; archived and inactive ones do not, a merged one counts
 * as the one it was merged into, which is looked for in every way there is. Reads all pages; fails as `rejected` where they do
 * not end.
 */
export async function findMatches(client: Search, { emails, phones }: Contact): Promise<readonly Match[]> {
  const seen: Seen = { found: new Map(), asked: new Set() };
  const { found } = seen;
  const hasEmail = (each: Client) => emails.some((email) => isEmailOf(each.email, email));
  const hasPhone = (each: Client) =>
    phones.some((phone) => isPhoneOf(each.phone, phone) || isPhoneOf(each.mobile, phone));
  const byEmail = () => survivors(found, { matches: hasEmail, by: 'email' });
  await gather(client, { emails, phones: [] }, seen);
  const first = byEmail();
  if (first.length > 0 && first.every((match) => match.client)) return first;
  await gather(client, { emails: [], phones }, seen);
  await followMerges(client, seen, (each) => hasEmail(each) || hasPhone(each));
  const again = byEmail();
  return again.length > 0 ? again : survivors(found, { matches: hasPhone, by: 'phone' });
}

/** Adds whom these searches show; each is made once. */
async function gather(client: Search, { emails, phones }: Contact, { found, asked }: Seen): Promise<void> {
  const terms = [
    ...emails.map((term) => ['email', term] as const),
    ...phones.flatMap(phoneForms).map((term) => ['phone', term] as const),
  ];
  for (const [field, term] of terms) {
    if (asked.has(`${field} ${term}`)) continue;
    asked.add(`${field} ${term}`);
    for (const each of await allPages(client, field, term)) found.set(each.id, each);
  }
}

/** Looks for whom the last that is seen of a chain of merges was merged into, by what that one's own record says. */
async function followMerges(client: Search, seen: Seen, matches: (client: Client) => boolean): Promise<void> {
  const { found } = seen;
  const followed = new Set<number>();
  const hidden = () =>
    [...found.values()]
      .filter(matches)
      .flatMap((each) => chainOf(each, found)?.at(-1) ?? [])
      .find(({ id, merged_to_client_id: next }) => next !== undefined && !followed.has(id));
  for (let last = hidden(); last !== undefined; last = hidden()) {
    followed.add(last.id);
    try {
      await gather(client, { emails: emailsIn(last.email) ?? [], phones: [last.phone, last.mobile] }, seen);
    } catch (error) {
      // Too many have that number: the other is taken by its id.
      if (!isHubError(error, 'rejected')) throw error;
    }
  }
}

async function allPages(client: Search, field: 'email' | 'phone', term: string): Promise<readonly Client[]> {
  const found = new Map<number, Client>();
  for (let page = 1; page <= mostPages; page++) {
    const rows = await client.search({ field, term, page });
    const before = found.size;
    for (const row of rows) found.set(row.id, row);
    // The last page is the first that is not full; one that brings nothing new is the same page again.
    if (rows.length < fullPage || found.size === before) return [...found.values()];
  }
  const message = `SingleOps has over ${fullPage * mostPages} clients whose ${field} begins alike. Look the client up there and enter the lead by hand.`;
  throw new HubError({ kind: 'rejected', code: 'singleops.search-too-wide', message });
}

function survivors(
  found: Found,
  { matches, by }: { matches: (client: Client) => boolean; by: Match['by'] },
): readonly Match[] {
  const all = [...found.values()].flatMap((client) => survivorOf(client, found) ?? []);
  const kept = new Map<number, Match>();
  for (const { start, ...end } of all) {
    if (!matches(start)) continue;
    const formerly = all
      .filter(({ id, start: each }) => id === end.id && each.id !== id)
      .map(({ start: { id } }) => id);
    kept.set(end.id, { ...end, by, formerly });
  }
  return [...kept.values()].sort((one, other) => one.id - other.id);
}

type Survivor = Omit<Match, 'by' | 'formerly'> & { readonly start: Client };

/** The client that stands for this one at the end of its merges; undefined where there is none, or the merges go round. */
function survivorOf(start: Client, found: Found): Survivor | undefined {
  const client = chainOf(start, found)?.at(-1);
  if (client === undefined) return undefined;
  const { id, merged_to_client_id: hidden, on_hold, created_at } = client;
  // There is no reading of a single client: one that no search shows is taken by its id.
  if (hidden !== undefined) return { id: hidden, on_hold: false, created_at: '', client: undefined, start };
  return client.is_archived || !client.active ? undefined : { id, on_hold, created_at, client, start };
}

/** This client and those it was merged into, one after another, as far as they are seen; undefined where the merges go round. */
function chainOf(start: Client, found: Found): readonly Client[] | undefined {
  const chain = new Map([[start.id, start]]);
  for (let client = start; client.merged_to_client_id !== undefined;) {
    if (chain.has(client.merged_to_client_id)) return undefined;
    const next = found.get(client.merged_to_client_id);
    if (next === undefined) break;
    chain.set(next.id, next);
    client = next;
  }
  return [...chain.values()];
}
