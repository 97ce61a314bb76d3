import { check } from '../check.ts';
import { type Office, connectionPath } from '../office.ts';

/** A page as a person reads it. */
interface Page {
  readonly status: number;
  readonly heading: string;
  readonly text: string;
}

/** Presses Authorize in OCC, then a button on Salesforce's page, and reads the page at the end of the way. */
export async function authorizeInBrowser(office: Office, decision: 'allow' | 'deny'): Promise<Page> {
  const { url, cookie } = await pressAuthorize(office);
  const consentPage = await (await fetch(url, { redirect: 'manual' })).text();
  const field = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(consentPage)?.[1] ?? '';
  const form = new URLSearchParams({ ticket: field('ticket'), username: field('username'), decision });
  const pressed = await fetch(new URL('/_consent', url), { method: 'POST', body: form, redirect: 'manual' });
  const back = pressed.headers.get('location');
  check(back !== null, 'Salesforce to send the browser back');
  return open(back, cookie);
}

async function pressAuthorize(office: Office): Promise<{ url: string; cookie: string }> {
  const answer = await fetch(`${office.core}${connectionPath(office)}/consent`, {
    method: 'POST',
    headers: { authorization: `Bearer ${office.admin.token}` },
  });
  const { url, detail } = (await answer.json()) as { url?: string; detail?: string };
  if (url === undefined) throw new Error(detail ?? `no consent page: ${answer.status}`);
  return { url, cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' };
}

async function open(url: string, cookie: string): Promise<Page> {
  const answer = await fetch(url, { headers: { cookie } });
  const html = await answer.text();
  const plain = (markup: string) =>
    markup
      .replace(/<style[\s\S]*?<\/style>/g, ' ')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
  return {
    status: answer.status,
    heading: plain(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(html)?.[1] ?? ''),
    text: plain(html),
  };
}
