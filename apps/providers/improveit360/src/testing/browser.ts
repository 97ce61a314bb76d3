import { createHash, randomBytes } from 'node:crypto';
import { beginConsent, consentCookie } from '@occ-hub/contracts';
import type { TestHub } from '@occ-hub/provider-kit/testing';

/** What a person sees at the end of their way. */
export interface Page {
  readonly status: number;
  /** Its text without the markup. */
  readonly text: string;
  readonly html: string;
}

/** A person's browser: it has the cookie of the session that began the consent, and follows pages by hand. */
export interface Browser {
  readonly secret: string;
  /** Begins a consent, as the org admin's press on Authorize does; gives the address of Salesforce's page. */
  begin(connection: string): Promise<string>;
  /** Opens Salesforce's page and presses a button; gives the address of the callback. */
  press(decision: 'allow' | 'deny', consentUrl: string): Promise<string>;
  /** Comes back to the hub. */
  open(url: string): Promise<Page>;
}

export function openBrowser(hub: Pick<TestHub, 'ask' | 'org'>): Browser {
  const secret = randomBytes(32).toString('base64url');
  return {
    secret,
    async begin(connection) {
      const browser = createHash('sha256').update(secret).digest('hex');
      return (await hub.ask(beginConsent, { org: hub.org, connection, browser })).url;
    },
    async press(decision, consentUrl) {
      const page = await (await fetch(consentUrl, { redirect: 'manual' })).text();
      const fields = Object.fromEntries(
        [...page.matchAll(/<input[^>]*>/g)].map(([tag]) => [
          /name="([^"]*)"/.exec(tag)?.[1],
          /value="([^"]*)"/.exec(tag)?.[1],
        ]),
      );
      const form = new URLSearchParams({
        ticket: fields['ticket'] ?? '',
        username: fields['username'] ?? '',
        decision,
      });
      const action = new URL(/action="([^"]*)"/.exec(page)?.[1] ?? '/_consent', consentUrl);
      const answer = await fetch(action, { method: 'POST', body: form, redirect: 'manual' });
      return answer.headers.get('location') ?? '';
    },
    async open(url) {
      const answer = await fetch(url, { headers: { cookie: `${consentCookie}=${secret}` }, redirect: 'manual' });
      const html = await answer.text();
      const text = html
        .replace(/<style[\s\S]*?<\/style>/g, ' ')
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim();
      return { status: answer.status, text, html };
    },
  };
}

/** The whole way of somebody who presses Allow. */
export async function allow(hub: Pick<TestHub, 'ask' | 'org'>, connection: string): Promise<Page> {
  const browser = openBrowser(hub);
  return browser.open(await browser.press('allow', await browser.begin(connection)));
}
