import type { ReadConfiguration } from '@occ-hub/provider-kit';
import { describe, expect, it } from 'vitest';
import { mappingsPart } from '../mappings/mappings.part.ts';
import type { MappingRow } from '../mappings/mappings.ts';
import { ask, codes, fixed, needed, only, record, row } from '../testing/mapping-rows.ts';
import { triggersPart } from '../triggers/triggers.part.ts';
import type { Steps, Trigger } from '../triggers/triggers.ts';
import { cardBody, leadBody, locationBody, orderBody, setupBody, taskBody } from './bodies.ts';
import { preview } from './preview.ts';
import type { PreviewCall } from './preview-calls.ts';
import { transfer } from './transfer.ts';

const rows: readonly MappingRow[] = [
  ...needed,
  row('Location.Phone', 'Phone', { search: 'optional' }),
  row('Location.LastName', 'Last Name', { search: 'optional', too_long: 'shorten' }),
  row('Lead.Comment', 'Notes'),
  fixed('Task.Subject', 'Call'),
  fixed('Service.LineItems[1].ServiceCode', 'PESTINIT'),
  fixed('RecurringService.Schedule', 'QTRLY'),
  fixed('RecurringService.LineItems[1].ServiceCode', 'PESTQTR'),
  fixed('Card.AutoBill', 'yes'),
];
const all = only('location', 'lead', 'task', 'service', 'recurring_service', 'card');
const card = { token: 'sim_tok_1', brand: 'Visa', last4: '4242', expiry: '2028-09', name: 'Ngozi Okafor' };
const sample = {
  record_type: 'Lead',
  action: 'Sold',
  lead_id: '88123',
  fields: { ...record, Notes: null, Age: 4 },
  card,
};

interface Previewed {
  readonly outcome: string;
  readonly calls: readonly PreviewCall[];
  readonly warnings: readonly unknown[];
  readonly search: unknown;
  readonly fields: readonly { readonly clickpoint_field: string }[];
}

async function shown(given: unknown, steps: Steps = all): Promise<Previewed> {
  const trigger: Trigger = { record_type: 'Lead', actions: ['Sold'], steps, enabled: true };
  const values = new Map<string, unknown>([
    [triggersPart.name, [trigger]],
    [mappingsPart.name, rows],
  ]);
  const config = ((part) => Promise.resolve({ version: 1, value: values.get(part.name) })) as ReadConfiguration;
  const client = { codes: () => Promise.resolve({ Types: codes.Types ?? [] }), now: () => ask().now };
  return (await preview({ client, settings: { time_zone: ask().timeZone }, config, sample: given })) as Previewed;
}

describe('a preview', () => {
  it('shows every call of the run in its order, with places for the ids that are learnt on the way', async () => {
    const { outcome, calls } = await shown(sample);
    expect(outcome).toBe('ready');
    expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      ...['GET /BillTos', 'GET /Locations', 'POST /Locations', 'POST /Leads', 'POST /Tasks', 'POST /ServiceOrders'],
      ...['POST /ServiceSetups', 'GET /BillTos/{BillToID}/paymentAccounts', 'POST /BillTos/{BillToID}/paymentAccounts'],
      'PUT /ServiceSetups/{SetupID}/paymentAccount',
    ]);
    expect(calls.at(-1)?.query).toEqual({ cardId: '{CardID}', autoBill: 'true' });
  });

  it('has the very bodies that a run of the same disposition sends', async () => {
    const { calls } = await shown(sample);
    const { token: _, ...facts } = card;
    const made = transfer(ask({ mappings: rows, steps: all, card: facts, marks: { lead: '88123', run: '{run}' } }));
    if (!made.ok) throw new Error('not ready');
    const location = '{LocationID}';
    expect(calls.flatMap(({ body }) => (body ? [body] : []))).toEqual([
      locationBody(made, {}),
      leadBody(made, { location }),
      taskBody(made, { location, lead: '{LeadID}' }),
      orderBody(made, { location }),
      setupBody(made, { location }),
      cardBody(made, { billTo: '{BillToID}', token: '{CardToken}' }),
    ]);
  });

  it('never shows the token of a card', async () => {
    expect(JSON.stringify(await shown(sample))).not.toContain(card.token);
  });

  it('shows what a trigger switched on and nothing else', async () => {
    const { card: _, ...without } = sample;
    const paths = async (steps: Steps) => (await shown(without, steps)).calls.map(({ path }) => path);
    expect(await paths(only('lead'))).toEqual(['/Leads']);
    expect(await paths(only('card'))).toEqual(['/BillTos/{BillToID}/paymentAccounts']);
    expect((await shown(without, only('lead', 'task'))).search).toEqual({ on: false, phones: [], narrowed_by: [] });
  });

  it('says what was changed on the way', async () => {
    const long = { ...sample, fields: { ...sample.fields, 'Last Name': 'x'.repeat(25) } };
    expect((await shown(long)).warnings).toEqual([expect.objectContaining({ pestpac_field: 'LastName' })]);
  });

  it('says which fields are to be filled', async () => {
    const { outcome, fields } = await shown({ ...sample, fields: { ...record, Division: '', 'Location Type': 'B' } });
    expect(outcome).toBe('incomplete');
    expect(fields.map((each) => each.clickpoint_field)).toEqual(['Division', 'Location Type']);
  });

  it('says that no trigger fits', async () => {
    expect(await shown({ ...sample, action: 'Lost' })).toMatchObject({ outcome: 'ignored' });
  });

  it('takes what the door takes, in its spellings, and refuses the same secrets', async () => {
    const { record_type: recordType, lead_id: _, ...rest } = sample;
    expect(await shown({ ...rest, recordType, leadId: 88123 })).toEqual(await shown(sample));
    expect(await shown({ ...sample, fields: { ...sample.fields, PIN: '' } })).toMatchObject({ outcome: 'ready' });
    const secret = shown({ ...sample, fields: { ...sample.fields, CVV: '771' } });
    await expect(secret).rejects.toMatchObject({ kind: 'rejected', code: 'pestpac.card-secret-refused' });
  });

  it('of something else names what is wrong and repeats nothing of it', async () => {
    const wrong = shown({ ...sample, card: { ...card, number: '12' } });
    await expect(wrong).rejects.toMatchObject({
      kind: 'rejected',
      code: 'pestpac.body-invalid',
      fields: [{ pointer: '/card' }],
    });
  });
});
