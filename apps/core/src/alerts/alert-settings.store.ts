import { isDuplicateKey } from '@occ-hub/store';
import type { Connection } from 'mongoose';
import { collection } from '../store/collection.ts';
import type { AlertsBody, AlertSettings } from './alert-settings.ts';

export type AlertSettingsStore = ReturnType<typeof createAlertSettingsStore>;

/** What a webhook's secret is made from, and since when. */
export interface Seed {
  readonly seed: string;
  readonly now: Date;
}

export function createAlertSettingsStore(connection: Connection) {
  const settings = collection<AlertSettings>(connection, { name: 'alert_settings', indexes: [] });
  const set = async (filter: object, update: object): Promise<boolean> => {
    return (await settings.collection.updateOne(filter as never, update as never)).matchedCount === 1;
  };
  const makeEmpty = async (org: string, now: Date): Promise<void> => {
    try {
      await settings.collection.insertOne({ _id: org, emails: [], updated_at: now } as never);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  };
  return {
    async find(org: string): Promise<AlertSettings | null> {
      return settings.findById(org).lean<AlertSettings>();
    },
    /** Saves what an org says. A webhook that is there keeps its seed; true when a first one took the given seed. */
    async save(org: string, { emails, webhook }: AlertsBody, { seed, now }: Seed): Promise<boolean> {
      await makeEmpty(org, now);
      const facts = { emails, updated_at: now };
      if (webhook === undefined) {
        await set({ _id: org }, { $set: facts, $unset: { webhook: 1 } });
        return false;
      }
      const { url } = webhook;
      const first = { ...facts, webhook: { url, seed, secret_since: now } };
      // Each of the two misses only what another request changes meanwhile.
      for (;;) {
        const there = { _id: org, 'webhook.url': { $exists: true } };
        if (await set(there, { $set: { ...facts, 'webhook.url': url } })) return false;
        if (await set({ _id: org, webhook: { $exists: false } }, { $set: first })) return true;
      }
    },
    /** False when the org has no webhook. */
    async reseed(org: string, { seed, now }: Seed): Promise<boolean> {
      const changes = { 'webhook.seed': seed, 'webhook.secret_since': now, updated_at: now };
      return set({ _id: org, 'webhook.url': { $exists: true } }, { $set: changes });
    },
  };
}
