import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LeadConduitSimulator } from '../simulator.ts';
import { FAULT_KINDS } from '../feedback/faults.ts';
import { startLeadConduitSimulator } from '../simulator.ts';
import { flowOf, PAT } from '../testing/integration.ts';

let simulator: LeadConduitSimulator;
beforeEach(async () => {
  simulator = await startLeadConduitSimulator({ flows: [flowOf({ name: 'Hub', url: 'http://127.0.0.1:1/' })] });
});
afterEach(() => simulator.stop());

const page = async (path = '/'): Promise<string> => (await fetch(simulator.url + path)).text();

describe('page', () => {
  test('says what it is, has a form for a lead and needs nothing from elsewhere', async () => {
    const text = await page();
    expect(text).toContain('simulated, invented data');
    expect(text).toContain('name="postal_code"');
    expect(text).toContain('value="f1/s1"');
    expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  test('has a button for every kind of fault', async () => {
    const text = await page();
    for (const kind of FAULT_KINDS) expect(text).toContain(`&quot;kind&quot;:&quot;${kind}&quot;`);
  });

  test('an event opens on its snapshot with the feedback about it', async () => {
    const told = await simulator.control.submit({ ...PAT, comments: 'Two <i>doors</i>' });
    const id = told.events[0]?.id ?? '';
    await fetch(`${simulator.url}/feedback?event_id=${id}`, {
      method: 'POST',
      body: new URLSearchParams({ type: 'return', reason: '<b>Duplicate</b>' }),
    });
    const live = await page('/?part=live');
    expect(live).toContain(`/events/${id}`);
    expect(live).toContain('&lt;b&gt;Duplicate&lt;/b&gt;');
    expect(live).not.toContain('<html');
    const detail = await page(`/events/${id}`);
    expect(detail).toContain('POST http://127.0.0.1:1/');
    expect(detail).toContain('Two &lt;i&gt;doors&lt;/i&gt;');
    expect(detail).toContain('&lt;b&gt;Duplicate&lt;/b&gt;');
    expect((await fetch(`${simulator.url}/events/nobody`)).status).toBe(404);
  });
});
