import type { LeadSubmitted } from '@occ-hub/contracts';
import { HubError, isHubError } from '@occ-hub/errors';
import type { Sibling, VendorIds, Write } from '@occ-hub/provider-kit';
import type { z } from 'zod';
import type { LookupList } from '../catalogue/codes.ts';
import type { PestPacClient } from '../client.ts';
import { faultWords, planOf } from '../plan.ts';
import { type RunFacts, factsOf } from '../run-facts.ts';
import type { Settings } from '../settings.ts';
import type { Ready } from '../transfer/transfer-types.ts';
import type { Steps } from '../triggers/triggers.ts';

export type RunWrite = Write<PestPacClient, Settings, z.output<typeof LeadSubmitted.data>>;

/** A call that makes something, and how it is found where its answer was lost. */
export interface Making {
  readonly find: () => Promise<VendorIds | undefined>;
  readonly do: () => Promise<VendorIds>;
}

/** One attempt of a run: what it is about, what is done, and what it does it with. */
export interface Run {
  readonly write: RunWrite;
  readonly facts: RunFacts;
  readonly steps: Steps;
  readonly ready: Ready;
  /** What else was dispositioned of this lead. */
  readonly siblings: readonly Sibling[];
  /** Runs a call that makes something at PestPac: once, however often the run is tried. */
  readonly make: (name: string, making: Making) => Promise<VendorIds>;
}

/** By the configuration as it stands now: it may have been put right since the disposition. */
export async function runOf(write: RunWrite, facts = factsOf(write.data.variables)): Promise<Run> {
  const { client, config, settings } = write;
  const plan = await planOf({ facts, config, settings, codes: () => client.codes() });
  if (plan.what === 'ignored') throw noTrigger(facts);
  if (plan.what === 'incomplete') throw incomplete(faultWords(plan.faults));
  for (const list of plan.ready.unread) if (await isReadNow(client, list)) return runOf(write, facts);
  const { steps, ready } = plan;
  const siblings = await write.siblings();
  return { write, facts, steps, ready, siblings, make: (name, making) => write.step(name, making) };
}

/**
 * A list that cannot be read now holds the run up: a title would be sent as a code, or a code refused that is none. One that
 * PestPac shows this user at no time is left to PestPac to check.
 */
async function isReadNow(client: PestPacClient, list: LookupList): Promise<boolean> {
  try {
    await client.listOf(list);
    return true;
  } catch (error) {
    if (isHubError(error, 'rejected')) return false;
    throw error;
  }
}

/**
 * The run as it goes on once it was decided how (`way`): under the mark that stands there, which may be that of another run of
 * the same action that stopped half-way. The kit asks `find` of the first unfinished step alone. Where another such run may have
 * made the record, or the trigger was changed since the run began, every step asks first.
 */
export async function decided(run: Run, way: VendorIds): Promise<Run> {
  const { write, facts } = run;
  const { mark = facts.run, steps: began } = way;
  const careful = began !== switchedOn(run) || mark !== facts.run || standIns(run.siblings).length > 0;
  const make: Run['make'] = (name, { find, do: create }) =>
    write.step(name, { find, do: careful ? async () => (await find()) ?? (await create()) : create });
  if (mark === facts.run) return { ...run, make };
  const marked = await runOf(write, { ...facts, run: mark });
  return { ...marked, siblings: run.siblings, make };
}

/**
 * Runs of the same action that may have made what this one is to make: those that came before it and stopped half-way, since
 * one was delivered, and all that came after it, for they only ran because this one had stopped.
 */
export function standIns(siblings: readonly Sibling[]): readonly Sibling[] {
  const alike = siblings.filter((each) => each.alike);
  const before = alike.filter(({ came }) => came === 'before');
  const delivered = before.findLastIndex((each) => each.delivered);
  return [...before.slice(delivered + 1), ...alike.filter(({ came }) => came === 'after')];
}

/** The mark that this run makes its records under: its own, or that of the latest run that it stands in for. */
export function markFor({ facts, siblings }: Run): string {
  const marks = standIns(siblings).flatMap(({ steps }) => steps['find-location']?.['mark'] ?? []);
  return marks.at(-1) ?? facts.run;
}

/** The steps that are switched on, in words that can be compared. */
export function switchedOn({ steps }: Pick<Run, 'steps'>): string {
  return Object.entries(steps)
    .flatMap(([name, on]) => (on ? [name] : []))
    .toSorted()
    .join(' ');
}

/** A number of PestPac's as a step keeps it. */
export function numberOf(ids: VendorIds, name: string): number {
  const number = Number(ids[name]);
  if (Number.isSafeInteger(number) && number > 0) return number;
  const message = `PestPac's ${name} is missing in what the hub kept of this run. Look at the run's steps.`;
  throw new HubError({ kind: 'unreadable', code: 'pestpac.id-missing', message });
}

function noTrigger({ recordType, action }: RunFacts): HubError {
  const message = `No trigger is set up any more for the action "${action}" of "${recordType}". Add it again and replay, or abort.`;
  return new HubError({ kind: 'rejected', code: 'pestpac.trigger-gone', message });
}

function incomplete(words: string): HubError {
  const message = `By the field mappings as they stand now this cannot be sent: ${words}. Correct the mappings and replay. What is wrong in ClickPoint needs a new disposition; what was made is not made again.`;
  return new HubError({ kind: 'rejected', code: 'pestpac.incomplete', message });
}
