/** What a token is good for. LeadPerfection attributes every write to the user behind it. */
export interface Grant {
  user: string;
  clientId: string;
  appKey: string;
  expiresAt: number;
}

const SWEEP_AT = 5000;

/** The access tokens given out. A token is valid until its time has passed by the machine's clock, or until expired by hand. */
export class Tokens {
  readonly #grants = new Map<string, Grant>();
  readonly #now: () => number;
  readonly #newToken: () => string;

  constructor(now: () => number, newToken: () => string) {
    this.#now = now;
    this.#newToken = newToken;
  }

  issue(grant: Omit<Grant, 'expiresAt'>, expiresInSeconds: number): string {
    if (this.#grants.size >= SWEEP_AT) this.#sweep();
    const token = this.#newToken();
    this.#grants.set(token, { ...grant, expiresAt: this.#now() + expiresInSeconds * 1000 });
    return token;
  }

  /** The grant behind an Authorization header; null when there is none, it is unknown or it has expired. */
  grantOf(authorization: string | undefined): Grant | null {
    const token = authorization && /^bearer\s+(\S+)\s*$/i.exec(authorization)?.[1];
    const grant = token ? this.#grants.get(token) : undefined;
    return grant && grant.expiresAt > this.#now() ? grant : null;
  }

  /** How many tokens would be accepted now. */
  valid(): number {
    return [...this.#grants.values()].filter((grant) => grant.expiresAt > this.#now()).length;
  }

  expireAll(): void {
    this.#grants.clear();
  }

  #sweep(): void {
    for (const [token, grant] of this.#grants) if (grant.expiresAt <= this.#now()) this.#grants.delete(token);
  }
}
