import type { Match } from './search.ts';
import type { Settings } from './settings.ts';

/** Whom a lead goes to. `remark`: how that was decided, where it was not plain; it goes to the notes. */
export type Recipient =
  | { readonly to: 'new'; readonly remark: string }
  | { readonly to: 'existing'; readonly client: Match; readonly remark: string }
  | { readonly to: 'ask'; readonly matches: readonly Match[] };

/** One match is the client, none is a new one; of several the setting decides, never chance. */
export function recipientOf(matches: readonly Match[], policy: Settings['several_matches']): Recipient {
  const [only, ...others] = matches;
  if (only === undefined) return { to: 'new', remark: '' };
  if (others.length === 0) return { to: 'existing', client: only, remark: '' };
  if (policy === 'ask') return { to: 'ask', matches };
  if (policy === 'new-lead') return { to: 'new', remark: `Clients ${idsOf(matches)} match; none was taken.` };
  const newest = matches.reduce((best, each) => (isNewer(each, best) ? each : best));
  return { to: 'existing', client: newest, remark: newestRemark(newest, matches) };
}

/** What a person chose among the matches; undefined for a client that is none of them. `new` is a new client. */
export function chosen(matches: readonly Match[], option: string): Exclude<Recipient, { to: 'ask' }> | undefined {
  if (option === 'new') return { to: 'new', remark: `Clients ${idsOf(matches)} match; a person took none.` };
  const client = matches.find(({ id }) => String(id) === option);
  const remark = `Clients ${idsOf(matches)} match; a person took ${option}.`;
  return client && { to: 'existing', client, remark };
}

function isNewer(one: Match, other: Match): boolean {
  const [at, otherAt] = [Date.parse(one.created_at) || 0, Date.parse(other.created_at) || 0];
  return at === otherAt ? one.id > other.id : at > otherAt;
}

function newestRemark(newest: Match, matches: readonly Match[]): string {
  return `Clients ${idsOf(matches)} match; the newest, ${newest.id}, was taken.`;
}

const mostNamed = 20;

function idsOf(matches: readonly Match[]): string {
  const named = matches.slice(0, mostNamed).map(({ id }) => id);
  const others = matches.length - named.length;
  return `${named.join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
}
