import { type Placed, placeLead } from '../catalogue.ts';
import { chosen, recipientOf } from '../choose-client.ts';
import type { SingleOpsClient } from '../client.ts';
import type { ReadyLead } from '../ready-lead.ts';
import { type Match, findMatches } from '../search.ts';
import type { Settings } from '../settings.ts';
import { type Prepared, asTheyAre, flagsOf } from './prepared-lead.ts';

/** What SingleOps has to say before a lead can be sent. */
export interface Reads {
  readonly placed: () => Promise<Placed>;
  /** Looked for once. */
  readonly matches: () => Promise<readonly Match[]>;
}

export function readsOf(client: SingleOpsClient, lead: ReadyLead, settings: Settings): Reads {
  let looked: Promise<readonly Match[]> | undefined;
  return {
    placed: () => client.decide((catalogue) => placeLead(lead, settings, catalogue)),
    matches: () => (looked ??= findMatches(client, lead.contact)),
  };
}

/** Whose the lead is; undefined where a person has to say. What SingleOps would not take is refused before anybody is asked. */
export async function prepare(reads: Reads, policy: Settings['several_matches']): Promise<Prepared | undefined> {
  const placed = await reads.placed();
  const recipient = recipientOf(await reads.matches(), policy);
  if (recipient.to === 'ask') return undefined;
  const client = recipient.to === 'existing' ? flagsOf(recipient.client) : undefined;
  return { client, remark: recipient.remark, placed };
}

/** The same for whom a person chose. */
export async function prepareChosen(reads: Reads, option: string): Promise<Prepared> {
  const [placed, matches] = [await reads.placed(), await reads.matches()];
  const remark = chosen(matches, option)?.remark ?? `A person took client ${option}, who does not match any more.`;
  return { client: option === 'new' ? undefined : asTheyAre(Number(option), matches), remark, placed };
}

/** The same for whom it was decided before, by what SingleOps has now. */
export async function prepareAnew(reads: Reads, { client, remark }: Prepared): Promise<Prepared> {
  const [placed, matches] = [await reads.placed(), client === undefined ? [] : await reads.matches()];
  return { client: client && asTheyAre(client.id, matches), remark, placed };
}
