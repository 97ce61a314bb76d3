import { HubError, isHubError } from '@occ-hub/errors';
import type { Grant, VendorAnswer, VendorCall, VendorIo } from '@occ-hub/provider-kit';
import { describe, expect, it } from 'vitest';
import { Session, apiVersion } from './session.ts';

const start = Date.parse('2026-11-20T15:00:00Z');
const expired = {
  status: 401,
  text: JSON.stringify([{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }]),
};
const grantOf = (
  n: number,
  facts: Record<string, string> = { instance_url: `https://na${n}.example.test` },
): Grant => ({
  accessToken: `token-${n}`,
  facts,
});

/** Salesforce and the hub's keeper of grants; `token-1` is in force until it is replaced. */
function world(answer: (call: VendorCall, nth: number) => Partial<VendorAnswer>, first = grantOf(1)) {
  const sent: VendorCall[] = [];
  const refused: Grant[] = [];
  let grant = first;
  const io = {
    clock: () => start,
    send: async (call: VendorCall) => {
      sent.push(call);
      const { headers, ...given } = answer(call, sent.length);
      return {
        status: 200,
        text: '{"ok":true}',
        ...given,
        headers: { 'content-type': 'application/json', ...headers },
      };
    },
    usage: () => undefined,
    rest: () => undefined,
    grant: {
      current: async () => grant,
      replacementFor: async (old: Grant) => {
        refused.push(old);
        return (grant = grantOf(refused.length + 1));
      },
    },
  } as unknown as VendorIo;
  return { session: new Session(io), sent, refused, io };
}
const tokens = (sent: readonly VendorCall[]) =>
  sent.map(({ headers }) => headers?.['Authorization'] ?? headers?.['authorization']);
const codeOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isHubError(error) ? `${error.kind} ${error.code}` : error;
};
const ask = (session: Session) => session.withJsforce((connection) => connection.request('/limits'));
const upload = { method: 'POST', body: ['x'], writes: true, timeoutMs: 1, headers: { accept: 'a/b' } } as const;

describe.each([
  ['a call by jsforce', (session: Session) => ask(session)],
  [
    'a call that jsforce cannot make',
    (session: Session) =>
      session
        .send('/sobjects/ContentVersion', { ...upload, body: [Buffer.from('x')] })
        .then(({ text }) => JSON.parse(text) as unknown),
  ],
])('%s', (_what, make) => {
  it('goes to the server that the grant names, with its token and our version', async () => {
    const { session, sent, refused } = world(() => ({}));
    expect(await make(session)).toEqual({ ok: true });
    expect(sent[0]?.url).toMatch(`https://na1.example.test/services/data/v${apiVersion}/`);
    expect(tokens(sent)).toEqual(['Bearer token-1']);
    expect(refused).toEqual([]);
  });

  it('has a token that ran out replaced once, and follows it to its server', async () => {
    const { session, sent, refused } = world((_call, nth) => (nth === 1 ? expired : {}));
    expect(await make(session)).toEqual({ ok: true });
    expect(tokens(sent)).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(sent[1]?.url).toMatch(/^https:\/\/na2\.example\.test\//);
    expect(refused).toEqual([grantOf(1)]);
  });

  it('gives up where the new token is refused, too: there is no third call', async () => {
    const { session, sent, refused } = world(() => expired);
    expect(await codeOf(make(session))).toBe('credential improveit360.session.refused');
    expect(sent).toHaveLength(2);
    expect(refused).toHaveLength(1);
  });

  it('asks for no other token where the session is not for the API', async () => {
    const message = 'This session is not valid for use with the REST API';
    const text = JSON.stringify([{ errorCode: 'INVALID_SESSION_ID', message }]);
    const { session, sent, refused } = world(() => ({ status: 401, text }));
    expect(await codeOf(make(session))).toBe('credential improveit360.session.no-api');
    expect([sent.length, refused.length]).toEqual([1, 0]);
  });

  it('hands on any other failure at once, that of the second call too', async () => {
    const down = world(() => ({ status: 503, text: '' }));
    expect(await codeOf(make(down.session))).toBe('transient improveit360.status-503');
    expect(down.sent).toHaveLength(1);
    const later = world((_call, nth) => (nth === 1 ? expired : { status: 503, text: '' }));
    expect(await codeOf(make(later.session))).toBe('transient improveit360.status-503');
    expect(later.sent).toHaveLength(2);
  });

  it('hands on that the grant has ended', async () => {
    const { session, io } = world(() => expired);
    const ended = new HubError({ kind: 'credential', code: 'improveit360.grant.ended', message: 'x' });
    Object.assign(io.grant, { replacementFor: () => Promise.reject(ended) });
    expect(await codeOf(make(session))).toBe('credential improveit360.grant.ended');
  });

  it('needs a server: a grant without one is no grant', async () => {
    const { session, sent } = world(() => ({}), grantOf(1, {}));
    expect(await codeOf(make(session))).toBe('credential improveit360.grant.no-instance');
    expect(sent).toEqual([]);
  });
});

describe('a server that knows nothing of what is asked', () => {
  const nothing = (message = 'The requested resource does not exist') => ({
    ...{ status: 404, text: JSON.stringify([{ errorCode: 'NOT_FOUND', message }]) },
  });

  it('may have been left by the company: the call follows to where the next token is given for', async () => {
    const { session, sent } = world(({ url }) => (url.startsWith('https://na1.') ? nothing() : {}));
    expect(await ask(session)).toEqual({ ok: true });
    expect(tokens(sent)).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it('is believed where the company did not move, and is not asked again', async () => {
    const { session, sent, io } = world(() => nothing());
    Object.assign(io.grant, { replacementFor: async () => ({ ...grantOf(1), accessToken: 'token-2' }) });
    expect(await codeOf(ask(session))).toBe('rejected improveit360.not-found');
    expect(sent).toHaveLength(1);
  });

  it('is believed where the token was given out a moment ago', async () => {
    const { session, io } = world(() => nothing());
    const useless = new HubError({ kind: 'credential', code: 'improveit360.grant.useless', message: 'x' });
    Object.assign(io.grant, { replacementFor: () => Promise.reject(useless) });
    expect(await codeOf(ask(session))).toBe('rejected improveit360.not-found');
  });

  it('is believed at once where it names the record', async () => {
    const { session, refused } = world(() =>
      nothing('Provided external ID field does not exist or is not accessible: 1'),
    );
    expect(await codeOf(ask(session))).toBe('rejected improveit360.not-found');
    expect(refused).toEqual([]);
  });

  it('leaves nobody without an answer where the new server refuses the new token', async () => {
    const { session, sent } = world(({ url }) => (url.startsWith('https://na1.') ? nothing() : expired));
    expect(await codeOf(ask(session))).toBe('credential improveit360.session.refused');
    expect(sent).toHaveLength(2);
  });
});

describe('Session', () => {
  it('follows a server that changed although the token did not run out here', async () => {
    const { session, sent, io } = world(() => ({}));
    await ask(session);
    // Another replica has refreshed.
    Object.assign(io.grant, { current: async () => grantOf(7) });
    await ask(session);
    expect(sent[1]?.url).toMatch(/^https:\/\/na7\.example\.test\//);
    expect(tokens(sent)).toEqual(['Bearer token-1', 'Bearer token-7']);
  });

  it('takes a server named with a stroke at its end', async () => {
    const { session, sent } = world(() => ({}), grantOf(1, { instance_url: 'https://na1.example.test/' }));
    await session.send('/x', { method: 'GET', writes: false, timeoutMs: 1 });
    await ask(session);
    for (const { url } of sent) expect(url).toMatch(/^https:\/\/na1\.example\.test\/services/);
  });

  it('gives jsforce nothing to refresh with: it would do so without end and lose a rotated token', async () => {
    const { session } = world(() => ({}));
    await session.withJsforce(async (connection) => {
      expect(connection.refreshToken).toBeUndefined();
      expect((connection as unknown as { _refreshDelegate?: unknown })._refreshDelegate).toBeUndefined();
    });
  });

  it('keeps the headers of a call of its own beside the token', async () => {
    const { session, sent } = world(() => ({}));
    await session.send('/sobjects/ContentVersion', { ...upload, body: [Buffer.from('x')] });
    expect(sent[0]).toMatchObject({ method: 'POST', writes: true, headers: { accept: 'a/b' } });
    expect(sent[0]?.url).toBe(`https://na1.example.test/services/data/v${apiVersion}/sobjects/ContentVersion`);
  });

  it("reads Salesforce's clock off its answers, and keeps it while it says nothing", async () => {
    const dates = ['Fri, 20 Nov 2026 15:04:00 GMT', undefined, 'in a while', 'Fri, 20 Nov 2026 14:59:00 GMT'];
    const { session } = world((_call, nth) => ({ headers: { date: dates[nth - 1] } }));
    expect(session.now()).toBe(start);
    const seen: number[] = [];
    for (const _date of dates) {
      await ask(session);
      seen.push((session.now() - start) / 60_000);
    }
    expect(seen).toEqual([4, 4, 4, -1]);
  });
});
