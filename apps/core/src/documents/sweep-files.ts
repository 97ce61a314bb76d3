import type { Clock, Log } from '@occ-hub/service';
import { storeFault } from '../store/store-fault.ts';
import type { DocumentStore } from './document.store.ts';

const hourMs = 3_600_000;
/** An upload is given an hour; a sweep that failed for two days leaves its bytes to nobody, so the window is wide. */
const youngestMs = hourMs;
const oldestMs = 48 * hourMs;

/** Every hour removes the bytes of uploads that a crash left without a document. */
export function sweepFiles({ documents, clock, log }: { documents: DocumentStore; clock: Clock; log: Log }) {
  let running = Promise.resolve();
  const sweep = async () => {
    try {
      const now = clock();
      const window = { from: new Date(now - oldestMs), to: new Date(now - youngestMs) };
      const count = await documents.sweepFiles(window);
      if (count > 0) log.info({ part: 'documents', count, outcome: 'removed' }, 'files without a document removed');
    } catch (error) {
      log.warn({ part: 'documents', error: storeFault(error), outcome: 'retried' }, 'file sweep failed');
    }
  };
  const timer = setInterval(() => (running = running.then(sweep)), hourMs);
  return {
    async stop(): Promise<void> {
      clearInterval(timer);
      await running;
    },
  };
}
