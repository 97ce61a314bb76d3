import type { Credentials, ReceivedCall } from '@occ-hub/simulator-pestpac';
import { startForked } from './forked.ts';

export interface PestPacFacts {
  readonly url: string;
  readonly apiUrl: string;
  readonly tokenUrl: string;
  readonly credentials: Credentials;
}

export type PestPacAsk =
  { readonly what: 'calls' | 'forget' | 'stop' } | { readonly what: 'places'; readonly prefix: string };

/** A location that was made for a ClickPoint lead, and how many leads and tasks it has. */
export interface PlaceHeld {
  readonly lead: string;
  readonly leads: number;
  readonly tasks: number;
}

export type PestPacVendor = Awaited<ReturnType<typeof startPestPacVendor>>;

/** A simulated PestPac company without limits. */
export async function startPestPacVendor() {
  const { facts, ask, stop } = await startForked<PestPacFacts>('pestpac-process.ts');
  return {
    ...{ facts, stop },
    /** The last calls that it kept, oldest first. */
    calls: () => ask<ReceivedCall[]>({ what: 'calls' } satisfies PestPacAsk),
    forget: () => ask({ what: 'forget' } satisfies PestPacAsk),
    /** The locations of the leads whose id begins so. */
    places: (prefix: string) => ask<PlaceHeld[]>({ what: 'places', prefix } satisfies PestPacAsk),
  };
}
