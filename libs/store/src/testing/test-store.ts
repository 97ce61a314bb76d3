import { randomBytes } from 'node:crypto';
import { createLog } from '@occ-hub/service';
import { type Store, connectStore, openStore } from '../connect-store.ts';

/** A connected database of its own, and the way to forget it. */
export async function openTestStore(mongoUrl: string): Promise<{ store: Store; forget: () => Promise<void> }> {
  const store = openStore();
  await connectStore(store, {
    url: mongoUrl,
    database: `test_${randomBytes(4).toString('hex')}`,
    log: createLog({ service: 'test', level: 'silent' }),
    signal: new AbortController().signal,
  });
  return {
    store,
    async forget() {
      await store.dropDatabase();
      await store.close();
    },
  };
}
