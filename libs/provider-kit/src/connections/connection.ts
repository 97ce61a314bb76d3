import type { ConnectionState } from '@occ-hub/contracts';
import type { HubError } from '@occ-hub/errors';
import type { Sealed } from '../vault/vault.ts';

/** One org's connection to the vendor, as this service keeps it. */
export interface Connection {
  readonly _id: string;
  readonly org: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets: Sealed | null;
  /** Grows with every save: a client made from older settings is thrown away. */
  readonly version: number;
  readonly state: ConnectionState;
  readonly stateReason: string | null;
  readonly stateSince: number;
  readonly probeAt: number | null;
  readonly polls: Readonly<Record<string, number>>;
  /** Until when the vendor asked to be left alone, by the store's clock, epoch ms. */
  readonly restUntil?: number;
  /** When this document last changed, by the store's clock: replicas read what is new. */
  readonly changedAt: Date;
}

/** What happened to a connection. */
export type ConnectionNews =
  | { readonly what: 'saved' }
  | { readonly what: 'proved' }
  | { readonly what: 'refused'; readonly error: HubError }
  | { readonly what: 'trouble'; readonly error: HubError }
  | { readonly what: 'worked' }
  | { readonly what: 'paused' }
  | { readonly what: 'resumed' };

export interface StateAndReason {
  readonly state: ConnectionState;
  readonly reason: string | null;
}

/**
 * The state after some news. A person's pause outlasts everything but their resume; refused credentials last until a
 * probe or an authorization passes, so that a success still under way cannot hide them.
 */
export function stateAfter(now: StateAndReason, news: ConnectionNews): StateAndReason {
  if (now.state === 'paused' && news.what !== 'resumed') return now;
  switch (news.what) {
    case 'saved':
      return now.state === 'healthy' || now.state === 'retrying'
        ? now
        : { state: 'draft', reason: 'Authorize to check these settings.' };
    case 'proved':
    case 'resumed':
      return { state: 'healthy', reason: null };
    case 'refused':
      return { state: 'needs-reauthorization', reason: news.error.message };
    case 'trouble':
      return now.state === 'healthy' ? { state: 'retrying', reason: news.error.message } : now;
    case 'worked':
      return now.state === 'retrying' ? { state: 'healthy', reason: null } : now;
    case 'paused':
      return { state: 'paused', reason: 'Paused by a person.' };
  }
}

/** True when work for this connection may go out. */
export function isWorking(state: ConnectionState): boolean {
  return state === 'healthy' || state === 'retrying';
}
