import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Row } from '../records/row.ts';
import type { ControlRoom } from '../testing/control-room.ts';
import type { HandedTokens } from '../access/access-control.ts';
import type { SimulatorState } from './state.ts';
import { openControlRoom } from '../testing/control-room.ts';

let room: ControlRoom;
beforeEach(async () => {
  room = await openControlRoom();
});
afterEach(() => room.close());

const STAFF = 'i360core__Staff__c';
const status = async (method: string, path: string, body?: unknown): Promise<number> =>
  (await room.call(method, path, { body })).status;

describe('records over HTTP', () => {
  test('are made, changed, touched, deleted, brought back and wiped out', async () => {
    const { status: made, body: row } = await room.call<Row>('POST', `/records/${STAFF}`, {
      body: { Name: 'Rae Test' },
    });
    expect([made, row['Name'], row.SystemModstamp]).toEqual([201, 'Rae Test', '2026-11-20T12:00:00.000+0000']);
    const path = `/records/${STAFF}/${row.Id}`;
    room.clock.advance(60_000);
    const changed = await room.call<Row>('PATCH', path, { body: { fields: { Name: 'Rae Other' } } });
    expect(changed.body).toMatchObject({ Name: 'Rae Other', LastModifiedDate: '2026-11-20T12:01:00.000+0000' });
    room.clock.advance(60_000);
    const touched = await room.call<Row>('PATCH', path, { body: { system: true } });
    expect(touched.body).toMatchObject({
      LastModifiedDate: '2026-11-20T12:01:00.000+0000',
      SystemModstamp: '2026-11-20T12:02:00.000+0000',
    });
    expect(await status('DELETE', path)).toBe(204);
    expect((await room.call('GET', `/records/${STAFF}`)).body).toEqual([]);
    expect((await room.call('GET', `/records/${STAFF}?deleted=true`)).body).toHaveLength(1);
    expect((await room.call<Row>('POST', `${path}/undelete`)).body.IsDeleted).toBe(false);
    expect(await status('POST', `${path}/hard-delete`)).toBe(204);
    expect(await status('GET', path)).toBe(404);
  });

  test('files are listed with their digest and shown only when they are a PDF', async () => {
    const put = (name: string, content: string): Row =>
      room.control.create('ContentVersion', {
        Title: name,
        PathOnClient: name,
        VersionData: Buffer.from(content).toString('base64'),
      });
    const [pdf, page] = [put('deal.pdf', '%PDF-1.4 invented'), put('a.html', '<script>1</script>')];
    expect((await room.call('GET', '/files')).body).toMatchObject([
      { versionId: pdf.Id, title: 'deal.pdf', size: 17, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      { versionId: page.Id },
    ]);
    const opened = await fetch(`${room.url}/_simulator/files/${pdf.Id}/bytes`);
    expect([opened.headers.get('content-type'), await opened.text()]).toEqual(['application/pdf', '%PDF-1.4 invented']);
    const offered = await fetch(`${room.url}/_simulator/files/${page.Id}/bytes`);
    expect(offered.headers.get('content-disposition')).toBe('attachment');
    expect(await status('GET', '/files/068000000000000AAA/bytes')).toBe(404);
  });

  test('an unknown object or record is told apart from a fault of the simulator', async () => {
    expect(await status('GET', '/records/Nothing__c')).toBe(404);
    expect(await status('PATCH', `/records/${STAFF}/a0THs0000Nobody`, { fields: {} })).toBe(404);
    expect(await status('POST', `/records/${STAFF}`, { Name: { first: 'x' } })).toBe(400);
  });
});

describe('metadata over HTTP', () => {
  test('fields are hidden, shown and dropped', async () => {
    const email = `/schema/${STAFF}/fields/i360core__Email__c`;
    const isSeen = (): boolean => room.org.schema.object(STAFF)?.field('i360core__Email__c') !== undefined;
    expect(await status('POST', `${email}/hide`)).toBe(204);
    expect(isSeen()).toBe(false);
    expect(await status('POST', `${email}/show`)).toBe(204);
    expect(isSeen()).toBe(true);
    expect(await status('POST', `${email}/drop`)).toBe(204);
    expect(isSeen()).toBe(false);
    expect(await status('POST', `${email}/hide`)).toBe(404);
    expect(await status('POST', `${email}/paint`)).toBe(400);
  });

  test('picklists, rules and whole objects are changed', async () => {
    const object = 'i360core__Sales_Opportunity__c';
    const picklist = `/schema/${object}/fields/i360core__Result__c/picklist`;
    expect(await status('PUT', picklist, ['Open', { value: 'Won', label: 'Sold', active: false }])).toBe(204);
    expect(room.org.schema.object(object)?.field('i360core__Result__c')?.picklist?.entries).toEqual([
      { value: 'Open' },
      { value: 'Won', label: 'Sold', active: false },
    ]);
    const rule = { message: 'Say why', when: { i360core__Result__c: 'Won' }, missing: 'i360core__Result_Detail__c' };
    expect(await status('POST', `/schema/${object}/rules`, rule)).toBe(204);
    expect(room.org.schema.object(object)?.rules).toEqual([rule]);
    expect(await status('DELETE', `/schema/${object}/rules`)).toBe(204);
    expect(await status('DELETE', `/schema/${object}`)).toBe(204);
    expect(room.org.schema.object(object)).toBeUndefined();
  });
});

describe('tokens over HTTP', () => {
  test('are handed out, expired and revoked, and never listed', async () => {
    const { body } = await room.call<HandedTokens>('POST', '/tokens', { body: {} });
    const isGood = (): boolean => 'user' in room.access.bearer(`Bearer ${body.accessToken}`);
    expect([isGood(), body.instanceUrl]).toEqual([true, room.url]);
    const listed = await room.call('GET', '/approvals');
    expect(listed.body).toMatchObject([{ username: 'admin@harborline.example.com', ended: null, accessTokens: 1 }]);
    expect(JSON.stringify(listed.body)).not.toContain(body.refreshToken);
    await room.call('POST', '/tokens/expire');
    expect(isGood()).toBe(false);
    expect((await room.call('POST', '/approvals/revoke', { body: {} })).body).toEqual({ revoked: 1 });
    expect(await status('POST', '/tokens', { username: 'nobody@example.com' })).toBe(404);
  });

  test('apps and users are changed; secrets are not shown', async () => {
    const [app] = room.control.apps();
    const changed = await room.call('PATCH', `/apps/${app?.key}`, { body: { rotation: false, secret: 'another' } });
    expect(changed.body).toMatchObject([{ rotation: false }]);
    expect(JSON.stringify(changed.body)).not.toContain('another');
    expect(await status('PATCH', '/apps/unknown', { rotation: false })).toBe(404);
    await room.call('PATCH', '/users/admin@harborline.example.com', { body: { apiEnabled: false } });
    expect(room.control.users()).toMatchObject([{ apiEnabled: false }]);
  });

  test('the org moves to its other address and back', async () => {
    const moved = await room.call('POST', '/instances/move', { body: {} });
    expect(moved.body).toEqual({ current: 'http://127.0.0.1:1', all: [room.url, 'http://127.0.0.1:1'] });
    expect(room.access.instances.refusal(Number(new URL(room.url).port))).toMatchObject({ status: 401 });
    expect((await room.call('POST', '/instances/move', { body: {} })).body).toMatchObject({ current: room.url });
  });
});

describe('rules over HTTP', () => {
  test('faults, locks, limits, the clock and switches are the same as in process', async () => {
    await room.call('POST', '/faults', { body: { kind: 'cut', calls: 'upload', count: 3 } });
    await room.call('POST', '/locks', { body: { nth: 2 } });
    expect(room.control.faults()).toMatchObject({
      faults: [{ kind: 'cut', calls: 'upload', left: 3, when: 'after' }],
      locks: [{ nth: 2, record: null }],
    });
    expect((await room.call('DELETE', '/faults')).body).toEqual({ faults: [], locks: [] });
    expect((await room.call('PUT', '/limits', { body: { used: 5, max: 5 } })).body).toEqual({ used: 5, max: 5 });
    expect(room.limits.refusal()?.status).toBe(403);
    await room.call('PUT', '/clock', { body: { at: '2026-12-01T00:00:00Z' } });
    expect((await room.call('PUT', '/clock', { body: { advanceMs: 1000 } })).body).toEqual({
      now: '2026-12-01T00:00:01.000Z',
    });
    const switches = await room.call('PATCH', '/switches', { body: { consent: 'allow', saleOnSold: false } });
    expect(switches.body).toMatchObject({ consent: 'allow', saleOnSold: false, pageSize: 2000 });
    expect(room.org.switches.saleOnSold).toBe(false);
    const epoch = room.org.locatorEpoch;
    await room.call('POST', '/locators/expire');
    await room.call('PUT', '/updated-lag', { body: { ms: 7 } });
    expect([room.org.locatorEpoch - epoch, room.org.updatedLag]).toEqual([1, 7]);
  });

  test('misspelt wishes are refused', async () => {
    expect(await status('POST', '/faults', { kind: 'earthquake' })).toBe(400);
    expect(await status('POST', '/faults', { kind: 'cut', cuont: 2 })).toBe(400);
    expect(await status('PUT', '/clock', { at: 'tomorrow' })).toBe(400);
    expect(await status('GET', '/calls?kind=nothing')).toBe(400);
    expect(await status('GET', '/nonsense')).toBe(404);
  });

  test('the state has everything at a glance', async () => {
    room.control.create(STAFF, { Name: 'Rae Test' });
    const { body } = await room.call<SimulatorState>('GET', '/state');
    expect(body).toMatchObject({
      simulator: 'salesforce',
      clock: '2026-11-20T12:00:00.000Z',
      objects: { [STAFF]: 1 },
      files: 0,
      writes: 0,
      limits: { used: 0, max: 100_000 },
    });
  });

  test('other sites open in the same browser cannot break things', async () => {
    const from = (origin: string): Promise<{ status: number }> =>
      room.call('POST', '/tokens/expire', { headers: { origin } });
    expect((await from('http://elsewhere.example')).status).toBe(403);
    expect((await from(room.url)).status).toBe(200);
  });
});
