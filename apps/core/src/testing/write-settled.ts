import { eventOf, type HubEvent, LeadSubmitted, leadSubject, WriteSettled } from '@occ-hub/contracts';
import { newId } from '@occ-hub/service';
import type { z } from 'zod';
import type { Source } from './examples.ts';

/** The end of a lead's write as its provider tells it: refused, to be reported to somebody. */
export function leadSettled(
  { org, provider, connection }: Source,
  delivery: string,
  { time, ...data }: Partial<z.input<typeof WriteSettled.data>> & { readonly time: string },
): HubEvent<typeof WriteSettled> {
  const attributes = {
    id: newId('evt'),
    source: `/providers/${provider}`,
    subject: leadSubject({ org, provider, key: '4711' }),
    time,
    orgid: org,
    connectionid: connection,
    provider,
    origin: 'lead-source',
    causationid: delivery,
  } as const;
  return eventOf(WriteSettled, attributes, {
    delivery_id: delivery,
    event_id: delivery,
    event_type: LeadSubmitted.type,
    outcome: 'rejected',
    attempts: 1,
    vendor_ids: {},
    ...data,
  });
}
