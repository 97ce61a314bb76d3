interface Grant {
  user: string;
  expiresAt: number;
}

/** The tokens given out. An access token is good until its time has passed or it was expired by hand. */
export class Tokens {
  readonly #now: () => number;
  readonly #newToken: () => string;
  readonly #access = new Map<string, Grant>();
  readonly #refresh = new Map<string, string>();

  constructor(now: () => number, newToken: () => string) {
    this.#now = now;
    this.#newToken = newToken;
  }

  /** A new pair; with `alone` the user's earlier access tokens end. */
  issue(user: string, expiresInSeconds: number, alone: boolean): { access: string; refresh: string } {
    for (const [token, grant] of this.#access) {
      if (grant.expiresAt <= this.#now() || (alone && grant.user === user)) this.#access.delete(token);
    }
    const access = this.#newToken();
    const refresh = this.#newToken();
    this.#access.set(access, { user, expiresAt: this.#now() + expiresInSeconds * 1000 });
    this.#refresh.set(refresh, user);
    return { access, refresh };
  }

  /** The user of a refresh token, which is used up by this; null when it is not known. */
  redeem(refresh: string): string | null {
    const user = this.#refresh.get(refresh) ?? null;
    this.#refresh.delete(refresh);
    return user;
  }

  /** The user behind an Authorization header; null when there is none, it is unknown or it has expired. */
  userOf(authorization: string | undefined): string | null {
    const token = authorization && /^bearer\s+(\S+)\s*$/i.exec(authorization)?.[1];
    const grant = token ? this.#access.get(token) : undefined;
    return grant && grant.expiresAt > this.#now() ? grant.user : null;
  }

  /** Ends every access token; with `refreshToo` refresh tokens are forgotten as well. */
  expireAll(refreshToo: boolean): void {
    this.#access.clear();
    if (refreshToo) this.#refresh.clear();
  }
}
