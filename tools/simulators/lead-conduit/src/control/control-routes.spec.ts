import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LeadConduitSimulator } from '../simulator.ts';
import type { ShownFlow } from './control.ts';
import type { Submission } from '../platform/platform.ts';
import { startLeadConduitSimulator } from '../simulator.ts';
import { PAT } from '../testing/integration.ts';

let simulator: LeadConduitSimulator;
beforeEach(async () => {
  simulator = await startLeadConduitSimulator();
});
afterEach(() => simulator.stop());

const call = async <Body = unknown>(
  method: string,
  path: string,
  body?: unknown,
  headers = {},
): Promise<{ status: number; body: Body }> => {
  const answer = await fetch(`${simulator.url}/_simulator${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Body };
};
const FLOW = { name: 'Roofs', sources: [{ name: 'Web' }], steps: [{ name: 'Hub', url: 'http://127.0.0.1:1/' }] };

describe('control over HTTP', () => {
  test('a flow is added, a lead submitted, its event read and posted again', async () => {
    const { status, body: flow } = await call<ShownFlow>('POST', '/flows', FLOW);
    expect([status, flow.steps[0]]).toMatchObject([201, { kind: 'recipient', timeoutSeconds: 360 }]);
    expect(flow.sources[0]?.submit).toBe(`/flows/${flow.id}/sources/${flow.sources[0]?.id}/submit`);
    const { body: told } = await call<Submission>('POST', '/submit', { fields: PAT, flow: flow.id });
    const id = told.events[0]?.id;
    expect((await call('GET', `/events/${id}`)).body).toMatchObject({ leadId: told.lead.id });
    expect((await call('POST', `/events/${id}/resubmit`)).body).toMatchObject({ runs: [{ number: 1 }, { number: 2 }] });
    expect((await call('GET', `/events?leadId=${told.lead.id}`)).body).toHaveLength(1);
    expect((await call('GET', '/events?leadId=nobody')).body).toEqual([]);
  });

  test('feedback rules, faults and the state', async () => {
    const { body: flow } = await call<ShownFlow>('POST', '/flows', FLOW);
    const rules = { returns: false };
    expect((await call('PUT', `/flows/${flow.id}/steps/Hub/feedback`, rules)).body).toMatchObject({
      steps: [{ feedback: { conversions: true, returns: false } }],
    });
    expect((await call('POST', '/faults', { kind: 'lose', count: 3 })).status).toBe(201);
    expect((await call('GET', '/state')).body).toMatchObject({
      simulator: 'lead-conduit',
      flows: [{ name: 'Roofs' }],
      faults: [{ kind: 'lose', left: 3, when: 'after' }],
    });
    expect((await call('DELETE', '/faults')).body).toEqual([]);
    expect((await call('GET', '/feedback')).body).toEqual([]);
  });

  test('a reset forgets what came in and keeps the flows', async () => {
    await call('POST', '/flows', FLOW);
    await call('POST', '/submit', { fields: PAT });
    expect((await call('POST', '/reset')).body).toEqual({ leads: 0, events: 0, feedback: 0 });
    expect((await call('GET', '/flows')).body).toHaveLength(1);
  });

  test('wishes that cannot be granted are told apart from faults of the simulator', async () => {
    expect((await call('POST', '/submit', { fields: PAT })).status).toBe(404);
    expect((await call('GET', '/events/nobody')).status).toBe(404);
    expect((await call('POST', '/faults', { kind: 'earthquake' })).status).toBe(400);
    expect(
      (await call('POST', '/flows', { ...FLOW, steps: [{ name: 'Code', module: { path: '/tmp' } }] })).status,
    ).toBe(400);
    expect((await call('GET', '/nonsense')).status).toBe(404);
    expect((await call('POST', '/reset', {}, { origin: 'http://elsewhere.example' })).status).toBe(403);
  });

  test('the oldest events are forgotten, and feedback about them fails', async () => {
    await simulator.stop();
    simulator = await startLeadConduitSimulator({ eventsKept: 2, flows: [FLOW] });
    const ids: (string | undefined)[] = [];
    for (let n = 0; n < 3; n += 1) ids.push((await simulator.control.submit(PAT)).events[0]?.id);
    expect(simulator.control.events().map(({ id }) => id)).toEqual(ids.slice(1));
    expect(simulator.control.counts().leads).toBe(3);
  });
});
