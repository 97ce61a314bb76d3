import type { SyncRun } from '@occ-hub/contracts';
import { createPoller } from '../poll/poller.ts';
import { readLists } from '../poll/read-lists.ts';
import type { AssembleFacts } from './assemble-facts.ts';
import type { VendorSide } from './assemble-vendor.ts';
import type { CoreQuestions } from './core-questions.ts';

/** Everything that brings the vendor's records in. */
export function assemblePolling(facts: AssembleFacts, { clients, registry }: VendorSide, core: CoreQuestions) {
  const { provider, stores, clock, newId, log } = facts;
  const { connections, digests, watermarks, runs, leases } = stores;
  const tell = (run: SyncRun) => {
    facts.metrics.ran(run);
    facts.tellProgress(run);
  };
  const poller = createPoller({
    ...{ provider: provider.id, definition: provider, clients, registry, clock, newId, log, tell },
    ...{ connections, digests, watermarks, runs, leases, publish: facts.publisher.publish },
    ...{ linkedReps: core.linkedReps, keepLists: core.keepLists },
    readLists: (client) => readLists(provider, client),
  });
  return {
    poller,
    /** The next run publishes everything again: it is another company's. */
    async forgetPolled(connection: string): Promise<void> {
      await digests.forget(connection);
      await Promise.all(provider.sources.map(({ name }) => watermarks.forget(connection, name)));
    },
  };
}
