import { describe, expect, it } from 'vitest';
import { Trigger, triggerFor, Triggers } from './triggers.ts';
import { triggersPart } from './triggers.part.ts';

const trigger = (recordType: string, actions: readonly string[], more: object = {}) =>
  Trigger.parse({ record_type: recordType, actions, steps: {}, ...more });

describe('the trigger of a disposition', () => {
  const sold = trigger('Residential Lead', ['Sold', 'Appointment Set']);
  const other = trigger('Commercial Lead', ['Sold']);

  it('has its record type and one of its actions, whatever the capitals and the space around them', () => {
    expect(triggerFor([other, sold], ' residential lead', 'APPOINTMENT set ')).toBe(sold);
  });

  it.each([
    ['Residential Lead', 'Sold later'],
    ['Residential', 'Sold'],
    ['Residential Lead', ''],
    ['Commercial Lead', 'Appointment Set'],
  ])('is none for %s / %s', (recordType, action) => {
    expect(triggerFor([other, sold], recordType, action)).toBeUndefined();
  });

  it('is none while it is switched off', () => {
    expect(triggerFor([{ ...sold, enabled: false }], 'Residential Lead', 'Sold')).toBeUndefined();
  });

  it('does location and lead where nobody said otherwise', () => {
    expect(sold.steps).toEqual({
      ...{ location: true, lead: true, task: false },
      ...{ service: false, recurring_service: false, card: false },
    });
  });
});

describe('triggers that are saved', () => {
  const check = async (...triggers: readonly Trigger[]) =>
    ((await triggersPart.check?.([...triggers], undefined)) ?? []).map(({ pointer }) => pointer);

  it('start from none', () => {
    expect(Triggers.parse(triggersPart.initial)).toEqual([]);
  });

  it('name an action of a record type once', async () => {
    const both = [trigger('Lead', ['Sold', 'Won']), trigger('lead ', ['Lost', 'SOLD'])];
    expect(await check(...both)).toEqual(['/1/actions/1']);
    expect(await check(trigger('Lead', ['Sold', 'sold']))).toEqual(['/0/actions/1']);
  });

  it('may name it again where one of both is switched off', async () => {
    expect(await check(trigger('Lead', ['Sold'], { enabled: false }), trigger('Lead', ['Sold']))).toEqual([]);
  });

  it('do something while they are switched on', async () => {
    const nothing = { steps: { location: false, lead: false } };
    expect(await check(trigger('Lead', ['Sold'], nothing))).toEqual(['/0/steps']);
    expect(await check(trigger('Lead', ['Sold'], { ...nothing, enabled: false }))).toEqual([]);
  });

  it('take no step that there is not', () => {
    expect(Triggers.safeParse([{ record_type: 'Lead', actions: ['Sold'], steps: { invoice: true } }]).success).toBe(
      false,
    );
  });
});
