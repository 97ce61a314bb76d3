import type { PreviewAsk } from '@occ-hub/provider-kit';
import type { KnowsCodes } from '../catalogue/codes.ts';
import { type CardFacts, type CardPosted, textsOf } from '../disposition.ts';
import { mappingsPart } from '../mappings/mappings.part.ts';
import { postedDisposition } from '../posted-disposition.ts';
import { triggerFor } from '../triggers/triggers.ts';
import { triggersPart } from '../triggers/triggers.part.ts';
import { previewCalls } from './preview-calls.ts';
import { transfer } from './transfer.ts';

/** What a preview asks of the client. */
export interface PreviewClient extends KnowsCodes {
  /** Milliseconds. */
  now(): number;
}

/**
 * What a disposition would do, word for word: the calls in their order, with `{LocationID}` and the like where an id is
 * learnt on the way. Nothing is sent but questions for the company's codes. It takes and
 * refuses what the door takes and refuses.
 */
export async function preview(ask: PreviewAsk<PreviewClient, { readonly time_zone: string }>): Promise<unknown> {
  const sample = postedDisposition(ask.sample);
  const trigger = triggerFor((await ask.config(triggersPart)).value, sample.record_type, sample.action);
  if (!trigger)
    return { outcome: 'ignored', message: 'No trigger that is switched on has this record type and action.' };
  const made = transfer({
    record: textsOf(sample.fields),
    mappings: (await ask.config(mappingsPart)).value,
    steps: trigger.steps,
    timeZone: ask.settings.time_zone,
    now: ask.client.now(),
    marks: { lead: sample.lead_id, run: '{run}' },
    card: sample.card && withoutToken(sample.card),
    codes: await ask.client.codes(),
  });
  if (!made.ok) return { outcome: 'incomplete', fields: made.faults };
  return { outcome: 'ready', ...previewCalls(made, trigger.steps), warnings: made.warnings };
}

function withoutToken({ token: _, ...card }: CardPosted): CardFacts {
  return card;
}
