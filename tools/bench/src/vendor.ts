import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Vendor {
  readonly url: string;
  readonly reps: readonly string[];
  /** Appointments that the vendor lets nobody update. */
  readonly closed: ReadonlySet<string>;
  /** When each numbered note was received, epoch ms. */
  receipts(): Promise<ReadonlyMap<string, number>>;
  stop(): Promise<void>;
}

export async function startVendor(appointments: number): Promise<Vendor> {
  const child = fork(fileURLToPath(new URL('vendor-process.ts', import.meta.url)), [String(appointments)], {
    execArgv: ['--conditions=@occ-hub/source'],
  });
  const [{ url, reps, closed }] = (await once(child, 'message')) as [{ url: string; reps: string[]; closed: string[] }];
  return {
    url,
    reps,
    closed: new Set(closed),
    async receipts() {
      child.send('receipts');
      const [{ receipts }] = (await once(child, 'message')) as [{ receipts: [string, number][] }];
      return new Map(receipts);
    },
    async stop() {
      child.send('stop');
      await once(child, 'exit');
    },
  };
}
