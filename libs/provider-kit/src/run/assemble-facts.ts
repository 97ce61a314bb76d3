import type { Asker, Publisher } from '@occ-hub/bus';
import type { SyncRun } from '@occ-hub/contracts';
import type { Clock, Log, NewId, RandomBytes } from '@occ-hub/service';
import type { Store } from '@occ-hub/store';
import type { AnyProvider } from '../provider.ts';
import type { KitEnv } from './env.ts';
import type { ProviderMetrics } from './metrics.ts';
import type { Stores } from './stores.ts';

/** What the machinery is made from. */
export interface AssembleFacts {
  readonly provider: AnyProvider;
  readonly env: KitEnv & Readonly<Record<string, unknown>>;
  readonly store: Store;
  readonly stores: Stores;
  readonly publisher: Publisher;
  readonly asker: Asker;
  /** The name on the NATS server of a subject of ours. */
  readonly subjectOf: (subject: string) => string;
  readonly tellProgress: (run: SyncRun) => void;
  readonly metrics: ProviderMetrics;
  readonly owner: string;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly random: () => number;
  readonly randomBytes: RandomBytes;
  /** Base of this service as browsers reach it. */
  readonly publicUrl: string;
  readonly log: Log;
}
