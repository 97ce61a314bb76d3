import { createHash, randomBytes } from 'node:crypto';

/** How the server behaves; may be changed at any time. */
export interface ConsentServerMood {
  /** Each refresh gives a new refresh token, and using an old one again ends the grant. */
  rotates: boolean;
  /** What a refresh waits for. A second one with the same refresh token meanwhile is refused. */
  takes: (() => Promise<void>) | undefined;
  /** Answers every token call with this instead. */
  broken: { readonly status: number; readonly body: string } | undefined;
  /** Whom the person belongs to who allows next. */
  company: string;
  /** Gives a refresh token at all. */
  offline: boolean;
  /** Fails to revoke. */
  revokeFails: boolean;
  /** Called after a token call was decided and before it is answered. */
  beforeAnswer: (() => Promise<void> | void) | undefined;
}

/** A mood in which everything goes well. */
export function goodMood(): ConsentServerMood {
  return {
    ...{ rotates: false, takes: undefined, broken: undefined, company: 'company-1' },
    ...{ offline: true, revokeFails: false, beforeAnswer: undefined },
  };
}

interface Code {
  readonly challenge: string | null;
  readonly redirectUri: string;
}

interface GivenGrant {
  refreshToken: string;
  readonly used: Set<string>;
  accessToken: string;
  ended: boolean;
  busy: boolean;
}

/** Status and body. */
export type TokenReply = readonly [number, object | string];

const secretText = () => randomBytes(12).toString('base64url');
const refusal = (error: string, description: string): TokenReply => [400, { error, error_description: description }];

/** Codes, tokens and their rules, as RFC 6749, 7009 and 7636 have them, and the refusals as vendors word them. */
export class ConsentTokens {
  readonly app = { id: 'key-of-the-app', secret: 'secret-of-the-app' };
  readonly mood = goodMood();
  /** Grant types asked for so far, in order; `revoke` for a revocation. */
  readonly calls: string[] = [];
  readonly #codes = new Map<string, Code>();
  readonly #grants: GivenGrant[] = [];

  /** A code for whoever allowed; ends with signs that have to be encoded in an address. */
  newCode(code: Code): string {
    const text = `${secretText()}==`;
    this.#codes.set(text, code);
    return text;
  }

  async token(form: URLSearchParams, instanceUrl: string): Promise<TokenReply> {
    const kind = form.get('grant_type') ?? '';
    this.calls.push(kind);
    const { broken } = this.mood;
    if (broken) return [broken.status, broken.body];
    if (form.get('client_id') !== this.app.id) return refusal('invalid_client_id', 'client identifier invalid');
    if (form.get('client_secret') !== this.app.secret) return refusal('invalid_client', 'invalid client credentials');
    if (kind === 'authorization_code') return this.#exchange(form, instanceUrl);
    if (kind === 'refresh_token') return this.#refresh(form, instanceUrl);
    return refusal('unsupported_grant_type', 'grant type not supported');
  }

  revoke(form: URLSearchParams): TokenReply {
    this.calls.push('revoke');
    if (this.mood.revokeFails) return [503, 'down'];
    const grant = this.#grants.find(({ refreshToken, ended }) => !ended && refreshToken === form.get('token'));
    if (!grant) return [400, 'error=invalid_token&error_description=invalid+token'];
    grant.ended = true;
    return [200, ''];
  }

  accepts(token: string): boolean {
    return token !== '' && this.#grants.some(({ accessToken, ended }) => !ended && accessToken === token);
  }

  expireAccess(): void {
    for (const grant of this.#grants) grant.accessToken = '';
  }

  endGrants(): void {
    for (const grant of this.#grants) grant.ended = true;
  }

  #exchange(form: URLSearchParams, instanceUrl: string): TokenReply {
    const code = this.#codes.get(form.get('code') ?? '');
    this.#codes.delete(form.get('code') ?? '');
    if (!code) return refusal('invalid_grant', 'expired authorization code');
    if (code.redirectUri !== form.get('redirect_uri')) return refusal('redirect_uri_mismatch', 'must match');
    const verifier = form.get('code_verifier') ?? '';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    if (code.challenge !== null && code.challenge !== challenge) return refusal('invalid_grant', 'wrong verifier');
    const grant = { refreshToken: '', used: new Set<string>(), accessToken: '', ended: false, busy: false };
    this.#grants.push(grant);
    return this.#give(grant, instanceUrl);
  }

  async #refresh(form: URLSearchParams, instanceUrl: string): Promise<TokenReply> {
    const token = form.get('refresh_token') ?? '';
    const grant = this.#grants.find((each) => each.refreshToken === token || each.used.has(token));
    if (grant?.used.has(token)) grant.ended = true;
    if (!grant || grant.ended) return refusal('invalid_grant', 'expired access/refresh token');
    if (grant.busy) return refusal('invalid_grant', 'token request is already being processed');
    grant.busy = true;
    await this.mood.takes?.();
    grant.busy = false;
    return this.#give(grant, instanceUrl);
  }

  #give(grant: GivenGrant, instanceUrl: string): TokenReply {
    grant.accessToken = secretText();
    const renewed = this.mood.rotates || grant.refreshToken === '';
    if (renewed) {
      if (grant.refreshToken !== '') grant.used.add(grant.refreshToken);
      grant.refreshToken = secretText();
    }
    const answer = { access_token: grant.accessToken, token_type: 'Bearer', instance_url: instanceUrl };
    const { company } = this.mood;
    return [
      200,
      { ...answer, company, ...(renewed && this.mood.offline ? { refresh_token: grant.refreshToken } : {}) },
    ];
  }
}
