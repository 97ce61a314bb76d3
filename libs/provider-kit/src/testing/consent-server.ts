import { createHash, randomBytes } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** How the server behaves; may be changed at any time. */
export interface ConsentServerMood {
  /** Each refresh gives a new refresh token, and using an old one again ends the grant. */
  rotates: boolean;
  /** How long a token call takes. A second one with the same refresh token meanwhile is refused. */
  tokenMs: number;
  /** Answers every token call with this instead. */
  broken: { readonly status: number; readonly body: string } | undefined;
  /** Gives a refresh token at all. */
  offline: boolean;
  /** Fails to revoke. */
  revokeFails: boolean;
  /** Called after a token call was decided and before it is answered. */
  beforeAnswer: (() => Promise<void> | void) | undefined;
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

/** An OAuth 2.0 server of the authorization-code flow, with a person who allows or denies. Knows one app. */
export interface TestConsentServer {
  readonly url: string;
  readonly app: { readonly id: string; secret: string };
  readonly mood: ConsentServerMood;
  /** Callbacks that the app is registered with. */
  readonly callbacks: Set<string>;
  /** Grant types asked for so far, in order; `revoke` for a revocation. */
  readonly calls: string[];
  /** The person presses Allow on the page at this address: gives where the browser is sent. */
  allow(page: string): URL;
  deny(page: string): URL;
  /** True while the API takes this access token. */
  accepts(accessToken: string): boolean;
  /** Access tokens end, as they do by age. */
  expireAccess(): void;
  /** The administrator takes the access away. */
  endGrants(): void;
  stop(): Promise<void>;
}

const secretText = () => randomBytes(12).toString('base64url');

/** Starts the server on a free port. Its API is `GET /me`. */
export async function startConsentServer(): Promise<TestConsentServer> {
  const app = { id: 'key-of-the-app', secret: 'secret-of-the-app' };
  const mood: ConsentServerMood = {
    rotates: false,
    tokenMs: 0,
    broken: undefined,
    offline: true,
    revokeFails: false,
    beforeAnswer: undefined,
  };
  const callbacks = new Set<string>();
  const calls: string[] = [];
  const codes = new Map<string, Code>();
  const grants: GivenGrant[] = [];
  let url = '';

  function give(grant: GivenGrant): [number, object] {
    grant.accessToken = secretText();
    const renewed = mood.rotates || grant.refreshToken === '';
    if (renewed) {
      if (grant.refreshToken !== '') grant.used.add(grant.refreshToken);
      grant.refreshToken = secretText();
    }
    return [
      200,
      {
        access_token: grant.accessToken,
        token_type: 'Bearer',
        instance_url: `${url}/api`,
        issued_at: '1795167600123',
        ...(renewed && mood.offline ? { refresh_token: grant.refreshToken } : {}),
      },
    ];
  }

  const refusal = (error: string, description: string): [number, object] => [
    400,
    { error, error_description: description },
  ];

  function exchange(form: URLSearchParams): [number, object] {
    const code = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    if (!code) return refusal('invalid_grant', 'expired authorization code');
    if (code.redirectUri !== form.get('redirect_uri'))
      return refusal('redirect_uri_mismatch', 'redirect_uri must match configuration');
    const verifier = form.get('code_verifier') ?? '';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    if (code.challenge !== null && code.challenge !== challenge)
      return refusal('invalid_grant', 'invalid code verifier');
    const grant = { refreshToken: '', used: new Set<string>(), accessToken: '', ended: false, busy: false };
    grants.push(grant);
    return give(grant);
  }

  async function refresh(form: URLSearchParams): Promise<[number, object]> {
    const token = form.get('refresh_token') ?? '';
    const grant = grants.find((each) => each.refreshToken === token || each.used.has(token));
    if (grant?.used.has(token)) grant.ended = true;
    if (!grant || grant.ended) return refusal('invalid_grant', 'expired access/refresh token');
    if (grant.busy) return refusal('invalid_grant', 'token request is already being processed');
    grant.busy = true;
    await sleep(mood.tokenMs);
    grant.busy = false;
    return give(grant);
  }

  async function token(form: URLSearchParams): Promise<[number, object | string]> {
    const kind = form.get('grant_type') ?? '';
    calls.push(kind);
    if (mood.broken) return [mood.broken.status, mood.broken.body];
    if (form.get('client_id') !== app.id) return refusal('invalid_client_id', 'client identifier invalid');
    if (form.get('client_secret') !== app.secret) return refusal('invalid_client', 'invalid client credentials');
    if (kind === 'authorization_code') return exchange(form);
    if (kind === 'refresh_token') return refresh(form);
    return refusal('unsupported_grant_type', 'grant type not supported');
  }

  function revoke(form: URLSearchParams): [number, string] {
    calls.push('revoke');
    if (mood.revokeFails) return [503, 'down'];
    const grant = grants.find(({ refreshToken, ended }) => !ended && refreshToken === form.get('token'));
    if (!grant) return [400, 'error=invalid_token&error_description=invalid+token'];
    grant.ended = true;
    return [200, ''];
  }

  function mistakeOf(page: URL): string | undefined {
    if (page.searchParams.get('client_id') !== app.id) return 'error=invalid_client_id: client identifier invalid';
    if (!callbacks.has(page.searchParams.get('redirect_uri') ?? '')) return 'error=redirect_uri_mismatch';
    return undefined;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = new URL(request.url ?? '/', url);
    const send = (status: number, body: object | string, type = 'application/json') =>
      response.writeHead(status, { 'content-type': type }).end(typeof body === 'string' ? body : JSON.stringify(body));
    if (asked.pathname === '/authorize') {
      const mistake = mistakeOf(asked);
      return void send(mistake ? 400 : 200, `<html>${mistake ?? 'Allow?'}</html>`, 'text/html');
    }
    if (asked.pathname === '/me') {
      const bearer = (request.headers.authorization ?? '').replace('Bearer ', '');
      return void send(server.accepts(bearer) ? 200 : 401, {});
    }
    const form = new URLSearchParams(await textOf(request));
    const [status, body] = asked.pathname === '/revoke' ? revoke(form) : await token(form);
    await mood.beforeAnswer?.();
    send(status, body);
  }

  const http = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;

  const backTo = (page: string, facts: Record<string, string>): URL => {
    const asked = new URL(page);
    const mistake = mistakeOf(asked);
    if (mistake) throw new Error(`The page shows: ${mistake}`);
    const back = new URL(asked.searchParams.get('redirect_uri')!);
    back.search = new URLSearchParams({ ...facts, state: asked.searchParams.get('state') ?? '' }).toString();
    return back;
  };
  const server: TestConsentServer = {
    ...{ url, app, mood, callbacks, calls },
    allow(page) {
      const asked = new URL(page).searchParams;
      const code = `${secretText()}==`;
      codes.set(code, { challenge: asked.get('code_challenge'), redirectUri: asked.get('redirect_uri')! });
      return backTo(page, { code });
    },
    deny: (page) => backTo(page, { error: 'access_denied', error_description: 'end-user denied authorization' }),
    accepts: (token) => token !== '' && grants.some(({ accessToken, ended }) => !ended && accessToken === token),
    expireAccess: () => grants.forEach((grant) => (grant.accessToken = '')),
    endGrants: () => grants.forEach((grant) => (grant.ended = true)),
    async stop() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return server;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
