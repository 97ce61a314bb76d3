import { expect, it } from 'vitest';
import type { AnyProvider } from '../provider.ts';
import { readLists } from './read-lists.ts';

it('gives lists and users with what is odd about either', async () => {
  const provider: Pick<AnyProvider, 'lookups' | 'users'> = {
    lookups: async (_client, warn) => (warn?.({ record: 'a', reason: 'hidden' }), { results: [] }),
    users: async (_client, warn) => (warn?.({ record: 'b', reason: 'hidden, too' }), []),
  };
  expect(await readLists(provider as AnyProvider, {} as never)).toEqual({
    ...{ lookups: { results: [] }, users: [] },
    warnings: [
      { record: 'a', reason: 'hidden' },
      { record: 'b', reason: 'hidden, too' },
    ],
  });
});
