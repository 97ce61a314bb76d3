import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ConsentServerMood, ConsentTokens } from './consent-tokens.ts';

/** An OAuth 2.0 server of the authorization-code flow, with a person who allows or denies. Knows one app. */
export interface TestConsentServer {
  readonly url: string;
  readonly app: { readonly id: string; secret: string };
  readonly mood: ConsentServerMood;
  /** Callbacks that the app is registered with. */
  readonly callbacks: Set<string>;
  /** Grant types asked for so far, in order; `revoke` for a revocation. */
  readonly calls: readonly string[];
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

/** Starts the server on a free port. Its API is `GET /me`. */
export async function startConsentServer(): Promise<TestConsentServer> {
  const tokens = new ConsentTokens();
  const callbacks = new Set<string>();
  let url = '';

  function mistakeOf(page: URL): string | undefined {
    if (page.searchParams.get('client_id') !== tokens.app.id) return 'error=invalid_client_id';
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
      return void send(tokens.accepts(bearer) ? 200 : 401, {});
    }
    const form = new URLSearchParams(await textOf(request));
    const revoking = asked.pathname === '/revoke';
    const [status, body] = revoking ? tokens.revoke(form) : await tokens.token(form, `${url}/api`);
    await tokens.mood.beforeAnswer?.();
    send(status, body);
  }

  /** Where a person's decision sends the browser; a page that shows a mistake sends it nowhere. */
  function backFrom(page: string, facts: Readonly<Record<string, string>>): URL {
    const asked = new URL(page);
    const mistake = mistakeOf(asked);
    if (mistake) throw new Error(`The page shows: ${mistake}`);
    const back = new URL(asked.searchParams.get('redirect_uri')!);
    back.search = new URLSearchParams({ ...facts, state: asked.searchParams.get('state') ?? '' }).toString();
    return back;
  }

  const http = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  return {
    ...{ url, callbacks, app: tokens.app, mood: tokens.mood, calls: tokens.calls },
    allow(page) {
      const asked = new URL(page).searchParams;
      const redirectUri = asked.get('redirect_uri') ?? '';
      return backFrom(page, { code: tokens.newCode({ challenge: asked.get('code_challenge'), redirectUri }) });
    },
    deny: (page) => backFrom(page, { error: 'access_denied', error_description: 'end-user denied authorization' }),
    accepts: (token) => tokens.accepts(token),
    expireAccess: () => tokens.expireAccess(),
    endGrants: () => tokens.endGrants(),
    async stop() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
