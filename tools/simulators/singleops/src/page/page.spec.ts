import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SingleOpsSimulator } from '../simulator.ts';
import { FAULT_KINDS } from '../faults/faults.ts';
import { startSingleOpsSimulator } from '../simulator.ts';
import { forMina } from '../testing/bodies.ts';
import { callerOf } from '../testing/caller.ts';

let simulator: SingleOpsSimulator;
beforeEach(async () => {
  simulator = await startSingleOpsSimulator();
});
afterEach(() => simulator.stop());

const page = async (path = '/'): Promise<string> => (await fetch(simulator.url + path)).text();

describe('page', () => {
  test('says what it is and needs nothing from elsewhere', async () => {
    const text = await page();
    expect(text).toContain('simulated, invented data');
    expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  test('has a button for every kind of fault', async () => {
    const text = await page();
    for (const kind of FAULT_KINDS) expect(text).toContain(`&quot;kind&quot;:&quot;${kind}&quot;`);
  });

  test('shows leads with what is to be done, calls without credentials, and clients without secrets', async () => {
    await callerOf(simulator).post(forMina({ first_name: '<b>Mina</b>' }));
    const live = await page('/?part=live');
    expect(live).toContain('&lt;b&gt;Mina&lt;/b&gt; Sato');
    expect(live).not.toContain('<b>Mina');
    expect(live).toContain('Unconfirmed Client');
    expect(live).toContain('/confirm');
    expect(live).not.toContain('<html');
    expect(live).not.toContain(simulator.control.apiUser().token);
    for (const { token } of simulator.control.clients()) expect(live).not.toContain(token);
  });
});
