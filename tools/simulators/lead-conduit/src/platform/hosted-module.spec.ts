import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LeadConduitSimulator } from '../simulator.ts';
import type { SimulatorOptions } from '../settings.ts';
import type { Vendor } from '../testing/vendor.ts';
import { startLeadConduitSimulator } from '../simulator.ts';
import { flowOf, integration, PAT } from '../testing/integration.ts';
import { says, startVendor } from '../testing/vendor.ts';

let vendor: Vendor;
let simulator: LeadConduitSimulator;
const VENDOR_URL = 'https://post.vendor.example/addlead?x=1';
const variables = { password: 'hunter two&', waiver: 'no' };

const start = async (options: SimulatorOptions = {}): Promise<void> => {
  const step = { name: 'Add Lead', module: integration(VENDOR_URL), variables };
  simulator = await startLeadConduitSimulator({
    flows: [flowOf(step)],
    hosts: { '*.vendor.example': vendor.url },
    ...options,
  });
};
beforeEach(async () => {
  vendor = await startVendor(says({ id: '77' }));
});
afterEach(() => Promise.all([simulator.stop(), vendor.stop()]));

describe('a hosted module', () => {
  test('gets typed values and the event id, and what it appends is kept with the call', async () => {
    await start();
    const told = await simulator.control.submit(PAT);
    expect(told).toMatchObject({ outcome: 'success', reason: null, price: 0 });
    const [event] = simulator.control.events();
    expect(JSON.parse(vendor.heard[0]?.body ?? '')).toEqual({
      phone: '4105550143',
      waiver: false,
      event: event?.id,
      password: 'hunter two&',
    });
    expect(vendor.heard[0]).toMatchObject({ url: '/addlead?x=1', headers: { host: 'post.vendor.example' } });
    expect(event).toMatchObject({
      leadId: told.lead.id,
      step: 'Add Lead',
      runs: [
        {
          number: 1,
          outcome: 'success',
          appended: { lead_id: '77' },
          request: { method: 'POST', url: VENDOR_URL },
          response: { status: 200, body: '{"id":"77"}' },
          vars: {
            lead: { phone_1: '4105550143', postal_code: '02120' },
            source: { name: 'Example Media' },
            timeout_seconds: 360,
          },
        },
      ],
    });
  });

  test('secrets are gone from the snapshot, and one the module forgot to mask is told', async () => {
    await start();
    await simulator.control.submit(PAT);
    const masked = simulator.control.events()[0]?.runs[0];
    expect(masked).toMatchObject({ unmasked: [], vars: { password: '***********' } });
    expect(JSON.stringify(masked)).not.toContain('hunter');
    simulator.control.addFlow(
      flowOf({ name: 'Add Lead', module: integration(VENDOR_URL, { masks: false }), variables }),
    );
    await simulator.control.submit(PAT);
    const forgotten = simulator.control.events()[1]?.runs[0];
    expect(forgotten?.unmasked).toEqual(['password']);
    expect(JSON.stringify(forgotten)).not.toContain('hunter');
    await simulator.control.submit({ ...PAT, phone_1: '12' });
    const skipped = simulator.control.events()[2]?.runs[0];
    expect(skipped).toMatchObject({ outcome: 'skip', unmasked: [] });
    expect(JSON.stringify(skipped)).not.toContain('hunter');
  });

  test('variables may have dotted names, secrets among them', async () => {
    const module = integration(VENDOR_URL);
    const request = Object.assign(
      () => ({ url: VENDOR_URL, method: 'POST', headers: {}, body: 'pass=hunter+two%26' }),
      { variables: () => [{ name: 'vendor.password', type: 'credential' }] },
    );
    const step = { name: 'Add Lead', module: { ...module, request }, variables: { 'vendor.password': 'hunter two&' } };
    await start({ flows: [flowOf(step)] });
    await simulator.control.submit(PAT);
    const run = simulator.control.events()[0]?.runs[0];
    expect(run).toMatchObject({ unmasked: ['vendor.password'], vars: { vendor: { password: '***********' } } });
    expect(run?.request?.body).toBe('pass=*************');
    expect(vendor.heard[0]?.body).toBe('pass=hunter+two%26');
  });

  test('validation skips the step with its reason, and nobody is called', async () => {
    await start();
    expect(await simulator.control.submit({ ...PAT, phone_1: '12' })).toMatchObject({
      outcome: 'failure',
      reason: 'phone is not valid',
      events: [{ runs: [{ outcome: 'skip', request: null, response: null }] }],
    });
    expect(vendor.heard).toEqual([]);
  });

  test('an answer that does not come in time is an error, and so is a broken connection', async () => {
    await start();
    simulator.control.addFlow(
      flowOf({ name: 'Add Lead', module: integration(VENDOR_URL), variables, timeoutSeconds: 0.05 }),
    );
    vendor.answer = () => undefined;
    expect(await simulator.control.submit(PAT)).toMatchObject({ outcome: 'error', reason: 'Timeout after 0.05 s' });
    vendor.answer = (response) => void response.destroy();
    expect(await simulator.control.submit(PAT)).toMatchObject({ outcome: 'error', reason: 'socket hang up' });
    expect(simulator.control.events()).toMatchObject([
      { runs: [{ appended: { outcome: 'error' } }] },
      { runs: [{ response: null }] },
    ]);
  });

  test('a host without a stand-in is never called', async () => {
    await start({ hosts: {} });
    const { outcome, reason } = await simulator.control.submit(PAT);
    expect([outcome, reason]).toEqual(['error', expect.stringContaining('post.vendor.example has no stand-in')]);
  });

  test('a module that throws, or appends no outcome, is an error of the integration', async () => {
    const broken = integration(VENDOR_URL);
    await start({ flows: [flowOf({ name: 'A', module: { ...broken, response: () => ({ done: true }) } })] });
    expect((await simulator.control.submit(PAT)).reason).toContain('appended no outcome');
    const thrower = {
      ...broken,
      validate: () => {
        throw new Error('oops');
      },
    };
    simulator.control.addFlow(flowOf({ name: 'A', module: thrower }));
    expect((await simulator.control.submit(PAT)).reason).toContain('oops');
  });

  test('an outcome may stand in the namespace of the integration', async () => {
    const nested = {
      ...integration(VENDOR_URL),
      response: () => ({ crm: { outcome: 'failure', reason: 'Duplicate' } }),
    };
    await start({ flows: [flowOf({ name: 'A', module: nested })] });
    expect(await simulator.control.submit(PAT)).toMatchObject({ outcome: 'failure', reason: 'Duplicate' });
  });

  test('posting again repeats the event: same id, same variables, a second run', async () => {
    await start();
    await simulator.control.submit(PAT);
    const [event] = simulator.control.events();
    const again = await simulator.control.resubmit(event?.id ?? '');
    expect(again.runs.map((run) => run.number)).toEqual([1, 2]);
    expect(vendor.heard[1]?.body).toBe(vendor.heard[0]?.body);
    await expect(simulator.control.resubmit('nobody')).rejects.toMatchObject({ status: 404 });
  });

  test('a module of an unpacked package is loaded by its path', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'integration-'));
    try {
      const source = `module.exports = { name: 'X', outbound: { add: {
        request: () => ({ url: '${VENDOR_URL}', method: 'POST', headers: {}, body: '' }),
        response: (vars, req, res) => ({ outcome: res.status === 200 ? 'success' : 'error' }) } } };`;
      await writeFile(join(folder, 'index.js'), source);
      await start({ flows: [flowOf({ name: 'Packed', module: { path: folder, name: 'add' } })] });
      expect(await simulator.control.submit(PAT)).toMatchObject({ outcome: 'success' });
      expect(() => simulator.control.addFlow(flowOf({ name: 'P', module: { path: folder, name: 'sub' } }))).toThrow(
        'no outbound module "sub"',
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
