import type { ConnectionState } from '@occ-hub/contracts';
import type { HubError } from '@occ-hub/errors';
import { isNoGrant } from '../oauth/grant-faults.ts';
import type { CallsUsed } from '../budget/calls-used.ts';
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
  /** What the vendor last said of the calls made so far, where it does. */
  readonly calls?: CallsUsed;
  /** Changes of state that the other services were not told yet, oldest first. */
  readonly untold?: readonly StateChange[];
  /** When this document last changed, by the store's clock: replicas read what is new. */
  readonly changedAt: Date;
}

/** A change of state, to be told once. */
export interface StateChange {
  /** Names the telling: told twice, it is known again. */
  readonly id: string;
  readonly state: ConnectionState;
  readonly before: ConnectionState;
  readonly reason: string | null;
  /** By the store's clock, epoch ms; later than every change before it. */
  readonly at: number;
}

/** What happened to a connection. */
export type ConnectionNews =
  /** `anew`: what was authorized before belongs to other settings. */
  | { readonly what: 'saved'; readonly anew?: boolean }
  | { readonly what: 'proved' }
  | { readonly what: 'refused'; readonly error: HubError }
  | { readonly what: 'trouble'; readonly error: HubError }
  | { readonly what: 'worked' }
  | { readonly what: 'disconnected' }
  | { readonly what: 'paused' }
  | { readonly what: 'resumed' };

export interface StateAndReason {
  readonly state: ConnectionState;
  readonly reason: string | null;
}

/**
 * The state after some news. A person's pause outlasts everything but their resume or their disconnecting; refused credentials last until a
 * probe or an authorization passes, so that a success still under way cannot hide them.
 */
export function stateAfter(now: StateAndReason, news: ConnectionNews): StateAndReason {
  if (now.state === 'paused' && news.what !== 'resumed' && news.what !== 'disconnected') return now;
  switch (news.what) {
    case 'saved':
      return !news.anew && (now.state === 'healthy' || now.state === 'retrying')
        ? now
        : { state: 'draft', reason: 'Authorize to check these settings.' };
    case 'proved':
    case 'resumed':
      return { state: 'healthy', reason: null };
    case 'disconnected':
      return { state: 'draft', reason: 'Disconnected. Enter the secret settings again, save, and authorize.' };
    case 'refused':
      // Nobody has consented yet: work of before a disconnection meets that, too.
      if (now.state === 'draft' && isNoGrant(news.error)) return now;
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
