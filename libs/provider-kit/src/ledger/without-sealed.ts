import type { Delivery } from './delivery.ts';

/**
 * The event of a delivery that is at its end, without the secrets that were sealed into it: nobody opens them any more.
 * Undefined where there are none.
 */
export function withoutSealed({ event }: Pick<Delivery, 'event'>): Delivery['event'] | undefined {
  const { data } = event;
  if (typeof data !== 'object' || data === null || !('sealed' in data)) return undefined;
  const { sealed: _, ...rest } = data;
  return { ...event, data: rest };
}
