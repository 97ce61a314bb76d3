import { HubError, isHubError } from '@occ-hub/errors';
import {
  ClientSecretPost,
  Configuration,
  type CustomFetch,
  type TokenEndpointResponse,
  allowInsecureRequests,
  authorizationCodeGrant,
  customFetch,
  refreshTokenGrant,
  tokenRevocation,
} from 'openid-client';
import type { ConsentFault } from '../consent.ts';
import { type VendorName, refusedStatus, retryAfter } from '../http/classify.ts';
import type { VendorAnswer } from '../http/vendor-io.ts';
import type { VendorSender } from '../http/vendor-sender.ts';
import type { OAuthApp } from './app-of.ts';
import { faultIn } from './fault-in.ts';

/** What a token call brought. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  readonly facts: Readonly<Record<string, string>>;
}

/** Tokens, or the refusal of the vendor's OAuth server. */
export type TokenAnswer = { readonly tokens: Tokens } | { readonly fault: ConsentFault };

/** Calls to the vendor's OAuth server. All fail as `transient` when no answer came that says anything. */
export interface TokenCalls {
  /** Exchanges the code that came to the callback. */
  exchange(came: URL, checks: { state: string; verifier: string | undefined }): Promise<TokenAnswer>;
  refresh(refreshToken: string): Promise<TokenAnswer>;
  /** Gives a token back. One that the vendor does not know is given back already. */
  revoke(token: string): Promise<void>;
}

export interface TokenCallParts {
  readonly app: OAuthApp;
  readonly vendor: VendorName;
  /** The calls are no part of the vendor's budget for the API, so they do not wait in it. */
  readonly sender: Pick<VendorSender, 'send'>;
  /** Fields of the answer to keep. */
  readonly keep: readonly string[];
}

const timeoutMs = 15_000;

/** Codes by which OAuth servers say that the fault is theirs, and passes. */
const passing = new Set(['temporarily_unavailable', 'server_error', 'unknown_error']);

export function createTokenCalls({ app, vendor, sender, keep }: TokenCallParts): TokenCalls {
  const exchangeOver = (work: (config: Configuration) => Promise<TokenEndpointResponse>, refreshing: boolean) =>
    ask(work, (response) => ({ tokens: tokensOf(response, refreshing) }));

  /** One call, one configuration: what was answered is judged here, not by the library's words. */
  async function ask<Response, Result>(
    work: (config: Configuration) => Promise<Response>,
    read: (response: Response) => Result,
  ): Promise<Result | { fault: ConsentFault }> {
    let heard: VendorAnswer | undefined;
    let failed: unknown;
    const config = configurationOf(app, async (url, call) => {
      try {
        heard = await sender.send({ ...sendable(url, call), writes: false, timeoutMs, shown: shownOf(call.body) });
      } catch (error) {
        failed = error;
        throw error;
      }
      return new Response(heard.text === '' ? null : heard.text, {
        status: heard.status,
        headers: { 'content-type': heard.headers['content-type'] ?? '' },
      });
    });
    try {
      return read(await work(config));
    } catch (error) {
      if (isHubError(failed)) throw failed;
      const fault = heard && faultIn(heard);
      if (heard && fault && passing.has(fault.error)) throw notNow(heard, fault.error);
      if (fault) return { fault };
      throw heard ? unknownAnswer(heard, error) : error;
    }
  }

  function tokensOf(response: TokenEndpointResponse, refreshing: boolean): Tokens {
    const named = keep.flatMap((name) => (typeof response[name] === 'string' ? [[name, response[name]] as const] : []));
    if (!refreshing && named.length < keep.length) throw new TypeError('a field that is needed is missing');
    return {
      accessToken: response.access_token,
      refreshToken: response.refresh_token,
      facts: Object.fromEntries(named),
    };
  }

  function notNow(answer: VendorAnswer, error: string): HubError {
    const message = `${vendor.title} cannot give access at the moment (${error}). The hub tries again by itself.`;
    return new HubError({ kind: 'transient', code: `${vendor.id}.token.not-now`, message, ...retryAfter(answer) });
  }

  function unknownAnswer(answer: VendorAnswer, cause: unknown): HubError {
    const judged = refusedStatus(answer, vendor, false);
    if (judged.kind === 'transient' && answer.status >= 400) return judged;
    const message = `${vendor.title} answered the hub's request for access with something unknown (${answer.status}). The hub tries again by itself; if it stays so, look at ${vendor.title}'s status page.`;
    return new HubError({ kind: 'transient', code: `${vendor.id}.token.unknown-answer`, message, cause });
  }

  return {
    exchange: (came, { state, verifier }) =>
      exchangeOver((config) => {
        const checks = verifier === undefined ? {} : { pkceCodeVerifier: verifier };
        return authorizationCodeGrant(config, came, { expectedState: state, ...checks });
      }, false),
    refresh: (refreshToken) => exchangeOver((config) => refreshTokenGrant(config, refreshToken), true),
    async revoke(token) {
      const answer = await ask(
        (config) => tokenRevocation(config, token),
        () => undefined,
      );
      if (answer === undefined || answer.fault.error === 'invalid_token') return;
      const message = `${vendor.title} did not take its access back (${answer.fault.error}).`;
      throw new HubError({ kind: 'rejected', code: `${vendor.id}.token.not-revoked`, message });
    },
  };
}

function configurationOf({ id, secret, server }: OAuthApp, fetch: CustomFetch): Configuration {
  const config = new Configuration(
    {
      issuer: server.issuer,
      authorization_endpoint: server.authorizeUrl,
      token_endpoint: server.tokenUrl,
      revocation_endpoint: server.revokeUrl,
    },
    id,
    undefined,
    ClientSecretPost(secret),
  );
  config[customFetch] = fetch;
  // Simulators speak plain http; a vendor's address never does.
  if (server.tokenUrl.startsWith('http:')) allowInsecureRequests(config);
  return config;
}

type Call = Parameters<CustomFetch>[1];

function sendable(url: string, { method, headers, body }: Call) {
  return { url, method: method as 'POST', headers, body: String(body ?? '') };
}

/** The kind of grant: everything else in such a body is secret. */
function shownOf(body: Call['body']): string {
  const grant = new URLSearchParams(String(body ?? '')).get('grant_type');
  return grant === null ? '' : `grant_type=${grant}`;
}
