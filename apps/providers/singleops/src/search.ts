import { HubError } from '@occ-hub/errors';
import type { SingleOpsClient } from './client.ts';
import { type Contact, isEmailOf, isPhoneOf, phoneForms } from './contact.ts';
import type { Client } from './records.ts';

/** A client that a lead may be for. */
export interface Match extends Pick<Client, 'id' | 'on_hold' | 'created_at'> {
  readonly by: 'email' | 'phone';
  /** The record; undefined for one that another was merged into and that the search did not show. */
  readonly client: Client | undefined;
}

type Search = Pick<SingleOpsClient, 'search'>;
type Found = ReadonlyMap<number, Client>;

const fullPage = 50;
/** A thousand clients: nobody's own address or number begins so many. */
const mostPages = 20;

/**
 * The clients that a lead may be for, by e-mail and, where none has it, by phone in its written forms; in the order of
 * their ids. Of what the prefix search brings only real matches count; archived and inactive ones do not, a merged one counts
 * as the one it was merged into. Reads all pages; fails as `rejected` where they do not end.
 */
export async function findMatches(client: Search, { emails, phones }: Contact): Promise<readonly Match[]> {
  const byEmail = await gather(client, 'email', emails);
  const hasEmail = (each: Client) => emails.some((email) => isEmailOf(each.email, email));
  const first = survivors(byEmail, { matches: hasEmail, by: 'email' });
  if (first.length > 0) return first;
  const byPhone = await gather(client, 'phone', [...new Set(phones.flatMap(phoneForms))]);
  const hasPhone = (each: Client) =>
    phones.some((phone) => isPhoneOf(each.phone, phone) || isPhoneOf(each.mobile, phone));
  return survivors(new Map([...byEmail, ...byPhone]), { matches: hasPhone, by: 'phone' });
}

async function gather(client: Search, field: 'email' | 'phone', terms: readonly string[]): Promise<Found> {
  const found = new Map<number, Client>();
  for (const term of terms) for (const each of await allPages(client, field, term)) found.set(each.id, each);
  return found;
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
  const kept = new Map<number, Match>();
  for (const client of found.values()) {
    const match = matches(client) ? survivorOf(client, found, by) : undefined;
    if (match) kept.set(match.id, match);
  }
  return [...kept.values()].sort((one, other) => one.id - other.id);
}

/** The client that stands for this one at the end of its merges; undefined where there is none, or the merges go round. */
function survivorOf(start: Client, found: Found, by: Match['by']): Match | undefined {
  const passed = new Set<number>();
  let client = start;
  while (client.merged_to_client_id !== undefined) {
    if (passed.has(client.id)) return undefined;
    passed.add(client.id);
    const next = found.get(client.merged_to_client_id);
    // There is no reading of a single client: one that the search does not show is taken by its id.
    if (!next) return { ...{ id: client.merged_to_client_id, on_hold: false, created_at: '' }, by, client: undefined };
    client = next;
  }
  if (client.is_archived || !client.active) return undefined;
  return { id: client.id, on_hold: client.on_hold, created_at: client.created_at, by, client };
}
