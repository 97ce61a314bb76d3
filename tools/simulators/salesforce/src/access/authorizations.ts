import type { Clock } from '../clock.ts';
import type { AccessSettings, ConnectedApp } from './access-settings.ts';
import type { SalesforceUser } from './users.ts';

/** What a client asked for at the authorize endpoint, after it was checked. */
export interface AuthorizationRequest {
  app: ConnectedApp;
  redirectUri: string;
  state: string | undefined;
  scopes: string[];
  challenge: string | undefined;
  loginHint: string | undefined;
}

/** An approved request, waiting to be changed into tokens by its code. */
export interface ApprovedRequest extends AuthorizationRequest {
  user: SalesforceUser;
}

/** Requests that wait for a person, and codes that wait for their client. Both end after the life of a code. */
export class Authorizations {
  readonly #settings: AccessSettings;
  readonly #clock: Clock;
  readonly #newSecret: () => string;
  #waiting = new Map<string, { request: AuthorizationRequest; at: number }>();
  #codes = new Map<string, { approved: ApprovedRequest; at: number }>();

  constructor(parts: { settings: AccessSettings; clock: Clock; newSecret: () => string }) {
    this.#settings = parts.settings;
    this.#clock = parts.clock;
    this.#newSecret = parts.newSecret;
  }

  wait(request: AuthorizationRequest): string {
    this.#sweep();
    const ticket = this.#newSecret();
    this.#waiting.set(ticket, { request, at: this.#clock.now() });
    return ticket;
  }

  waiting(ticket: string): AuthorizationRequest | undefined {
    const found = this.#waiting.get(ticket);
    return found && this.#isFresh(found.at) ? found.request : undefined;
  }

  forget(ticket: string): void {
    this.#waiting.delete(ticket);
  }

  /** Codes end in `==`, which a client has to decode exactly once from the redirect. */
  approve(approved: ApprovedRequest): string {
    this.#sweep();
    const code = `aPrx${this.#newSecret()}==`;
    this.#codes.set(code, { approved, at: this.#clock.now() });
    return code;
  }

  /** Takes a code for good; undefined when it is unknown, used, too old or another app's. */
  redeem(code: string, app: ConnectedApp): ApprovedRequest | undefined {
    const found = this.#codes.get(code);
    if (!found || found.approved.app !== app) return undefined;
    this.#codes.delete(code);
    return this.#isFresh(found.at) ? found.approved : undefined;
  }

  clear(): void {
    this.#waiting.clear();
    this.#codes.clear();
  }

  #isFresh(at: number): boolean {
    return this.#clock.now() - at < this.#settings.codeMs;
  }

  #sweep(): void {
    for (const kept of [this.#waiting, this.#codes]) {
      for (const [key, { at }] of kept) if (!this.#isFresh(at)) kept.delete(key);
    }
  }
}
