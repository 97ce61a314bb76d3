import { HubError } from '@occ-hub/errors';
import type { PreviewAsk } from '@occ-hub/provider-kit';
import type { KnowsCodes } from '../catalogue/codes.ts';
import { type CardFacts, type CardPosted, Disposition, textsOf } from '../disposition.ts';
import { mappingsPart } from '../mappings/mappings.part.ts';
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
 * learnt on the way. Nothing is sent but questions for the company's codes. Fails as `rejected` (`pestpac.sample-invalid`)
 * where the sample is no disposition.
 */
export async function preview(ask: PreviewAsk<PreviewClient, { readonly time_zone: string }>): Promise<unknown> {
  const sample = sampleOf(ask.sample);
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

function sampleOf(sample: unknown): Disposition {
  const read = Disposition.safeParse(sample);
  if (read.success) return read.data;
  const fields = read.error.issues.map(({ path, message }) => ({ pointer: `/${path.join('/')}`, message }));
  const message = 'The sample is not a disposition: give record_type, action, lead_id and fields.';
  throw new HubError({ kind: 'rejected', code: 'pestpac.sample-invalid', message, fields });
}

function withoutToken({ token: _, ...card }: CardPosted): CardFacts {
  return card;
}
