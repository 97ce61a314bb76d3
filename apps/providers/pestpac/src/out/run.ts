import type { LeadSubmitted } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import type { VendorIds, Write } from '@occ-hub/provider-kit';
import type { z } from 'zod';
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
  /** Runs a call that makes something at PestPac: once, however often the run is tried. */
  readonly make: (name: string, making: Making) => Promise<VendorIds>;
}

/** By the configuration as it stands now: it may have been put right since the disposition. */
export async function runOf(write: RunWrite): Promise<Run> {
  const { client, config, settings } = write;
  const facts = factsOf(write.data.variables);
  const plan = await planOf({ facts, config, settings, codes: () => client.codes() });
  if (plan.what === 'ignored') throw noTrigger(facts);
  if (plan.what === 'incomplete') throw incomplete(faultWords(plan.faults));
  const { steps, ready } = plan;
  return { write, facts, steps, ready, make: (name, making) => makeOnce({ write, steps }, name, making) };
}

/** The steps that are switched on, in words that can be compared. */
export function switchedOn({ steps }: Pick<Run, 'steps'>): string {
  return Object.entries(steps)
    .flatMap(([name, on]) => (on ? [name] : []))
    .toSorted()
    .join(' ');
}

/**
 * The kit asks `find` of the first unfinished step alone. Where the trigger was changed since the run began, that may be
 * another step than the one that was cut: then every step asks first.
 */
async function makeOnce(
  run: Pick<Run, 'write' | 'steps'>,
  name: string,
  { find, do: make }: Making,
): Promise<VendorIds> {
  const way = await run.write.step('find-location', { repeatable: true, do: () => Promise.resolve({}) });
  const careful = way['steps'] !== switchedOn(run);
  return run.write.step(name, { find, do: careful ? async () => (await find()) ?? (await make()) : make });
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
  const message = `By the field mappings as they stand now this cannot be sent: ${words}. Correct the mappings and replay, or disposition the lead again.`;
  return new HubError({ kind: 'rejected', code: 'pestpac.incomplete', message });
}
