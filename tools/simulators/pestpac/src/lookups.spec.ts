import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Caller } from './testing/caller.ts';
import type { PestPacSimulator } from './simulator.ts';
import { startPestPacSimulator } from './simulator.ts';
import { callerOf } from './testing/caller.ts';

type Row = Record<string, unknown>;

let simulator: PestPacSimulator;
let call: Caller;
beforeEach(async () => {
  simulator = await startPestPacSimulator();
  call = await callerOf(simulator);
});
afterEach(() => simulator.stop());

const rows = async (path: string): Promise<Row[]> => (await call('GET', path)).json<Row[]>();

test('active is a text: true, false, or all', async () => {
  expect(await rows('/lookups/Sources')).toHaveLength(5);
  expect(await rows('/lookups/Sources?active=true')).toHaveLength(4);
  expect(await rows('/lookups/Sources?active=false')).toMatchObject([{ Code: 'YELLOW' }]);
  expect((await call('GET', '/lookups/Sources?active=maybe')).status).toBe(400);
});

test('people are filtered by what they are; services have a ServiceId', async () => {
  expect((await rows('/lookups/Employees?type=technician')).map((one) => one['Username'])).toEqual([
    'RASHBY',
    'LKAPLAN',
  ]);
  expect(await rows('/lookups/Employees?username=jdoe')).toMatchObject([{ Email: 'jdoe@example.com' }]);
  expect((await rows('/lookups/Services?serviceClass=SALES'))[0]).toHaveProperty('ServiceId', 1);
});

test('a branch is found by zip; where there is none a text says so with 404', async () => {
  expect((await call('GET', '/lookups/Branches/zip/01000')).json()).toMatchObject({ Name: 'North', BranchID: 3 });
  const none = await call('GET', '/lookups/Branches/zip/99999');
  expect([none.status, none.headers.get('content-type')]).toEqual([404, 'text/plain; charset=utf-8']);
});

test('the office changes a list, and the codes that count change with it', async () => {
  const sent = { TaskType: 'SURVEY', Subject: 'Ask' };
  expect((await call('POST', '/Tasks', sent)).status).toBe(400);
  simulator.control.setLookup('TaskTypes', [{ TaskTypeID: 9, Code: 'SURVEY', Description: 'Survey', Active: true }]);
  expect((await call('POST', '/Tasks', sent)).status).toBe(200);
});
