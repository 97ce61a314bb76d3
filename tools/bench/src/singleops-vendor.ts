import type { ApiUser, ReceivedCall } from '@occ-hub/simulator-singleops';
import { startForked } from './forked.ts';

export interface SingleOpsFacts {
  readonly url: string;
  readonly user: ApiUser;
}

export interface SingleOpsAsk {
  readonly what: 'calls' | 'forget' | 'stop';
}

export type SingleOpsVendor = Awaited<ReturnType<typeof startSingleOpsVendor>>;

/** A simulated SingleOps account. */
export async function startSingleOpsVendor() {
  const { facts, ask, stop } = await startForked<SingleOpsFacts>('singleops-process.ts');
  return {
    ...{ facts, stop },
    /** The last calls that it kept, oldest first. */
    calls: () => ask<ReceivedCall[]>({ what: 'calls' } satisfies SingleOpsAsk),
    forget: () => ask({ what: 'forget' } satisfies SingleOpsAsk),
  };
}
