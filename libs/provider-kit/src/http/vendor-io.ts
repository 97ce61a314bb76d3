import type { Clock, Log } from '@occ-hub/service';

/** One HTTP call to the vendor. */
export interface VendorCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text, or chunks that are made while they are sent. */
  readonly body?: string | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** True when the call changes something at the vendor: a lost answer then means that it may have applied. */
  readonly writes: boolean;
  readonly timeoutMs: number;
  /** For an address that people enter: refuses to connect to one inside the hub's network. */
  readonly publicOnly?: boolean;
  /** What the vendor may quote in its answer and nobody may see: blanked in what is noted of the call. */
  readonly secrets?: readonly string[];
  /** What may be shown of the request to an operator. Never a secret, never a person's data. */
  readonly shown?: string;
}

/** A complete answer, whatever its status. */
export interface VendorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

export interface Login {
  readonly token: string;
  /** Milliseconds from now. */
  readonly expiresInMs: number;
}

/** A token shared by all replicas: reused until it expires, renewed by one at a time. */
export interface TokenKeeper {
  /** The token in force, after a login where there is none. */
  current(): Promise<string>;
  /** The vendor refused this token: gives another one, logging in unless somebody else already did. */
  replacementFor(refused: string): Promise<string>;
}

/** Access that a person consented to, as it stands now. */
export interface Grant {
  readonly accessToken: string;
  /** What `Consent.keep` names. */
  readonly facts: Readonly<Record<string, string>>;
}

/** The grant of a connection, shared by all replicas: refreshed by one at a time, and what comes of it is stored before it is used. */
export interface GrantKeeper {
  /** The grant in force. Fails as `credential` where nobody consented, or the vendor ended it. */
  current(): Promise<Grant>;
  /** The vendor refused this grant's token: gives another, refreshing unless somebody else did. A fresh one that is refused at once is a `credential` failure, not a reason to refresh again. */
  replacementFor(refused: Grant): Promise<Grant>;
}

/** All that a vendor's client may touch: no globals. */
export interface VendorIo {
  /** Sends a call within the connection's budget. Throws HubError `transient` when no whole answer came. */
  readonly send: (call: VendorCall) => Promise<VendorAnswer>;
  readonly tokens: (login: () => Promise<Login>) => TokenKeeper;
  readonly grant: GrantKeeper;
  /** The vendor asked to be left alone for so long: no call of this connection goes out meanwhile, from any replica. */
  readonly rest: (ms: number) => void;
  /** What the vendor says of the calls made so far. Shown to people; told as often as it likes. */
  readonly usage: (calls: { readonly used: number; readonly limit: number }) => void;
  readonly clock: Clock;
  readonly log: Log;
}
