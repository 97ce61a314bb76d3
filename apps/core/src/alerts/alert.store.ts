import { isDuplicateKey } from '@occ-hub/store';
import type { Connection } from 'mongoose';
import { collection } from '../store/collection.ts';
import type { AlertRecord, AlertTarget, ConnectionAlert, ConnectionAlertKind } from './alert.ts';

export type AlertStore = ReturnType<typeof createAlertStore>;

const keptSeconds = 90 * 86_400;
const shownAtMost = 50;
/** What is said of a connection; what is said of its writes neither follows it nor overtakes it. */
const ofConnection = { kind: { $ne: 'delivery-failed' } } as const;

export interface Due {
  readonly of: 'connections' | 'writes';
  readonly limit: number;
}

export function createAlertStore(connection: Connection) {
  const alerts = collection<AlertRecord>(connection, {
    name: 'alerts',
    indexes: [
      [{ due_at: 1 }, { sparse: true }],
      [{ org: 1, connection: 1, at: -1 }],
      [{ org: 1, 'targets.state': 1, at: -1 }],
      [{ raised_at: 1 }, { expireAfterSeconds: keptSeconds }],
    ],
  });
  return {
    /** False when the event has its alert already. */
    async raise(alert: AlertRecord): Promise<boolean> {
      try {
        await alerts.collection.insertOne(alert as never);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    /** What was said last of a connection before this instant. */
    async saidLast(org: string, id: string, before: Date): Promise<ConnectionAlertKind | undefined> {
      const filter = { org, connection: id, at: { $lt: before }, ...ofConnection } as never;
      const last = await alerts.findOne(filter, { kind: 1 }).sort({ at: -1 }).lean<Pick<ConnectionAlert, 'kind'>>();
      return last?.kind;
    },
    /** Whether something was said of its connection after this alert. Of a failed write there is no later news. */
    async isOvertaken({ kind, org, connection: id, at }: AlertRecord): Promise<boolean> {
      if (kind === 'delivery-failed') return false;
      const filter = { org, connection: id, at: { $gt: at }, ...ofConnection } as never;
      return (await alerts.exists(filter)) !== null;
    },
    /** Alerts to be tried by now, those waiting longest first: of connections, or of writes. */
    async due(now: Date, { of, limit }: Due): Promise<readonly AlertRecord[]> {
      const kind = of === 'connections' ? ofConnection.kind : 'delivery-failed';
      const filter = { due_at: { $lte: now }, kind } as never;
      return alerts.find(filter).sort({ due_at: 1, at: 1 }).limit(limit).lean<AlertRecord[]>();
    },
    /** Notes how one target went, at once: a kill meanwhile repeats the others alone. */
    async mark(id: string, index: number, target: AlertTarget): Promise<void> {
      await alerts.collection.updateOne({ _id: id } as never, { $set: { [`targets.${index}`]: target } } as never);
    },
    /** Ends a round of tries; without a next one nothing waits any more. */
    async endRound(id: string, { attempts, dueAt }: { attempts: number; dueAt: Date | undefined }): Promise<void> {
      const next = dueAt === undefined ? { $unset: { due_at: 1 } } : {};
      const set = { attempts, ...(dueAt === undefined ? {} : { due_at: dueAt }) };
      await alerts.collection.updateOne({ _id: id } as never, { $set: set, ...next } as never);
    },
    async undelivered(org: string): Promise<readonly AlertRecord[]> {
      const filter = { org, 'targets.state': 'undelivered' } as never;
      return alerts.find(filter).sort({ at: -1 }).limit(shownAtMost).lean<AlertRecord[]>();
    },
  };
}
