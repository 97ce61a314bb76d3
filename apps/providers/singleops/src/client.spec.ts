import { HubError, isHubError } from '@occ-hub/errors';
import type { VendorAnswer, VendorCall, VendorIo } from '@occ-hub/provider-kit';
import { describe, expect, it } from 'vitest';
import { SingleOpsClient } from './client.ts';
import { Env } from './env.ts';
import type { JobBody } from './job-body.ts';
import { lists, settingsWith } from './testing/account.ts';

const user = { user_email: 'api-user@example.com', user_token: 't&ken=that nobody+sees' };
const env = Env.parse({});
const body: JobBody = {
  job: { client_id: null, name: 'Stump', notes: '', operation_id: 41, custom_field_values: [] },
  visit: { visit_stage_id: 8 },
};
const json = (value: unknown, status = 200): VendorAnswer => ({ status, headers: {}, text: JSON.stringify(value) });

/** A client whose calls the test answers; what is not answered is the invented account. */
function world(answer: (path: string, nth: number) => VendorAnswer | undefined = () => undefined, changed = {}) {
  const sent: VendorCall[] = [];
  const rests: number[] = [];
  let now = 1_000_000;
  const usual = (path: string): VendorAnswer => {
    if (path === 'operations') return json(lists.operations);
    if (path === 'custom_inputs') return json(lists.inputs);
    return path === 'jobs' ? json({ success: true, error: null, id: 148901 }) : json([]);
  };
  const io = {
    async send(call: VendorCall) {
      sent.push(call);
      const path = new URL(call.url).pathname.replace('/api/v1/', '');
      return answer(path, sent.filter(({ url }) => new URL(url).pathname.endsWith(path)).length) ?? usual(path);
    },
    rest: (ms: number) => void rests.push(ms),
    clock: () => now,
  } as unknown as VendorIo;
  const client = new SingleOpsClient(settingsWith({ ...user, ...changed }), io, env);
  const paths = () => sent.map(({ url }) => new URL(url).pathname.replace('/api/v1/', ''));
  return { client, sent, rests, paths, pass: (ms: number) => void (now += ms) };
}
const failure = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isHubError(error) ? error : expect.unreachable(String(error));
};
const missing = () => {
  throw new HubError({ kind: 'rejected', code: 'test.missing', message: 'x' });
};

describe('a question', () => {
  it('carries the credentials in its address, escaped, and asks for JSON', async () => {
    const { client, sent } = world();
    await client.search({ field: 'phone', term: '(404) 555-0112', page: 2 });
    const [{ url, method, headers, writes, body: sentBody }] = sent as [VendorCall];
    expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
      ...user,
      ...{ search_field: 'phone', search_term: '(404) 555-0112', page: '2' },
    });
    expect(url.startsWith('https://app.singleops.com/api/v1/clients/search_by_field?')).toBe(true);
    expect({ method, headers, writes, sentBody }).toEqual({
      ...{ method: 'GET', headers: { accept: 'application/json' }, writes: false, sentBody: undefined },
    });
  });

  it('gives clients without what the hub has no business with', async () => {
    const record = { id: 9001, email: 'rowan@example.com', token: 'CLIENT-SECRET', qb_balance: 125.5 };
    const { client } = world((path) => (path.startsWith('clients') ? json([record]) : undefined));
    const found = await client.search({ field: 'email', term: 'rowan@example.com', page: 1 });
    expect(found).toMatchObject([{ id: 9001, email: 'rowan@example.com' }]);
    expect(JSON.stringify(found)).not.toMatch(/CLIENT-SECRET|125\.5/);
  });

  it('shows an operator neither credentials nor whom it asks for', async () => {
    const { client, sent } = world();
    await client.search({ field: 'email', term: 'rowan@example.com', page: 1 });
    await client.createJob(body);
    await client.createJob({ ...body, job: { ...body.job, client_id: 9001 } });
    await client.probe();
    expect(sent.map(({ shown }) => shown)).toEqual([
      'search_field=email page=1',
      'a new client',
      'client_id=9001',
      '',
      '',
    ]);
  });
});

describe('a lead', () => {
  it('carries the credentials in its body, never in its address', async () => {
    const { client, sent } = world();
    expect(await client.createJob(body)).toBe('148901');
    const [{ url, method, headers, writes, body: text }] = sent as [VendorCall];
    expect(url).toBe('https://app.singleops.com/api/v1/jobs');
    expect(JSON.parse(text as string)).toEqual({ ...user, ...body });
    expect({ method, headers, writes }).toEqual({
      ...{ method: 'POST', writes: true },
      headers: { accept: 'application/json', 'content-type': 'application/json' },
    });
  });

  it('fails in words that hold no credentials, whatever SingleOps says', async () => {
    const { client } = world((path) =>
      path === 'jobs' ? json({ success: false, error: `no such user ${user.user_email}` }) : undefined,
    );
    const { message, kind } = await failure(client.createJob(body));
    expect([kind, message]).toEqual(['rejected', 'SingleOps refused the lead: no such user •••']);
  });

  it('is refused in words without the secrets that SingleOps may quote, as they are or as an address has them', async () => {
    const token = encodeURIComponent(user.user_token);
    const error = { base: [`token ${user.user_token} is unknown`, `asked for ?user_token=${token}&page=1`] };
    const { client } = world((path) => (path === 'jobs' ? json({ success: false, error }, 422) : undefined));
    expect((await failure(client.createJob(body))).message).toBe(
      'SingleOps refused the lead: token ••• is unknown, asked for ?user_token=•••&page=1',
    );
  });

  it('names its secrets with every call, so that no record of the call quotes them', async () => {
    const { client, sent } = world();
    await client.createJob(body);
    await client.probe();
    for (const { secrets } of sent) expect(secrets).toEqual([user.user_email, user.user_token]);
  });

  it('is sent once, whatever comes back', async () => {
    const { client, paths } = world((path) => (path === 'jobs' ? json({}, 500) : undefined));
    expect(await failure(client.createJob(body))).toMatchObject({ kind: 'transient', mayHaveApplied: true });
    expect(paths()).toEqual(['jobs']);
  });

  it('rests as long as SingleOps asks', async () => {
    const { client, rests } = world(() => ({ status: 429, headers: { 'retry-after': '7' }, text: '' }));
    await failure(client.createJob(body));
    await failure(client.search({ field: 'email', term: 'a@example.com', page: 1 }));
    expect(rests).toEqual([7000, 7000]);
  });
});

describe('divisions and fields', () => {
  it('are read once for a quarter of an hour', async () => {
    const { client, paths, pass } = world();
    await Promise.all([client.catalogue(), client.catalogue()]);
    pass(15 * 60_000 - 1);
    await client.catalogue();
    expect(paths()).toEqual(['operations', 'custom_inputs']);
    pass(1);
    await client.catalogue();
    expect(paths()).toHaveLength(4);
  });

  it('are read anew once for what the older ones do not have', async () => {
    const added = json([...lists.operations, { id: 44, name: 'Ponds', active: true }]);
    const { client, paths, pass } = world((path, nth) => (path === 'operations' && nth > 1 ? added : undefined));
    await client.catalogue();
    pass(60_000);
    const ponds = await client.decide(({ operations }) => operations.find(({ id }) => id === 44)?.name ?? missing());
    expect([ponds, paths().length]).toEqual(['Ponds', 4]);
  });

  it('are read at most once a minute for what nobody has', async () => {
    const { client, paths, pass } = world();
    for (const calls of [2, 2, 4, 4]) {
      if (calls > paths().length) pass(60_000);
      for (let lead = 0; lead < 20; lead += 1)
        expect((await failure(client.decide(missing))).code).toBe('test.missing');
      expect(paths()).toHaveLength(calls);
      pass(1);
    }
  });

  it('are read anew after a lead was refused: the account may have changed', async () => {
    const { client, paths } = world((path) =>
      path === 'jobs' ? json({ success: false, error: 'x' }, 422) : undefined,
    );
    await client.catalogue();
    await failure(client.createJob(body));
    await client.catalogue();
    expect(paths()).toEqual(['operations', 'custom_inputs', 'jobs', 'operations', 'custom_inputs']);
  });

  it('that could not be read are asked for again next time', async () => {
    const { client } = world((path, nth) => (path === 'operations' && nth === 1 ? json({}, 500) : undefined));
    expect((await failure(client.catalogue())).kind).toBe('transient');
    expect((await client.catalogue()).operations).toHaveLength(3);
  });

  it('that are unreadable are named without their data', async () => {
    const { client } = world((path) =>
      path === 'operations' ? json([{ id: 'forty', name: 'Tree care' }]) : undefined,
    );
    const { kind, message } = await failure(client.catalogue());
    expect([kind, /forty|Tree care/.test(message)]).toEqual(['unreadable', false]);
  });
});

describe('the probe', () => {
  it('accepts settings that the account has', async () => {
    await expect(world().client.probe()).resolves.toBeUndefined();
  });

  it.each([
    ['a division that is not active', { operation_id: 43 }, '/operation_id'],
    ['a field that is not of leads', { lead_source_input_id: 503 }, '/lead_source_input_id'],
    ['a source without an option', { lead_source_value: 'Billboard' }, '/lead_source_value'],
    ['a source of the form without an option', { form_source: 'Billboard' }, '/form_source'],
    ['a division of the form that nobody has', { form_operation_id: 99 }, '/form_operation_id'],
    ['another field that nobody has', { custom_values: [{ custom_input_id: 9, value: 'x' }] }, '/custom_values'],
  ])('refuses %s, naming the setting', async (_what, changed, pointer) => {
    const { client } = world(undefined, changed);
    expect(await failure(client.probe())).toMatchObject({
      ...{ kind: 'rejected', code: 'singleops.settings-unfit', fields: [{ pointer }] },
    });
  });

  it('tells refused credentials from a plan without the API', async () => {
    const answered = (status: number) => failure(world(() => json({}, status)).client.probe());
    expect((await answered(401)).kind).toBe('credential');
    expect((await answered(403)).code).toBe('singleops.forbidden');
  });
});
