import type { ConnectionState } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
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
  /** While a person's pause lasts: the state that it goes back to. */
  readonly underPause?: StateAndReason | null;
  readonly stateSince: number;
  readonly probeAt: number | null;
  readonly polls: Readonly<Record<string, number>>;
  /** Until when the vendor asked to be left alone, by the store's clock, epoch ms. */
  readonly restUntil?: number;
  /** The vendor's company that its data came from, where the provider can tell. */
  readonly company?: VendorCompany;
  /** What the vendor last said of the calls made so far, where it does. */
  readonly calls?: CallsUsed;
  /** Changes of state that the other services were not told yet, oldest first. */
  readonly untold?: readonly StateChange[];
  /** When this document last changed, by the store's clock: replicas read what is new. */
  readonly changedAt: Date;
}

/** A company at the vendor. */
export interface VendorCompany {
  readonly id: string;
  /** The connection was disconnected since: it may be connected to another one. */
  readonly left: boolean;
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
  /** What a pause lies over; only while paused. */
  readonly under?: StateAndReason | undefined;
}

/** The state of a connection, with what its pause lies over. */
export function stateOf({ state, stateReason: reason, underPause }: Connection): StateAndReason {
  return { state, reason, ...(underPause ? { under: underPause } : {}) };
}

const unproved: StateAndReason = { state: 'draft', reason: 'Authorize to check these settings.' };

/**
 * The state after some news. A person's pause outlasts everything but their resume or their disconnecting; what happens
 * meanwhile happens to the state beneath it, which is the one that a resume goes back to. Refused credentials last until
 * a probe or an authorization passes, so that a success still under way cannot hide them.
 */
export function stateAfter(now: StateAndReason, news: ConnectionNews): StateAndReason {
  if (now.state !== 'paused') return whenNotPaused(now, news);
  const { under = unproved } = now;
  if (news.what === 'resumed') return under;
  if (news.what === 'disconnected') return whenNotPaused(under, news);
  const after = news.what === 'paused' ? under : whenNotPaused(under, news);
  return after === now.under ? now : { state: now.state, reason: now.reason, under: after };
}

function whenNotPaused(now: StateAndReason, news: ConnectionNews): StateAndReason {
  switch (news.what) {
    case 'saved':
      return !news.anew && (now.state === 'healthy' || now.state === 'retrying') ? now : unproved;
    case 'proved':
      return { state: 'healthy', reason: null };
    case 'resumed':
      return now;
    case 'disconnected':
      return { state: 'draft', reason: 'Disconnected. Enter the secret settings again, save, and authorize.' };
    case 'refused':
      // Nobody has consented yet, or the settings are gone: work of before a disconnection meets that, too.
      if (now.state === 'draft' && (isNoGrant(news.error) || isNoSettings(news.error))) return now;
      return { state: 'needs-reauthorization', reason: news.error.message };
    case 'trouble':
      return now.state === 'healthy' ? { state: 'retrying', reason: news.error.message } : now;
    case 'worked':
      return now.state === 'retrying' ? { state: 'healthy', reason: null } : now;
    case 'paused':
      return { state: 'paused', reason: 'Paused by a person.', under: now };
  }
}

const noSettingsCode = 'connection.no-settings';

/** There is nothing to connect with: work waits for it. */
export function noSettings(): HubError {
  const message = 'Enter and save the settings first.';
  return new HubError({ kind: 'credential', code: noSettingsCode, message });
}

function isNoSettings({ code }: HubError): boolean {
  return code === noSettingsCode;
}

/** True when work for this connection may go out. */
export function isWorking(state: ConnectionState): boolean {
  return state === 'healthy' || state === 'retrying';
}
