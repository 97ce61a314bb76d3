import { decodeCursor, encodeCursor } from '@occ-hub/store';
import type { Page, PageQuery } from './page.ts';

/**
 * One page of a list that is at hand as a whole. The next page begins after the last item; where that one is gone by
 * then, at the place that it had.
 */
export function pageOfAll<Item>(
  all: readonly Item[],
  idOf: (item: Item) => string,
  { limit, cursor }: PageQuery,
): Page<Item> {
  const place = cursor === undefined ? undefined : decodeCursor(cursor);
  const last = place === undefined ? -1 : all.findIndex((item) => idOf(item) === place.id);
  const start = last >= 0 ? last + 1 : (place?.at ?? 0);
  const items = all.slice(start, start + limit);
  const end = items.at(-1);
  if (end === undefined || start + items.length >= all.length) return { items };
  return { items, next_cursor: encodeCursor({ at: start + items.length, id: idOf(end) }) };
}
