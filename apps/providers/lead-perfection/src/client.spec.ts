import { isHubError } from '@occ-hub/errors';
import type { Login, VendorAnswer, VendorCall, VendorIo } from '@occ-hub/provider-kit';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { LeadPerfectionClient } from './client.ts';
import { Env } from './env.ts';
import { Settings } from './settings.ts';

const settings = Settings.parse({
  client_id: 'demo1',
  password: 'p&ss=word',
  time_zone: 'America/New_York',
  document_type_ids: { signed_agreement: 12 },
});
const env = z
  .object(Env.shape)
  .parse({ LEAD_PERFECTION_URL: 'https://api2.leadperfection.com', LEAD_PERFECTION_APP_KEY: 'key-1' });

type Sent = VendorCall & { readonly text: string };
const textOf = (body: VendorCall['body']): string =>
  body === undefined || typeof body === 'string'
    ? (body ?? '')
    : Buffer.concat([...(body as Iterable<Uint8Array>)]).toString();

/** A client whose calls are answered by the test; `token-1` is in force until refused. */
function world(answer: (call: Sent, nth: number) => Partial<VendorAnswer> | object) {
  const sent: Sent[] = [];
  const logins: Login[] = [];
  const reply = (call: Sent): VendorAnswer => {
    const given = answer(call, sent.length);
    return { status: 200, headers: {}, text: JSON.stringify('body' in given ? given.body : given), ...given };
  };
  const io = {
    async send(call: VendorCall) {
      const seen = { ...call, text: textOf(call.body) };
      sent.push(seen);
      return reply(seen);
    },
    tokens: (login: () => Promise<Login>) => ({
      current: async () => 'token-1',
      async replacementFor(refused: string) {
        logins.push(await login());
        return `instead of ${refused}`;
      },
    }),
  } as unknown as VendorIo;
  return { client: new LeadPerfectionClient(settings, io, env), sent, logins };
}
const form = ({ text }: Sent) => Object.fromEntries(new URLSearchParams(text));
const codeOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isHubError(error) ? `${error.kind} ${error.code}` : error;
};

describe('LeadPerfectionClient', () => {
  it('asks lists by their letter, as a form, with the token', async () => {
    const { client, sent } = world(() => ({ body: [{ key: 401, value: 'Rivera, Dana' }] }));
    expect(await client.entries('users')).toEqual([{ key: 401, value: 'Rivera, Dana' }]);
    expect(sent[0]).toMatchObject({
      method: 'POST',
      url: 'https://api2.leadperfection.com/api/SalesApi/GetSalesApptDispProd',
      text: 'type=s',
      writes: false,
      headers: { authorization: 'Bearer token-1', 'content-type': 'application/x-www-form-urlencoded' },
    });
  });

  it('asks the window in one call, month first, and hands on raw rows', async () => {
    const { client, sent } = world(() => ({ body: [{ id: 1 }, 'odd'] }));
    const pages = [];
    for await (const page of client.appointments({ from: '2026-03-07', to: '2026-04-08' })) pages.push(page);
    expect(pages).toEqual([[{ id: 1 }, 'odd']]);
    expect(form(sent[0]!)).toEqual({ apptdates: '03/07/2026', apptdatee: '04/08/2026' });
  });

  it('finds the recorded result among the rows of its day, whatever the case of the names', async () => {
    const { client } = world(() => ({
      body: [{ id: 1 }, 7, { id: '90121', disposition: 'Sale', presnotes: 'x' }, { id: 5 }],
    }));
    expect(await client.result('90121', '2026-03-09')).toMatchObject({ Disposition: 'Sale', PresNotes: 'x' });
    expect(await client.result('6', '2026-03-09')).toBeUndefined();
    // A write would clear what it was not shown.
    await expect(client.result('5', '2026-03-09')).rejects.toThrow(/Disposition/);
  });

  it('proves a write by its words, and takes any other answer for unknown', async () => {
    const { client, sent } = world((_call, nth) => ({ body: nth === 1 ? 'UPDATED SUCCESSFULLY!' : {} }));
    await client.saveResult({ issuedleadid: '90121', presnotes: 'Ask for Pat & Lee' });
    expect(form(sent[0]!)['presnotes']).toBe('Ask for Pat & Lee');
    expect(sent[0]?.writes).toBe(true);
    expect(await codeOf(client.saveResult({ issuedleadid: '90121' }))).toBe('transient lead-perfection.answer-unknown');
  });

  it('sends a file as JSON with one number a byte, in pieces that join to the whole', async () => {
    const { client, sent } = world(() => ({ body: 'UPDATED SUCCESSFULLY!' }));
    for (const size of [0, 1, 65_536, 65_537, 200_000]) {
      const bytes = Buffer.from(Array.from({ length: size }, (_, n) => (n * 7) % 256));
      await client.addFile({ appointment: '90121', name: 'a.pdf', description: 'Signed "A"', typeId: 12, bytes });
      const { text, headers } = sent.at(-1)!;
      expect(headers?.['content-type']).toBe('application/json');
      const { filebytes, ...head } = JSON.parse(text) as { filebytes: number[] };
      expect(head).toEqual({ ilsid: 90121, filename: 'a.pdf', docdescr: 'Signed "A"', dtyid: 12 });
      expect(Buffer.from(filebytes).equals(bytes)).toBe(true);
    }
  });

  it('finds names of files in whatever field they are', async () => {
    const { client } = world(() => ({ body: [{ ID: 7, FileName: 'a.pdf', DocDescr: 'Agreement' }] }));
    expect(await client.fileNames('90121')).toEqual(['a.pdf', 'Agreement']);
  });

  it('tries once more with another token when this one is refused, and then gives up', async () => {
    const login = { access_token: 't', expires_in: 3600 };
    const { client, sent, logins } = world((call, nth) =>
      call.url.endsWith('/token') ? login : nth === 1 ? { status: 401, text: '{}' } : { body: [] },
    );
    expect(await client.entries('users')).toEqual([]);
    expect(logins).toEqual([{ token: 't', expiresInMs: 3_600_000 }]);
    expect(sent.at(-1)?.headers?.['authorization']).toBe('Bearer instead of token-1');

    const never = world((call) => (call.url.endsWith('/token') ? login : { status: 401, text: '{}' }));
    expect(await codeOf(never.client.entries('users'))).toBe('credential lead-perfection.unauthorized');
    expect(never.sent).toHaveLength(3);
  });

  it('does not ask for another token when a permission is missing', async () => {
    const text = JSON.stringify({ Message: "User does not have permission to execute action 'GetSalesApptDispProd'" });
    const { client, sent } = world(() => ({ status: 403, text }));
    expect(await codeOf(client.entries('users'))).toBe('rejected lead-perfection.permission-missing');
    expect(sent).toHaveLength(1);
  });

  it('shows of a call what helps, and nothing of people, and no secret', async () => {
    const { client, sent } = world((call) =>
      call.url.endsWith('/token')
        ? { access_token: 't' }
        : sent.length === 1
          ? { status: 401, text: '' }
          : { body: 'UPDATED SUCCESSFULLY!' },
    );
    await client.saveResult({ issuedleadid: '90121', disposition: 'Sale', presnotes: 'Ask for Pat', gsa1: '12500' });
    await client.addFile({
      appointment: '90121',
      name: 'Pat.pdf',
      description: 'Pat',
      typeId: 12,
      bytes: Buffer.from('Pat'),
    });
    const shown = sent.map((call) => call.shown);
    expect(shown).toContain('issuedleadid=90121 disposition=Sale presnotes=••• gsa1=•••');
    expect(shown).toContain('ilsid=90121 dtyid=12 (3 bytes)');
    expect(JSON.stringify(shown)).not.toMatch(/Pat|p&ss|key-1/);
  });
});

describe('the login', () => {
  const withLogin = (given: object) =>
    world((call) => (call.url.endsWith('/token') ? given : { status: 401, text: '{}' }));

  it('sends client id, user, password and app key as a form, and no token', async () => {
    const { client, sent } = withLogin({ access_token: 't', expires_in: 10 });
    await codeOf(client.entries('users'));
    const login = sent.find(({ url }) => url === 'https://api2.leadperfection.com/token')!;
    expect(form(login)).toEqual({
      ...{ grant_type: 'password', username: 'OneClick', password: 'p&ss=word', clientid: 'demo1', appkey: 'key-1' },
    });
    expect(login.headers).not.toHaveProperty('authorization');
  });

  it('assumes 23 hours where the answer does not say how long the token lives', async () => {
    const { client, logins } = withLogin({ access_token: 't' });
    await codeOf(client.entries('users'));
    expect(logins).toEqual([{ token: 't', expiresInMs: 23 * 3_600_000 }]);
  });

  it.each([
    [
      'refused credentials',
      { status: 400, text: '{"error":"invalid_grant"}' },
      'credential lead-perfection.login-refused',
    ],
    ['refused access', { status: 401, text: '' }, 'credential lead-perfection.login-refused'],
    ['a server that fails', { status: 500, text: '' }, 'transient lead-perfection.status-500'],
    ['a maintenance page', { text: '<html></html>' }, 'transient lead-perfection.answer-unknown'],
    ['no token', { body: { token_type: 'bearer' } }, 'transient lead-perfection.no-token'],
    ['an empty token', { body: { access_token: '' } }, 'transient lead-perfection.no-token'],
    ['null', { text: 'null' }, 'transient lead-perfection.no-token'],
    ['too many requests', { status: 429, text: '' }, 'transient lead-perfection.rate-limited'],
  ])('tells %s for what it is', async (_what, given, expected) => {
    const { client } = withLogin(given);
    expect(await codeOf(client.entries('users'))).toBe(expected);
  });
});
