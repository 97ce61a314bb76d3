import { HubError } from '@occ-hub/errors';
import { z } from 'zod';

/** A place in a list sorted by (time, id). */
export interface Place {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly id: string;
}

const Place = z.tuple([z.int().nonnegative(), z.string().min(1).max(200)]);

/** Opaque to callers: they hand it back as it came. Safe in a URL. */
export function encodeCursor(place: Place): string {
  return Buffer.from(JSON.stringify([place.at, place.id])).toString('base64url');
}

/** Reads a cursor. What was not made here is HubError(rejected) `cursor.unreadable`. */
export function decodeCursor(cursor: string): Place {
  const parsed = Place.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (parsed.success) return { at: parsed.data[0], id: parsed.data[1] };
  throw new HubError({
    kind: 'rejected',
    code: 'cursor.unreadable',
    message: 'This cursor was not made by this list. Start again without a cursor.',
    fields: [{ pointer: '/cursor', message: 'not a cursor' }],
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
