import { AsyncLocalStorage } from 'node:async_hooks';
import type { Exchange } from '@occ-hub/contracts';

/** On whose behalf calls go out. A client serves many attempts at once; what it exchanged belongs to the one that asked. */
interface Errand {
  readonly exchanges: Exchange[];
  readonly signal: AbortSignal | undefined;
  calls: number;
}

const current = new AsyncLocalStorage<Errand>();

/** Runs work and gathers the HTTP exchanges made within it, redacted, oldest first. The signal ends calls under way. */
export async function gatherExchanges<Result>(
  work: () => Promise<Result>,
  into: Exchange[],
  signal?: AbortSignal,
): Promise<Result> {
  return current.run({ exchanges: into, signal, calls: 0 }, work);
}

/** Runs work that others wait for as well: the signal of whoever began it does not end it. */
export async function withoutSignal<Result>(work: () => Promise<Result>): Promise<Result> {
  return current.run({ exchanges: current.getStore()?.exchanges ?? [], signal: undefined, calls: 0 }, work);
}

/** What may end a call that is made now. */
export function currentSignal(): AbortSignal | undefined {
  return current.getStore()?.signal;
}

const most = 20;

/** Notes an exchange with whoever gathers, if anybody does. */
export function noteExchange(exchange: Exchange): void {
  const errand = current.getStore();
  if (!errand) return;
  errand.calls += 1;
  if (errand.exchanges.length < most) errand.exchanges.push(exchange);
}

/** Calls made so far on this errand. */
export function callsMade(): number {
  return current.getStore()?.calls ?? 0;
}
