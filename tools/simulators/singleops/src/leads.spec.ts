import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SingleOpsSimulator } from './simulator.ts';
import { startSingleOpsSimulator } from './simulator.ts';
import { forMina, forRowan, JOB, MINA } from './testing/bodies.ts';
import { callerOf } from './testing/caller.ts';

let simulator: SingleOpsSimulator;
let caller: ReturnType<typeof callerOf>;
beforeEach(async () => {
  simulator = await startSingleOpsSimulator({ now: () => Date.parse('2026-05-01T12:00:00Z') });
  caller = callerOf(simulator);
});
afterEach(() => simulator.stop());

const lead = () => simulator.control.leads().at(-1);
/** What is wrong with a body, after making sure that nothing was made of it. */
const refusal = async (body: object): Promise<unknown> => {
  const before = [simulator.control.leads().length, simulator.control.clients().length];
  const { status, body: answer } = await caller.post(body);
  expect([status, answer.success, answer.id]).toEqual([422, false, null]);
  expect([simulator.control.leads().length, simulator.control.clients().length]).toEqual(before);
  return answer.error;
};

describe('a lead of an existing client', () => {
  test('is made, and its number told', async () => {
    const { status, body } = await caller.post(forRowan());
    expect([status, body]).toEqual([200, { success: true, error: null, id: lead()?.id }]);
    expect(lead()).toMatchObject({ clientId: 9001, newClient: false, name: JOB.name, state: 'Estimate Unscheduled' });
    expect(simulator.control.received('jobs')).toMatchObject([{ leadId: body.id, status: 200 }]);
  });

  test('the same body sent twice is two leads', async () => {
    const [one, other] = [await caller.post(forRowan()), await caller.post(forRowan())];
    expect(other.body.id).not.toBe(one.body.id);
    expect(simulator.control.leads({ client: 9001 })).toHaveLength(2);
  });

  test('an unknown, a merged or a sister account’s client is refused', async () => {
    expect(await refusal(forRowan({ client_id: 1 }))).toBe('Client must exist');
    expect(await refusal(forRowan({ client_id: '9001' }))).toBe('Client must exist');
    expect(await refusal(forRowan({ client_id: 9500 }))).toBe('Client must exist');
    expect(await refusal(forRowan({ client_id: 9008 }))).toBe('Client has been merged');
  });
});

describe('a lead of a new client', () => {
  test('waits until a person confirms the client', async () => {
    await caller.post(forMina());
    expect(lead()).toMatchObject({ state: 'Unconfirmed Client', newClient: true, clientName: 'Mina Sato' });
    const id = lead()?.clientId ?? 0;
    const { mobile: _mobile, ...kept } = MINA;
    expect(simulator.control.client(id)).toMatchObject({
      ...kept,
      portal_entered: true,
      portal_confirmed: false,
      is_new: true,
    });
    simulator.control.confirmLead(lead()?.id ?? 0);
    expect(simulator.control.client(id)).toMatchObject({ portal_confirmed: true, is_new: false });
    expect(lead()?.state).toBe('Estimate Unscheduled');
  });

  test('cannot be confirmed under a name that another client has', async () => {
    await caller.post(forMina({ first_name: 'Rowan', last_name: 'Pike' }));
    expect(() => simulator.control.confirmLead(lead()?.id ?? 0)).toThrow('9001');
    expect(lead()?.state).toBe('Unconfirmed Client');
  });

  test('client and portal lead exclude each other, and one of them must be', async () => {
    expect(await refusal({ ...forRowan(), portal_lead: MINA })).toBe('Client and portal lead exclude each other');
    expect(await refusal(forRowan({ client_id: null }))).toBe('Client must exist');
    expect(await refusal(forRowan({ client_id: '' }, { portal_lead: { first_name: ' ' } }))).toBe('Client must exist');
    expect((await caller.post({ ...forRowan(), portal_lead: { first_name: '' } })).body.success).toBe(true);
  });

  test('a name or company, and a way to reach the client, must be given', async () => {
    expect(await refusal(forMina({ first_name: '', last_name: null }))).toBe("Name and company can't both be blank");
    expect(await refusal(forMina({ email: '', phone: '' }))).toBe('Email, phone or mobile must be given');
    expect((await caller.post(forMina({ first_name: '', last_name: '', company_name: 'Sato Ltd' }))).status).toBe(200);
  });

  test.each([
    ['first_name', 'First name', 255],
    ['last_name', 'Last name', 255],
    ['company_name', 'Company name', 255],
    ['email', 'Email', 255],
    ['phone', 'Phone', 255],
    ['mobile', 'Mobile', 255],
    ['bill_addr_1', 'Address', 255],
    ['bill_addr_2', 'Address 2', 255],
    ['bill_addr_city', 'City', 255],
    ['bill_addr_state', 'State', 5],
    ['bill_addr_postal_code', 'Zip', 255],
  ])('%s has a limit', async (field, label, max) => {
    expect(await refusal(forMina({ [field]: 'x'.repeat(max + 1) }))).toBe(
      `${label} is too long (maximum is ${max} characters)`,
    );
    expect((await caller.post(forMina({ [field]: '🌳'.repeat(max) }))).status).toBe(200);
  });

  test('layout B expects the portal lead inside the job, and each layout is blind to the other', async () => {
    const { portal_lead, job, ...rest } = forMina();
    const layoutB = { ...rest, job: { ...job, portal_lead } };
    expect(await refusal(layoutB)).toBe('Client must exist');
    simulator.control.configure({ layout: 'B' });
    expect(await refusal(forMina())).toBe('Client must exist');
    await caller.post(layoutB);
    expect(lead()).toMatchObject({ clientName: 'Mina Sato', ignored: [] });
  });
});

describe('a job', () => {
  test('name, notes and values have limits, in characters', async () => {
    expect(await refusal(forRowan({ name: 'x'.repeat(42) }))).toBe('Name is too long (maximum is 41 characters)');
    expect(await refusal(forRowan({ notes: 'x'.repeat(4001) }))).toBe('Notes is too long (maximum is 4000 characters)');
    expect(await refusal(forRowan({ custom_field_values: [{ custom_input_id: 502, value: 'x'.repeat(4001) }] }))).toBe(
      'Custom field value is too long (maximum is 4000 characters)',
    );
    expect((await caller.post(forRowan({ name: '🌳'.repeat(41), notes: '🌳'.repeat(4000) }))).status).toBe(200);
  });

  test('by switch a long text is cut in place of refused', async () => {
    simulator.control.configure({ overLimit: 'cut' });
    await caller.post(forRowan({ name: `${'🌳'.repeat(41)}tail` }));
    expect(lead()?.name).toBe('🌳'.repeat(41));
  });

  test('division, stage and name must be known', async () => {
    expect(await refusal(forRowan({ operation_id: 1 }))).toBe('Operation must exist');
    expect(await refusal(forRowan({ operation_id: 43 }))).toBe('Operation must exist');
    expect(await refusal(forRowan({ operation_id: undefined }))).toBe('Operation must exist');
    expect(await refusal(forRowan({ name: ' ' }))).toBe("Name can't be blank");
    expect(await refusal(forRowan({}, { visit: { visit_stage_id: 5 } }))).toBe('Visit stage must exist');
    expect(await refusal({ job: { ...JOB, client_id: 9001 } })).toBe('Visit stage must exist');
    expect(await refusal({ visit: { visit_stage_id: 8 } })).toBe('param is missing or the value is empty: job');
  });

  test('everything wrong is told at once, as text, list or object, with 422 or 200', async () => {
    const wrong = forRowan({ operation_id: 1, client_id: 1 });
    expect(await refusal(wrong)).toBe('Operation must exist, Client must exist');
    simulator.control.configure({ errorAs: 'list' });
    expect(await refusal(wrong)).toEqual(['Operation must exist', 'Client must exist']);
    simulator.control.configure({ errorAs: 'object', failureStatus: 200 });
    const { status, body } = await caller.post(wrong);
    expect([status, body]).toEqual([
      200,
      { success: false, error: { base: ['Operation must exist', 'Client must exist'] }, id: null },
    ]);
  });

  test('a stage other than 8 makes no lead', async () => {
    await caller.post(forRowan({}, { visit: { visit_stage_id: 4 } }));
    expect(lead()?.state).toBe('Not A Lead');
  });

  test('what is not understood is ignored, and the operator sees it', async () => {
    await caller.post(forRowan({ description: 'Oaks' }, { source: 'web', task: null }));
    expect(lead()?.ignored).toEqual(['job.description', 'source']);
  });
});

describe('custom field values', () => {
  const values = (...custom_field_values: object[]) => forRowan({ custom_field_values });

  test('a required one must be given, unless the switch says otherwise', async () => {
    expect(await refusal(forRowan({ custom_field_values: undefined }))).toBe("Lead Source can't be blank");
    expect(await refusal(values({ custom_input_id: 501, value: '' }))).toBe("Lead Source can't be blank");
    simulator.control.configure({ enforceRequiredCustomInputs: false });
    expect((await caller.post(forRowan({ custom_field_values: undefined }))).status).toBe(200);
  });

  test('a dropdown takes the keys of its options, not what they show', async () => {
    expect(await refusal(values({ custom_input_id: 501, value: 'Partner site' }))).toBe(
      'Lead Source is not included in the list',
    );
    expect((await caller.post(values({ custom_input_id: 501, value: 'partner' }))).status).toBe(200);
  });

  test('one of clients, of another account or division has no place on a lead', async () => {
    const source = { custom_input_id: 501, value: 'Website' };
    simulator.control.setCustomInput({
      id: 504,
      name: 'Deep root',
      required: true,
      operations: [{ id: 42, name: 'PHC' }],
    });
    for (const id of [503, 504, 701]) {
      expect(await refusal(values(source, { custom_input_id: id, value: 'x' }))).toBe('Custom input must exist');
    }
    expect(await refusal(forRowan({ operation_id: 42 }))).toBe("Deep root can't be blank");
  });
});
