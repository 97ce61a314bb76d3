import type { VendorIds } from '../sink.ts';
import type { Delivery } from './delivery.ts';

type Made = Pick<Delivery, 'state' | 'vendorIds' | 'steps' | 'madeAt' | 'updatedAt'>;

/**
 * The vendor's ids of what deliveries made, in one: of a name that came twice the newest. Of one that was delivered what it
 * told; of any other what its finished steps gave, by when the last of them finished: a person may end it much later.
 */
export function idsMade(deliveries: readonly Made[]): VendorIds {
  const at = ({ state, madeAt, updatedAt }: Made) => (state === 'delivered' ? updatedAt : (madeAt ?? updatedAt));
  const idsOf = ({ state, vendorIds, steps }: Made) => (state === 'delivered' ? [vendorIds] : Object.values(steps));
  const oldestFirst = deliveries.toSorted((one, other) => at(one) - at(other));
  return Object.assign({}, ...oldestFirst.flatMap(idsOf));
}
