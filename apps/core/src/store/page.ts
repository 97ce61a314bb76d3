import { z } from 'zod';

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
