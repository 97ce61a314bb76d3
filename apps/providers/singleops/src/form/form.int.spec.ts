import { LeadSubmitted } from '@occ-hub/contracts';
import { type SoHub, openSoHub } from '../testing/so-hub.ts';
import { eventually } from '@occ-hub/provider-kit/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serversOfThisRun } from '../testing/servers.ts';
import { longestMs } from './ticket.ts';

let hub: SoHub;
let address: string;
const clock = { aheadMs: 0 };
beforeAll(async () => {
  hub = await openSoHub(serversOfThisRun(), () => Date.now() + clock.aheadMs);
  await hub.set({ form_sites: ['https://www.example.com'], form_title: 'Ask <Fernhill>', form_source: 'Phone' });
  address = hub.at(`/form?key=${await hub.key('form')}`);
});
afterAll(() => hub.close());
// Every test is somebody at another address, so that they do not share what one address may send.
let visitor = 0;
beforeEach(() => {
  visitor += 1;
});

async function page(init: RequestInit = {}) {
  const headers = { 'x-forwarded-for': `203.0.113.${visitor}`, ...(init.headers as Record<string, string>) };
  const answer = await fetch(address, { ...init, headers });
  const html = await answer.text();
  const ticket = /name="form_ticket" value="([^"]+)"/.exec(html)?.[1] ?? '';
  return { status: answer.status, headers: answer.headers, html, ticket };
}
const send = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  page({
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(fields).toString(),
  });
let people = 0;
const person = (changes = {}) => {
  people += 1;
  return {
    first_name: 'Wim',
    last_name: `Toll ${people}`,
    email: `wim${people}@example.com`,
    notes: 'A "big" oak & <two> birches',
    ...changes,
  };
};
/** A form that was open as long as a person needs. */
async function opened(): Promise<string> {
  const { ticket } = await page();
  clock.aheadMs += 5_000;
  return ticket;
}
const leadsOf = (email: string) =>
  hub.company.control
    .received('jobs')
    .filter(({ params }) => (params['portal_lead'] as { email?: string } | undefined)?.email === email);
const kept = () => hub.database.collection('deliveries').countDocuments({ 'event.data.door': 'form' });

describe('the form', () => {
  it('is a page without script that named sites alone may show', async () => {
    const { status, headers, html } = await page();
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(html).not.toMatch(/<script|\son\w+=|javascript:/i);
    expect(html).toContain('Ask &lt;Fernhill&gt;');
    const policy = headers.get('content-security-policy')!;
    expect(policy).toMatch(/frame-ancestors https:\/\/www\.example\.com(;|$)/);
    expect(policy).toMatch(/default-src 'none'/);
    expect([headers.get('cache-control'), headers.get('referrer-policy')]).toEqual(['no-store', 'no-referrer']);
  });

  it('has a label for every field that people see, and says the key nowhere', async () => {
    const { html } = await page();
    const ids = [...html.matchAll(/<(?:input|textarea)[^>]*\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.length).toBeGreaterThan(9);
    for (const id of ids) expect(html).toContain(`<label for="${id}">`);
    expect(html).not.toContain(new URL(address).searchParams.get('key'));
  });

  it('may be shown nowhere where no site is named', async () => {
    await hub.set({ form_title: 'Ask <Fernhill>', form_source: 'Phone' });
    expect((await page()).headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/);
    await hub.set({ form_sites: ['https://www.example.com'], form_title: 'Ask <Fernhill>', form_source: 'Phone' });
  });

  it('asks for a key that was made for it', async () => {
    const other = hub.at(`/form?key=${await hub.key('leads')}`);
    for (const [url, status] of [
      [other, 403],
      [hub.at('/form'), 401],
    ] as const) {
      const answer = await fetch(url);
      expect([answer.status, await answer.text()]).toEqual([status, expect.stringMatching(/<h1>Sorry.*not open/)]);
      expect(answer.headers.get('content-security-policy')).toMatch(/frame-ancestors \*/);
    }
  });
});

describe('a form that is sent', () => {
  it('becomes a lead at SingleOps, with the form’s own source, and people are thanked at once', async () => {
    const form_ticket = await opened();
    const who = person({ state: 'Georgia' });
    const { status, html } = await send({ ...who, form_ticket });
    expect([status, html]).toEqual([200, expect.stringContaining('Thank you')]);
    const [sent] = await eventually(
      () => leadsOf(who.email),
      (list) => list.length > 0,
    );
    expect(sent!.params).toMatchObject({
      job: {
        custom_field_values: [{ custom_input_id: 501, value: 'Phone' }],
        notes: expect.stringContaining(who.notes),
      },
      portal_lead: { last_name: who.last_name, bill_addr_state: 'GA' },
    });
    const submitted = await hub.database.collection('deliveries').findOne({ 'event.data.variables.email': who.email });
    expect(submitted).toMatchObject({
      eventType: LeadSubmitted.type,
      event: { data: { crm: 'singleops', door: 'form' } },
    });
  });

  it('is one lead when it is sent twice, and another when something was put right', async () => {
    const form_ticket = await opened();
    const who = person();
    await Promise.all([send({ ...who, form_ticket }), send({ ...who, form_ticket })]);
    await send({ ...who, form_ticket });
    await eventually(
      () => leadsOf(who.email),
      (list) => list.length > 0,
    );
    const before = await kept();
    await send({ ...who, form_ticket });
    expect(await kept()).toBe(before);
    await send({ ...who, form_ticket, notes: 'No: three birches' });
    expect(await kept()).toBe(before + 1);
  });

  it('says beside each field what is wrong with it, keeps what was typed, and is taken when that is put right', async () => {
    const form_ticket = await opened();
    const before = await kept();
    const wrong = await send({ ...person({ email: 'wim at "example"', state: 'Somewhere' }), form_ticket });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toMatch(
      /id="f-email"[^>]*aria-describedby="hint-contact f-email-fault"[^>]*aria-invalid="true"/,
    );
    expect(wrong.html).toMatch(/id="f-state-fault"/);
    expect(wrong.html).toContain('value="wim at &quot;example&quot;"');
    expect(wrong.html).toContain('A &quot;big&quot; oak &amp; &lt;two&gt; birches</textarea>');
    expect(await kept()).toBe(before);
    clock.aheadMs += 5_000;
    expect((await send({ ...person(), form_ticket: wrong.ticket })).status).toBe(200);
    expect(await kept()).toBe(before + 1);
  });

  it.each([
    ['at once', 500],
    ['after hours', longestMs + 1],
  ])('is asked again when it comes %s, with what was typed kept', async (_when, afterMs) => {
    const { ticket } = await page();
    const before = await kept();
    clock.aheadMs += afterMs;
    const who = person();
    const again = await send({ ...who, form_ticket: ticket });
    expect([again.status, again.html]).toEqual([422, expect.stringContaining(`value="${who.email}"`)]);
    expect(await kept()).toBe(before);
    clock.aheadMs += 5_000;
    expect((await send({ ...who, form_ticket: again.ticket })).status).toBe(200);
    expect(await kept()).toBe(before + 1);
  });

  it.each([
    ['without a ticket', () => ''],
    ['with an invented one', () => Buffer.from('{"form_id":"x"}').toString('base64url')],
    [
      'with one that was changed',
      (good: string) => `${good.slice(0, 40)}${good[40] === 'A' ? 'B' : 'A'}${good.slice(41)}`,
    ],
  ])('is asked again %s', async (_what, of) => {
    const form_ticket = of(await opened());
    const before = await kept();
    expect((await send({ ...person(), form_ticket })).status).toBe(422);
    expect(await kept()).toBe(before);
  });

  it('is not taken from a page of another site', async () => {
    const form_ticket = await opened();
    const before = await kept();
    expect((await send({ ...person(), form_ticket }, { 'sec-fetch-site': 'cross-site' })).status).toBe(422);
    expect((await send({ ...person(), form_ticket }, { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect(await kept()).toBe(before + 1);
  });

  it('by a robot that fills in everything is thanked and goes nowhere', async () => {
    const form_ticket = await opened();
    const before = await kept();
    const { status, html } = await send({ ...person(), form_ticket, website: 'https://spam.example' });
    expect([status, html]).toEqual([200, expect.stringContaining('Thank you')]);
    expect(await kept()).toBe(before);
  });

  it('too often from one address is stopped with a page that says so; looking at it, and others, are not', async () => {
    const form_ticket = await opened();
    const statuses = [];
    for (let sent = 0; sent < 12; sent++) statuses.push((await send({ ...person(), form_ticket })).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
    const stopped = await send({ ...person(), form_ticket });
    expect([stopped.status, stopped.html]).toEqual([429, expect.stringMatching(/<h1>Sorry.*wait a minute/)]);
    expect((await page()).status).toBe(200);
    visitor += 100;
    expect((await send({ ...person(), form_ticket })).status).toBe(200);
  });

  it('with a card number is refused without a word of it', async () => {
    const form_ticket = await opened();
    const before = await kept();
    const { status, html } = await send({ ...person({ notes: 'Take 4111-1111-1111-1111' }), form_ticket });
    expect([status, html]).toEqual([422, expect.stringMatching(/<h1>Sorry.*card number/)]);
    expect(html).not.toContain('4111');
    expect(await kept()).toBe(before);
  });
});
