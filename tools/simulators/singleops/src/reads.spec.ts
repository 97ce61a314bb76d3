import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SingleOpsSimulator } from './simulator.ts';
import { startSingleOpsSimulator } from './simulator.ts';
import { callerOf, told } from './testing/caller.ts';

let simulator: SingleOpsSimulator;
let caller: ReturnType<typeof callerOf>;
beforeEach(async () => {
  simulator = await startSingleOpsSimulator();
  caller = callerOf(simulator);
});
afterEach(() => simulator.stop());

const ids = (clients: { id: number }[]): number[] => clients.map(({ id }) => id);

describe('operations and custom inputs', () => {
  test('are those of the caller’s own account', async () => {
    const own = await caller.get<{ id: number }[]>('/operations');
    expect(own).toMatchObject({
      status: 200,
      body: [{ id: 41, display_name: null, location: {} }, { id: 42 }, { id: 43 }],
    });
    expect((await callerOf(simulator, 78).get('/operations')).body).toMatchObject([{ id: 61 }]);
  });

  test('a custom input has the misspelt key and its options', async () => {
    const { body } = await caller.get<Record<string, unknown>[]>('/custom_inputs');
    expect(body[0]).toMatchObject({
      ...{
        id: 501,
        input_type: 'dropdown',
        resource_type: 'job',
        required: true,
        available_accross_account_group: false,
      },
      dropdown_options: expect.arrayContaining([{ key: 'partner', display: 'Partner site', order: null }]),
    });
  });

  test('an address or method that does not exist is not found', async () => {
    expect((await caller.get('/jobs')).status).toBe(404);
    expect((await caller.get('/clients')).status).toBe(404);
  });
});

describe('client search', () => {
  test('finds whatever begins with the term, whoever it belongs to', async () => {
    expect(ids(await caller.search('email', 'kit@shop.example'))).toEqual([9005]);
    expect(ids(await caller.search('email', 'bo@example.com'))).toEqual([9003]);
    expect(ids(await caller.search('email', 'example.com'))).toEqual([]);
    expect(ids(await caller.search('email', 'MILA@example'))).toEqual([9004]);
  });

  test('a phone number is found only as it was typed, with or without what follows it', async () => {
    expect(ids(await caller.search('phone', '404-555-0112'))).toEqual([9002]);
    expect(ids(await caller.search('phone', '404-555-0113'))).toEqual([]);
    expect(ids(await caller.search('phone', '(404) 555-0113'))).toEqual([9003]);
    expect(ids(await caller.search('phone', '4045550114'))).toEqual([9004]);
  });

  test('a mobile number is another field, unless the switch says otherwise', async () => {
    expect(await caller.search('phone', '404-555-0115')).toEqual([]);
    simulator.control.configure({ phoneSearchCoversMobile: true });
    expect(ids(await caller.search('phone', '404-555-0115'))).toEqual([9004]);
  });

  test('gives 50 a page in the order of ids, and an empty page at the end', async () => {
    const pages = await Promise.all([1, 2, 3].map((page) => caller.search('email', 'office@parkside.example', page)));
    expect(pages.map(({ length }) => length)).toEqual([50, 3, 0]);
    expect(ids(pages.flat())).toEqual(Array.from({ length: 53 }, (_, index) => 9101 + index));
    expect(await caller.search('email', 'office@parkside.example')).toEqual(pages[0]);
  });

  test('archived and merged clients are found, too; the client’s secret is in the record', async () => {
    expect(await caller.search('email', 'otto@example.com')).toMatchObject([{ id: 9010, is_archived: true }]);
    expect(await caller.search('email', 'noor@example.com')).toMatchObject([
      { id: 9008, merged_to_client_id: 9009, token: expect.stringMatching(/^.{10,}$/) },
    ]);
    simulator.control.configure({ archivedInSearch: false });
    expect(await caller.search('email', 'otto@example.com')).toEqual([]);
  });

  test('never looks into a sister account', async () => {
    expect(await caller.search('email', 'odell@example.com')).toEqual([]);
    expect(ids(await callerOf(simulator, 78).search('email', 'odell@example.com'))).toEqual([9500]);
  });

  test('an unknown field or a missing term is refused', async () => {
    const wrong = await caller.get('/clients/search_by_field', { search_field: 'name', search_term: 'Rowan' });
    expect(wrong).toMatchObject({ status: 422, body: { success: false, id: null } });
    expect((await caller.get('/clients/search_by_field', { search_field: 'email' })).status).toBe(422);
  });

  test('times are those of the account’s zone, with offset', async () => {
    await simulator.stop();
    simulator = await startSingleOpsSimulator({ now: () => Date.parse('2026-07-01T12:00:00.250Z') });
    const [rowan] = await callerOf(simulator).search('email', 'rowan@example.com');
    expect(rowan).toMatchObject({ created_at: '2026-07-01T08:00:00.250-04:00' });
  });
});

describe('credentials', () => {
  const url = (path: string): string => `${simulator.url}/api/v1${path}`;

  test('missing, wrong or a sister account’s are refused, as JSON', async () => {
    const { email, token } = simulator.control.apiUser();
    const mixed = { user_email: email, user_token: simulator.control.apiUser(78).token };
    const wrong: Record<string, string>[] = [
      {},
      { user_email: email },
      { user_email: email, user_token: `${token}x` },
      mixed,
    ];
    for (const query of wrong) {
      const answer = await told(fetch(`${url('/operations')}?${new URLSearchParams(query)}`));
      expect(answer).toMatchObject({ status: 401, body: { error: expect.any(String) } });
    }
  });

  test('a post has them in its body, not in the URL', async () => {
    const { email: user_email, token: user_token } = simulator.control.apiUser();
    const query = new URLSearchParams({ user_email, user_token });
    const answer = await fetch(`${url('/jobs')}?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(answer.status).toBe(401);
  });

  test('by switch a failed login is a redirect to a page', async () => {
    simulator.control.configure({ htmlLogin: 'unless-json' });
    const asked = (accept: string) => fetch(url('/operations'), { redirect: 'manual', headers: { accept } });
    expect((await asked('application/json')).status).toBe(401);
    expect((await asked('*/*')).status).toBe(302);
    simulator.control.configure({ htmlLogin: 'always' });
    expect((await asked('application/json')).headers.get('location')).toBe('/users/sign_in');
    expect((await told(fetch(url('/operations')))).text).toContain('Sign in');
  });

  test('a renewed token ends the old one, and a tier without API is another refusal', async () => {
    simulator.control.renewToken();
    expect((await caller.get('/operations')).status).toBe(401);
    simulator.control.allowApi(false);
    expect((await callerOf(simulator).get('/operations')).status).toBe(403);
  });

  test('are not kept in the log', async () => {
    await caller.search('email', 'rowan@example.com');
    await caller.post({ job: 'nothing' });
    const [found, posted] = simulator.control.received();
    expect(found).toMatchObject({ credentialsIn: 'url', accountId: 77, params: { search_term: 'rowan@example.com' } });
    expect(posted).toMatchObject({ credentialsIn: 'body', params: { job: 'nothing' } });
    const { email, token } = simulator.control.apiUser();
    expect(JSON.stringify(simulator.control.received())).not.toContain(token);
    expect(JSON.stringify(simulator.control.received())).not.toContain(email);
  });
});
