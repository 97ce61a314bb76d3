import { createHash, randomBytes } from 'node:crypto';
import { beginConsent, connectionHealth, consentCookie, saveSettings } from '@occ-hub/contracts';
import { type HubError, isHubError } from '@occ-hub/errors';
import { systemClock } from '@occ-hub/service';
import { consentCrm } from './consent-crm.ts';
import { type TestConsentServer, startConsentServer } from './consent-server.ts';
import { goodMood } from './consent-tokens.ts';
import { type Started, type TestHub, type TestServers, openTestHub } from './test-hub.ts';

/** A browser with a secret of its own. */
export interface TestBrowser {
  readonly cookie: string;
  /** SHA-256 of the secret. */
  readonly digest: string;
}

/** What came back from the callback. */
export interface CallbackPage {
  readonly status: number;
  readonly heading: string | undefined;
  readonly text: string;
  readonly headers: Headers;
}

const publicUrl = 'https://hub.example.test';
/** Where the invented CRM sends people back to. */
export const callbackUrl = `${publicUrl}/auth/consent-crm/callback`;

export function newBrowser(): TestBrowser {
  const secret = randomBytes(32).toString('base64url');
  return {
    cookie: `theme=dark; ${consentCookie}=${secret}`,
    digest: createHash('sha256').update(secret).digest('hex'),
  };
}

/** Two replicas of the invented CRM where people consent, its server, and one connection at a time. */
export class ConsentHub {
  readonly server: TestConsentServer;
  readonly hub: TestHub;
  readonly replicas: readonly Started[];
  readonly #clock: { aheadMs: number };
  connection = '';

  private constructor(parts: {
    server: TestConsentServer;
    hub: TestHub;
    replicas: readonly Started[];
    clock: { aheadMs: number };
  }) {
    this.server = parts.server;
    this.hub = parts.hub;
    this.replicas = parts.replicas;
    this.#clock = parts.clock;
  }

  static async open(servers: TestServers): Promise<ConsentHub> {
    const server = await startConsentServer();
    server.callbacks.add(callbackUrl);
    const clock = { aheadMs: 0 };
    const hub = await openTestHub(consentCrm, {
      servers,
      env: {
        CONSENT_URL: server.url,
        PUBLIC_URL: 'https://Hub.Example.test:443/',
        APP_URL: 'https://app.example.test/integrations',
      },
      clock: () => systemClock() + clock.aheadMs,
    });
    return new ConsentHub({ server, hub, clock, replicas: [await hub.start(), await hub.start()] });
  }

  get which() {
    return { org: this.hub.org, connection: this.connection };
  }

  get settings() {
    return { key: this.server.app.id, app_secret: this.server.app.secret };
  }

  /** A new connection with its settings saved, and everything in a good mood. */
  async fresh(): Promise<void> {
    this.#clock.aheadMs = 0;
    Object.assign(this.server.mood, goodMood());
    this.connection = `${this.hub.connection}-${randomBytes(3).toString('hex')}`;
    await this.save({});
  }

  save(changes: Readonly<Record<string, unknown>>) {
    return this.hub.ask(saveSettings, { ...this.which, settings: { ...this.settings, ...changes } });
  }

  async begin(browser = newBrowser()): Promise<{ url: string; expires_at: string } & TestBrowser> {
    return { ...(await this.hub.ask(beginConsent, { ...this.which, browser: browser.digest })), ...browser };
  }

  /** Opens the callback at one of the replicas, as the vendor's redirect would. */
  async come(back: URL, cookie?: string, { method = 'GET', at = 0 } = {}): Promise<CallbackPage> {
    const response = await fetch(`${this.replicas[at]!.url}/auth/consent-crm/callback${back.search}`, {
      method,
      headers: cookie === undefined ? {} : { cookie },
    });
    const text = await response.text();
    const heading = /<h1>(.*?)<\/h1>/.exec(text)?.[1];
    return { status: response.status, heading, text, headers: response.headers };
  }

  /** A person consents, in one browser, without a hitch. */
  async connect(): Promise<void> {
    const { url, cookie } = await this.begin();
    const { status, text } = await this.come(this.server.allow(url), cookie);
    if (status !== 200) throw new Error(`Not connected: ${text}`);
  }

  async state(): Promise<string> {
    return (await this.hub.ask(connectionHealth, this.which)).state;
  }

  later(ms: number): void {
    this.#clock.aheadMs += ms;
  }

  async close(): Promise<void> {
    await this.hub.close();
    await this.server.stop();
  }
}

/** The error that this work fails with, as it must. */
export async function failureOf(work: Promise<unknown>): Promise<HubError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (isHubError(error)) return error;
  throw new Error('It did not fail as it should.', { cause: error });
}
