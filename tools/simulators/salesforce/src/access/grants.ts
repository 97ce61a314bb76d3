import type { Clock } from '../clock.ts';
import type { AccessSettings, ConnectedApp } from './access-settings.ts';
import type { SalesforceUser } from './users.ts';

/** One approval of an app by a user, with every token that came of it. */
export interface Grant {
  id: number;
  app: ConnectedApp;
  user: SalesforceUser;
  scopes: string[];
  approvedAt: number;
  refreshedAt: number;
  /** How often it was refreshed. */
  refreshes: number;
  /** Why it ended; null while it is open. */
  ended: string | null;
  /** The refresh token that counts; null when the scope was not granted. */
  refreshToken: string | null;
  /** Refresh tokens that were replaced: using one again gives away that somebody holds a copy. */
  replaced: Set<string>;
  /** A refresh that is being worked on. */
  isRefreshing: boolean;
  /** Access tokens and when each was last used. */
  accessTokens: Map<string, number>;
}

/** The approvals of an org and the tokens that hang on them. */
export class Grants {
  readonly #settings: AccessSettings;
  readonly #clock: Clock;
  readonly #newSecret: () => string;
  #grants: Grant[] = [];
  #byAccessToken = new Map<string, Grant>();
  #byRefreshToken = new Map<string, Grant>();
  #lastId = 0;

  constructor(parts: { settings: AccessSettings; clock: Clock; newSecret: () => string }) {
    this.#settings = parts.settings;
    this.#clock = parts.clock;
    this.#newSecret = parts.newSecret;
  }

  /** Opens an approval; beyond the allowed number the oldest of the same user and app ends. */
  open(app: ConnectedApp, user: SalesforceUser, scopes: readonly string[]): Grant {
    const now = this.#clock.now();
    this.#lastId += 1;
    const grant: Grant = {
      id: this.#lastId,
      app,
      user,
      scopes: [...scopes],
      approvedAt: now,
      refreshedAt: now,
      refreshes: 0,
      ended: null,
      refreshToken: null,
      replaced: new Set(),
      isRefreshing: false,
      accessTokens: new Map(),
    };
    this.#grants.push(grant);
    if (scopes.includes('refresh_token') || scopes.includes('offline_access')) this.newRefreshToken(grant);
    const open = this.#grants.filter((one) => one.ended === null && one.app === app && one.user === user);
    for (const oldest of open.slice(0, -this.#settings.approvals)) this.end(oldest, 'one approval too many');
    return grant;
  }

  newRefreshToken(grant: Grant): string {
    if (grant.refreshToken !== null) grant.replaced.add(grant.refreshToken);
    const token = `5Aep861${this.#newSecret()}`;
    grant.refreshToken = token;
    this.#byRefreshToken.set(token, grant);
    return token;
  }

  newAccessToken(grant: Grant): string {
    const token = `${this.#settings.orgId.slice(0, 15)}!${this.#newSecret()}`;
    grant.accessTokens.set(token, this.#clock.now());
    this.#byAccessToken.set(token, grant);
    return token;
  }

  /** The open grant behind an access token, without counting it as a use. */
  ofAccessToken(token: string): Grant | undefined {
    const grant = this.#byAccessToken.get(token);
    const usedAt = grant?.accessTokens.get(token);
    if (!grant || usedAt === undefined || grant.ended !== null) return undefined;
    return this.#clock.now() - usedAt < grant.app.idleMs ? grant : undefined;
  }

  /** As `ofAccessToken`, and the token's idle time starts again. */
  use(token: string): Grant | undefined {
    const grant = this.ofAccessToken(token);
    grant?.accessTokens.set(token, this.#clock.now());
    return grant;
  }

  /** The grant behind a refresh token, current or replaced, open or ended. */
  ofRefreshToken(token: string): Grant | undefined {
    return this.#byRefreshToken.get(token);
  }

  /** Whether the app's refresh policy has ended the grant by now. */
  hasExpired(grant: Grant): boolean {
    const { afterMs, unusedForMs } = this.#settings.refreshExpiry;
    const now = this.#clock.now();
    if (afterMs !== undefined && now - grant.approvedAt >= afterMs) return true;
    return unusedForMs !== undefined && now - grant.refreshedAt >= unusedForMs;
  }

  /** Ends a grant for good, its access tokens with it. */
  end(grant: Grant, why: string): void {
    grant.ended ??= why;
    this.#dropAccessTokens(grant);
  }

  dropAccessToken(token: string): void {
    this.#byAccessToken.get(token)?.accessTokens.delete(token);
    this.#byAccessToken.delete(token);
  }

  /** Makes every access token useless; refresh tokens stay. */
  expireAccessTokens(): void {
    for (const grant of this.#grants) this.#dropAccessTokens(grant);
  }

  all(): readonly Grant[] {
    return this.#grants;
  }

  clear(): void {
    this.#grants = [];
    this.#byAccessToken = new Map();
    this.#byRefreshToken = new Map();
  }

  #dropAccessTokens(grant: Grant): void {
    for (const token of grant.accessTokens.keys()) this.#byAccessToken.delete(token);
    grant.accessTokens.clear();
  }
}
