import { type Clock, every, type Log } from '@occ-hub/service';
import type { DocumentStore } from './document.store.ts';

const hourMs = 3_600_000;
/** An upload is given an hour; a sweep that failed for two days leaves its bytes to nobody, so the window is wide. */
const youngestMs = hourMs;
const oldestMs = 48 * hourMs;

/** At the start and every hour removes the bytes of uploads that a crash left without a document. */
export function sweepFiles({ documents, clock, log }: { documents: DocumentStore; clock: Clock; log: Log }) {
  return every(hourMs, {
    part: 'documents',
    log,
    async work() {
      const now = clock();
      const count = await documents.sweepFiles({ from: new Date(now - oldestMs), to: new Date(now - youngestMs) });
      if (count > 0) log.info({ part: 'documents', count, outcome: 'removed' }, 'files without a document removed');
    },
  });
}
