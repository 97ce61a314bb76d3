import { AsyncLocalStorage } from 'node:async_hooks';
import type { Exchange } from '@occ-hub/contracts';

// A client serves many attempts at once; what it exchanged belongs to the attempt that asked.
const current = new AsyncLocalStorage<Exchange[]>();

/** Runs work and gathers the HTTP exchanges made within it, redacted, oldest first. */
export async function gatherExchanges<Result>(work: () => Promise<Result>, into: Exchange[]): Promise<Result> {
  return current.run(into, work);
}

const most = 20;

/** Notes an exchange with whoever gathers, if anybody does. */
export function noteExchange(exchange: Exchange): void {
  const gathered = current.getStore();
  if (gathered && gathered.length < most) gathered.push(exchange);
}
