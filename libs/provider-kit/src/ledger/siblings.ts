import type { Sibling } from '../sink.ts';
import type { Delivery } from './delivery.ts';

/** Of which delivery the others of its lane are asked for. */
export type SiblingOf = Pick<Delivery, '_id' | 'lane' | 'connection' | 'order' | 'alike'>;

/** Other deliveries of a lane as a sink is told of them, oldest first. */
export function siblingsOf(
  { order, alike }: SiblingOf,
  others: readonly Pick<Delivery, 'order' | 'alike' | 'state' | 'steps'>[],
): readonly Sibling[] {
  const oldestFirst = others.toSorted((one, other) => (one.order < other.order ? -1 : 1));
  return oldestFirst.map((each) => ({
    came: each.order < order ? 'before' : 'after',
    alike: alike !== undefined && each.alike === alike,
    delivered: each.state === 'delivered',
    steps: each.steps,
  }));
}
