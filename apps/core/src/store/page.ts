import { HubError } from '@occ-hub/errors';
import { z } from 'zod';

/** A place in a list sorted by (time, id). */
export interface Place {
  readonly at: number;
  readonly id: string;
}

const Place = z.tuple([z.int(), z.string().min(1).max(100)]);

/** Opaque to callers: they hand it back as it came. */
export function encodeCursor(place: Place): string {
  return Buffer.from(JSON.stringify([place.at, place.id])).toString('base64url');
}

/** Reads a cursor. What core did not make is `unreadable`. */
export function decodeCursor(cursor: string): Place {
  const parsed = Place.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (parsed.success) return { at: parsed.data[0], id: parsed.data[1] };
  throw new HubError({
    kind: 'unreadable',
    code: 'core.cursor.unreadable',
    message: 'This cursor was not made by this list. Start again without a cursor.',
    fields: [{ pointer: '/cursor', message: 'not a cursor' }],
  });
}

/** The query of every list. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('How many at most'),
  cursor: z.string().max(400).optional().describe('`next_cursor` of the page before'),
});
export type PageQuery = z.output<typeof PageQuery>;

/** The shape of every list. */
export function pageShape<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next_cursor: z.string().optional().describe('Absent on the last page'),
  });
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next_cursor?: string;
}

/** The same page with other items. */
export function mapPage<From, To>(page: Page<From>, change: (item: From) => To): Page<To> {
  return { ...page, items: page.items.map(change) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
