import type { ReadConfiguration } from '@occ-hub/provider-kit';
import type { Codes } from './catalogue/codes.ts';
import { mappingsPart } from './mappings/mappings.part.ts';
import type { RunFacts } from './run-facts.ts';
import type { Settings } from './settings.ts';
import type { Ready, TransferFault } from './transfer/transfer-types.ts';
import { transfer } from './transfer/transfer.ts';
import { type Steps, triggerFor } from './triggers/triggers.ts';
import { triggersPart } from './triggers/triggers.part.ts';

/** What the configuration, as it stands now, makes of a disposition. */
export type Plan =
  | { readonly what: 'ignored' }
  | { readonly what: 'incomplete'; readonly faults: readonly TransferFault[] }
  | { readonly what: 'ready'; readonly steps: Steps; readonly ready: Ready };

export interface PlanAsk {
  readonly facts: RunFacts;
  readonly config: ReadConfiguration;
  readonly settings: Settings;
  /** The company's codes; undefined: they are not known now, and PestPac itself judges. */
  readonly codes: () => Promise<Codes | undefined>;
}

/** No call is made before what can be checked without one was checked. */
export async function planOf({ facts, config, settings, codes }: PlanAsk): Promise<Plan> {
  const triggers = (await config(triggersPart)).value;
  const trigger = triggerFor(triggers, facts.recordType, facts.action);
  if (trigger === undefined) return { what: 'ignored' };
  const mappings = (await config(mappingsPart)).value;
  const { steps } = trigger;
  const ask = {
    ...{ record: facts.record, mappings, steps, timeZone: settings.time_zone, now: facts.receivedAt },
    marks: { lead: facts.lead, run: facts.run },
    ...(facts.card === undefined ? {} : { card: facts.card }),
  };
  const without = transfer(ask);
  if (!without.ok) return { what: 'incomplete', faults: without.faults };
  const known = await codes();
  const whole = known === undefined ? without : transfer({ ...ask, codes: known });
  return whole.ok ? { what: 'ready', steps, ready: whole } : { what: 'incomplete', faults: whole.faults };
}

/** The faults as one sentence for people: which ClickPoint field is to be filled, and with what. */
export function faultWords(faults: readonly TransferFault[]): string {
  return faults
    .map(({ clickpoint_field: field, message }) => (field === null ? message : `${field}: ${message}`))
    .join('; ');
}
