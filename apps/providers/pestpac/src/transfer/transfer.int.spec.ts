// The simulator is the other side of these tests; nothing that ships may enter its room.
import { type PestPacSimulator, startPestPacSimulator } from '@occ-hub/simulator-pestpac';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { catalogue } from '../catalogue/catalogue.ts';
import type { CatalogueField, FieldType } from '../catalogue/field.ts';
import { PestPacClient } from '../client.ts';
import { Env } from '../env.ts';
import { mappingsPart } from '../mappings/mappings.part.ts';
import type { MappingRow } from '../mappings/mappings.ts';
import { Settings } from '../settings.ts';
import { ask, fixed, only } from '../testing/mapping-rows.ts';
import { plainIo } from '../testing/plain-io.ts';
import { settingsFor } from '../testing/settings.ts';
import { cardBody, leadBody, locationBody, orderBody, setupBody, taskBody } from './bodies.ts';
import { type Ready, transfer } from './transfer.ts';

const now = Date.parse('2026-04-02T16:00:00Z');
let simulator: PestPacSimulator;
beforeEach(async () => {
  simulator = await startPestPacSimulator({ now: () => now });
});
afterEach(() => simulator.stop());

function open(): PestPacClient {
  const env = z.object(Env.shape).parse({ PESTPAC_URL: simulator.apiUrl, PESTPAC_TOKEN_URL: simulator.tokenUrl });
  return new PestPacClient(Settings.parse(settingsFor(simulator)), plainIo({ clock: () => now }).io, env);
}

/** A code of the company for every field that takes one. */
const known: Readonly<Record<string, string>> = {
  ...{ Branch: 'North', Division: 'RES', Source: 'WEB', Type: 'Residence', BillToType: 'LANDLORD', LocationType: 'R' },
  ...{ TaxCode: 'EXEMPT', ServiceCode: 'PESTINIT', 'LineItems[n].ServiceCode': 'PESTQTR', Salesperson: 'JDOE' },
  ...{
    TargetPest: 'Ants',
    TargetPests: 'ANTS, RODENTS',
    PendingEvent: 'CALLBACK',
    TaskType: 'CALL',
    TaskForUser: 'JDOE',
  },
  ...{ Schedule: 'QTRLY', BillingSchedule: 'ANNUAL', 'Technicians[n].Code': 'LKAPLAN', 'LineItems[n].ServiceId': '1' },
  ...{ 'InitialServiceOrder.ServiceCode': 'PESTINIT', 'InitialServiceOrder.Technician': 'LKAPLAN' },
};
const samples: Readonly<Record<FieldType, string>> = {
  ...{ text: 'Al', lines: 'two\nlines', phone: '(413) 555-0188 x12', state: 'Massachusetts', zip: '010001234' },
  ...{ email: 'amara@example.com', color: 'ff8800', enum: '', integer: '45', number: '$1.50', boolean: 'yes' },
  ...{ date: '4/10/2026 9:00 AM', texts: 'ANTS', integers: '1, 2' },
};

function rowOf(field: CatalogueField): MappingRow {
  const caption = field.category === 'Lead' ? 'Lead Ref' : 'Gate Code';
  const name = field.name.replace('[n]', '[1]').replace('[caption]', `[${caption}]`);
  return fixed(`${field.category}.${name}`, known[field.name] ?? field.values?.at(-1) ?? samples[field.type]);
}

const all = only('location', 'lead', 'task', 'service', 'recurring_service', 'card');
const card = { brand: 'Visa', last4: '4242', expiry: '2028-09', name: 'Amara Oduya' };

async function readyWith(client: PestPacClient, mappings: readonly MappingRow[]): Promise<Ready> {
  const made = transfer(ask({ now, mappings, steps: all, card, codes: await client.codes() }));
  if (!made.ok) throw new Error(JSON.stringify(made.faults));
  return made;
}

describe('every field of the catalogue, filled at once', () => {
  const mappings = catalogue.filter(({ closed }) => closed === undefined).map(rowOf);

  it('may be saved as mappings of the company', async () => {
    expect(await mappingsPart.check?.([...mappings], open())).toEqual([]);
  });

  it('is taken by PestPac, and stands there as it was sent', async () => {
    const client = open();
    const ready = await readyWith(client, mappings);
    const { LocationID: location, BillToID: billTo } = await client.createLocation(locationBody(ready, {}));
    const { LeadID: lead } = await client.createLead(leadBody(ready, { location }));
    await client.createTask(taskBody(ready, { location, lead }));
    await client.createOrder(orderBody(ready, { location }));
    await client.createSetup(setupBody(ready, { location }));
    await client.addCard(billTo, cardBody(ready, { billTo, token: 'sim_tok_1' }));
    const { control } = simulator;
    expect(kept('locations', control).at(-1)).toMatchObject({ ...ready.values.Location, ...dashed('Location', ready) });
    expect(kept('leads', control).at(-1)).toMatchObject({ ...ready.values.Lead, ...dashed('Lead', ready) });
    const { Description: _, ...task } = ready.values.Task ?? {};
    expect(kept('tasks', control).at(-1)).toMatchObject(task);
    expect(kept('orders', control).some((order) => order['ExternalIdentifier'] === 'cp:r1')).toBe(true);
    expect(kept('setups', control).at(-1)).toMatchObject({ Schedule: 'QTRLY', Color: '#ff8800' });
    expect(kept('cards', control).at(-1)).toMatchObject({ BillToID: billTo });
  });

  it('is taken where it is added to a customer that was there', async () => {
    const client = open();
    const ready = await readyWith(client, mappings);
    const first = await client.createLocation(locationBody(ready, {}));
    const second = await client.createLocation(locationBody(ready, { billTo: first.BillToID }));
    expect(second.BillToID).toBe(first.BillToID);
  });
});

function kept(
  kind: 'locations' | 'leads' | 'tasks' | 'orders' | 'setups' | 'cards',
  control: PestPacSimulator['control'],
) {
  return control.records(kind) as readonly Record<string, unknown>[];
}

/** PestPac writes ten digits with dashes. */
function dashed(category: 'Location' | 'Lead', ready: Ready): Record<string, string> {
  const names = ['Phone', 'AlternatePhone', 'Fax', 'MobilePhone'];
  const values = names.map((name) => [name, String(ready.values[category]?.[name])] as const);
  return Object.fromEntries(values.map(([name, text]) => [name, text.replace(/(...)(...)(....)/, '$1-$2-$3')]));
}
