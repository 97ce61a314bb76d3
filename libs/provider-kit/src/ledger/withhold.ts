import { HubError } from '@occ-hub/errors';
import { holdsCardNumber } from '@occ-hub/service';
import type { AnyProvider } from '../provider.ts';
import type { Delivery } from './delivery.ts';

/** What somebody has to be told of a delivery that is kept without what it was to write. */
export function withheld(): HubError {
  const message =
    'The event held a payment card number, so nothing of it was kept or sent. Take the number out where the event comes from and send it anew, then abort this one.';
  return new HubError({ kind: 'rejected', code: 'card-number.refused', message });
}

/**
 * A delivery as it may be kept: one that holds a card number is parked as rejected at once, without its data. What it is
 * about stays, so that whoever sent it is told of the right thing; unless that holds the number itself.
 */
export function withoutCardNumbers(
  provider: Pick<AnyProvider, 'id' | 'refusesCardNumbers'>,
  delivery: Delivery,
): Delivery {
  const { attributes, data } = delivery.event;
  if (!provider.refusesCardNumbers || !holdsCardNumber([attributes.subject, data])) return delivery;
  const { kind, code, message } = withheld();
  const lane = holdsCardNumber(attributes.subject)
    ? `${delivery.org}/${provider.id}/refused/${delivery._id}`
    : attributes.subject;
  const { alike: _, ...rest } = delivery;
  return {
    ...rest,
    event: { attributes: { ...attributes, subject: lane }, data: {} },
    ...{ lane, replaces: null, state: 'parked', withheld: true, kind, code, message },
    ...{ untold: 'rejected', mark: `withheld/${delivery.order}` },
  };
}
