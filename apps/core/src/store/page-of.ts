import { decodeCursor, encodeCursor } from '@occ-hub/store';
import type { Model } from 'mongoose';
import type { Stored } from './collection.ts';
import type { Page, PageQuery } from './page.ts';

export interface ListOrder<Shape> {
  /** A date that never changes, or hardly: the list is sorted by it, then by id. */
  readonly by: keyof Shape & string;
  readonly direction: 'newest-first' | 'oldest-first';
}

/** One page of a list, sorted by (time, id). The next page begins after the last row, whatever was added meanwhile. */
export async function pageOf<Shape extends Stored>(
  model: Model<Shape>,
  filter: Record<string, unknown>,
  { by, direction, limit, cursor }: ListOrder<Shape> & PageQuery,
): Promise<Page<Shape>> {
  const sign = direction === 'newest-first' ? -1 : 1;
  const after = cursor === undefined ? {} : placeFilter(cursor, by, sign);
  const rows = (await model
    .find({ $and: [filter, after] } as never)
    .sort({ [by]: sign, _id: sign })
    .limit(limit + 1)
    .lean()) as unknown as Shape[];
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || last === undefined) return { items };
  return { items, next_cursor: encodeCursor({ at: (last[by] as Date).getTime(), id: last._id }) };
}

function placeFilter(cursor: string, by: string, sign: 1 | -1): Record<string, unknown> {
  const place = decodeCursor(cursor);
  const at = new Date(place.at);
  const [beyond, orEqual] = sign === 1 ? ['$gt', '$gte'] : ['$lt', '$lte'];
  // The plain bound keeps the index scan narrow; the $or splits the rows of the same millisecond.
  return { [by]: { [orEqual]: at }, $or: [{ [by]: { [beyond]: at } }, { _id: { [beyond]: place.id } }] };
}
