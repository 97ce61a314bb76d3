import { describe, expect, it } from 'vitest';
import { ask, codes, fixed, needed, only, record, row } from '../testing/mapping-rows.ts';
import { type Ready, transfer, type TransferAsk } from './transfer.ts';

function ready(more: Partial<TransferAsk>): Ready {
  const made = transfer(ask(more));
  if (!made.ok) throw new Error(JSON.stringify(made.faults));
  return made;
}

function faults(more: Partial<TransferAsk>) {
  const made = transfer(ask(more));
  return made.ok ? [] : made.faults;
}

const card = { brand: 'American Express', last4: '4242', expiry: '2028-09', name: 'Ngozi Okafor' };

describe('a location', () => {
  it('has what is mapped, what is sent otherwise, and the key that it is found again by', () => {
    const mappings = [...needed, row('Location.LastName', 'last name'), row('Location.Phone', 'PHONE ')];
    expect(ready({ mappings }).values.Location).toEqual({
      ...{ Division: 'RES', Source: 'WEB', Type: 'R', LastName: 'Okafor', Phone: '4135550142' },
      ...{ Active: true, EnteredDate: '2026-04-02T00:00:00', InternalIdentifier: 'cp:88123' },
    });
  });

  it.each(['Division', 'Lead Source', 'Location Type'])(
    'is not sent while %s is empty, whatever its row says',
    (name) => {
      const { [name]: _, ...rest } = record;
      const [fault, ...more] = faults({ record: rest });
      expect(fault).toMatchObject({ category: 'Location', clickpoint_field: name });
      expect(fault?.message).toMatch(new RegExp(`^Fill ${name}: `));
      expect(more).toEqual([]);
    },
  );

  it('keeps the extension of a phone beside it, unless a row fills that', () => {
    const phone = { ...record, Phone: '413-555-0142 x77', Ext: '12' };
    const mappings = [...needed, row('Location.Phone', 'Phone')];
    expect(ready({ record: phone, mappings }).values.Location).toMatchObject({ PhoneExtension: '77' });
    const both = [...mappings, row('Location.PhoneExtension', 'Ext')];
    expect(ready({ record: phone, mappings: both }).values.Location).toMatchObject({ PhoneExtension: '12' });
  });

  it('says what it left out of a phone', () => {
    const phone = { ...record, Phone: '413-555-0142 x777777' };
    const made = ready({ record: phone, mappings: [...needed, row('Location.Phone', 'Phone')] });
    expect(made.values.Location).not.toHaveProperty('PhoneExtension');
    expect(made.warnings).toEqual([expect.objectContaining({ pestpac_field: 'PhoneExtension' })]);
  });

  it('keeps to its fifty characters of an identifier, however long the id of the lead is', () => {
    const marks = { lead: `${'9'.repeat(90)}123`, run: 'r1' };
    const key = String(ready({ marks }).values.Location?.['InternalIdentifier']);
    expect(key).toHaveLength(50);
    expect(key.endsWith('123')).toBe(true);
  });

  it('takes nothing from the record but what is mapped', () => {
    const made = ready({ record: { ...record, Phone: '4135550142', City: 'Marlow', __proto__: 'x' } });
    expect(Object.keys(made.values.Location ?? {}).toSorted()).toEqual(
      ['Division', 'Source', 'Type', 'Active', 'EnteredDate', 'InternalIdentifier'].toSorted(),
    );
  });
});

describe('a record that is not complete', () => {
  const mappings = [
    ...needed,
    row('Location.City', 'Town', { required: true }),
    row('Location.Phone', 'Phone', { search: 'required' }),
    row('Lead.ProposalValue', 'Value'),
    row('Task.DueDate', 'Due', { required: true }),
  ];

  it('is told every fault at once, by the ClickPoint field that is to be filled', () => {
    const { Phone: _, ...rest } = record;
    const told = faults({ mappings, record: { ...rest, Value: 'much' }, steps: only('location', 'lead') });
    expect(told.map(({ clickpoint_field }) => clickpoint_field)).toEqual(['Town', 'Phone', 'Value']);
  });

  it('is asked for nothing of a step that is switched off', () => {
    expect(faults({ mappings, record: { ...record, Town: 'Marlow' }, steps: only('location', 'lead') })).toEqual([]);
    expect(faults({ mappings, steps: only('lead') })).toEqual([]);
  });

  it('is told a code that PestPac has not, or no longer', () => {
    const told = faults({ record: { ...record, 'Location Type': 'B', Division: 'OLD' }, codes });
    expect(told.map(({ pestpac_field }) => pestpac_field)).toEqual(['Division', 'Type']);
  });

  it('may name a code by its longer title, which is not judged before the lists are there', () => {
    const titled = { ...record, Division: 'residential' };
    expect(faults({ record: titled })).toEqual([]);
    expect(ready({ record: titled, codes }).values.Location).toMatchObject({ Division: 'RES' });
    expect(faults({ record: titled, codes: {} })).toEqual([expect.objectContaining({ pestpac_field: 'Division' })]);
  });

  it('is told what no row can: a field that PestPac needs and nobody mapped', () => {
    expect(faults({ steps: only('task') })).toEqual([
      expect.objectContaining({ category: 'Task', pestpac_field: 'Subject', clickpoint_field: null }),
    ]);
    expect(faults({ steps: only('recurring_service') }).map(({ pestpac_field }) => pestpac_field)).toEqual([
      ...['Schedule', 'LineItems[1].ServiceCode'],
    ]);
  });

  it('never says a value of the lead', () => {
    const secret = 'Zanzibar-4711';
    const rows = ['Phone', 'EMail', 'Zip', 'State', 'LastName', 'Latitude', 'ContactDate', 'Prospect'];
    const told = faults({
      record: Object.fromEntries([...Object.entries(record), ['X', `${secret}${'x'.repeat(30)}`]]),
      mappings: [...needed, ...rows.map((name) => row(`Location.${name}`, 'X'))],
    });
    expect(told).toHaveLength(rows.length);
    expect(JSON.stringify(told)).not.toContain(secret);
  });
});

describe('mappings that were saved before a rule was there', () => {
  it('transfer nothing', () => {
    const told = faults({ mappings: [...needed.slice(1), row('Lead.Comment', 'Card Number')] });
    expect(told).toEqual([
      expect.objectContaining({ pestpac_field: 'Comment', clickpoint_field: null }),
      expect.objectContaining({ pestpac_field: 'Division', clickpoint_field: null }),
    ]);
  });
});

describe('a lead', () => {
  const steps = only('location', 'lead');

  it('is new, received now, and ends with the mark of its run', () => {
    const mappings = [...needed, row('Lead.Comment', 'Notes')];
    expect(ready({ steps, mappings, record: { ...record, Notes: 'Friday?\r\nBack door' } }).values.Lead).toEqual({
      ...{ LeadType: 'Lead', WonStatus: 'New', DateReceived: '2026-04-02T22:05:06' },
      Comment: 'Friday?\nBack door\n[cp:r1]',
    });
  });

  it('is called by its own name, or by that of its location', () => {
    const location = [row('Location.FirstName', 'First Name'), row('Location.LastName', 'Last Name')];
    const own = row('Lead.LastName', 'Last Name');
    const named = row('Lead.Name', 'First Name');
    const name = (mappings: TransferAsk['mappings']) => ready({ steps, mappings }).values.Lead?.['Name'];
    expect(name([...needed, ...location])).toBe('Ngozi Okafor');
    expect(name([...needed, ...location, own])).toBe('Okafor');
    expect(name([...needed, ...location, named])).toBe('Ngozi');
    expect(name(needed)).toBeUndefined();
  });

  it('says when its name did not fit', () => {
    const long = { ...record, 'First Name': 'x'.repeat(15), 'Last Name': 'y'.repeat(20) };
    const mappings = [...needed, row('Location.FirstName', 'First Name'), row('Location.LastName', 'Last Name')];
    const made = ready({ steps, mappings, record: long });
    expect(made.values.Lead?.['Name']).toHaveLength(35);
    expect(made.warnings).toEqual([expect.objectContaining({ category: 'Lead', pestpac_field: 'Name' })]);
  });
});

describe('services', () => {
  it('have rows in their order, without those that nothing is sold by', () => {
    const mappings = [
      ...needed,
      row('Service.LineItems[3].ServiceCode', 'Second'),
      row('Service.LineItems[1].ServiceCode', 'First'),
      row('Service.LineItems[1].UnitPrice', 'Price'),
      fixed('Service.LineItems[2].Quantity', '2'),
      row('Service.Technicians[3].Code', 'Sales'),
      row('Service.Technicians[1].Share', 'Price'),
      row('Service.UserDefinedFields[Gate]', 'Gate'),
    ];
    const given = { ...record, First: 'PESTINIT', Second: 'TERMITE', Price: '$99', Sales: 'JDOE', Gate: '7' };
    const made = ready({ mappings, record: given, steps: only('service') });
    expect(made.values.Service).toEqual({
      OrderType: 'ServiceOrder',
      ExternalIdentifier: 'cp:r1',
      LineItems: [{ ServiceCode: 'PESTINIT', UnitPrice: 99 }, { ServiceCode: 'TERMITE' }],
      Technicians: [{ Position: 3, Code: 'JDOE' }],
      UserDefinedFields: [{ Caption: 'Gate', Value: '7' }],
    });
    expect(made.warnings.map(({ pestpac_field }) => pestpac_field)).toEqual([
      ...['LineItems[2].Quantity', 'Technicians[1].Share'],
    ]);
  });

  it('need something that is sold, by the field that says what', () => {
    const mappings = [...needed, row('Service.LineItems[1].ServiceCode', 'Sold')];
    expect(faults({ mappings, steps: only('service') })).toEqual([
      expect.objectContaining({ clickpoint_field: 'Sold', message: expect.stringMatching(/^Fill Sold: /) }),
    ]);
    const strict = [...needed, row('Service.LineItems[1].ServiceCode', 'Sold', { required: true })];
    expect(faults({ mappings: strict, steps: only('service') })).toHaveLength(1);
  });

  const recurring = [
    ...needed,
    fixed('RecurringService.Schedule', 'QTRLY'),
    fixed('RecurringService.LineItems[1].ServiceCode', 'PESTQTR'),
    row('RecurringService.InitialServiceOrder.WorkDate', 'Visit'),
  ];
  const visit = { ...record, Visit: '4/10/2026 9:00 AM' };

  it('make a first visit where one is described', () => {
    const steps = only('recurring_service');
    expect(ready({ mappings: recurring, record: visit, steps }).values.RecurringService).toMatchObject({
      ...{ CreateInitialServiceOrder: true, InitialServiceOrder: { WorkDate: '2026-04-10T09:00:00' } },
      ServiceInstructions: '[cp:r1]',
    });
    const without = ready({ mappings: recurring, steps }).values.RecurringService;
    expect(without).not.toHaveProperty('CreateInitialServiceOrder');
  });

  it('make none where the mappings say so', () => {
    const mappings = [...recurring, fixed('RecurringService.CreateInitialServiceOrder', 'no')];
    const made = ready({ mappings, record: visit, steps: only('recurring_service') });
    expect(made.values.RecurringService).toHaveProperty('CreateInitialServiceOrder', false);
    expect(made.values.RecurringService).not.toHaveProperty('InitialServiceOrder');
  });

  it('keep their mark within what PestPac takes', () => {
    const mappings = [...recurring, row('RecurringService.ServiceInstructions', 'Notes')];
    const given = { ...record, Notes: 'x'.repeat(8000) };
    const made = ready({ mappings, record: given, steps: only('recurring_service') });
    const text = String(made.values.RecurringService?.['ServiceInstructions']);
    expect(text).toHaveLength(8000);
    expect(text.endsWith('\n[cp:r1]')).toBe(true);
  });
});

describe('a card', () => {
  const steps = only('card');

  it('is a brand, a mask with four digits, a month and a name', () => {
    expect(ready({ steps, card }).values.Card).toEqual({
      ...{ CreditCardType: 'AmericanExpress', NameOnCard: 'Ngozi Okafor', AutoBill: false },
      ...{ MaskedAccountNumber: 'XXXXXXXXXXXX4242', ExpirationDate: '2028-09-01T00:00:00' },
    });
  });

  it('is billed by itself as mapped, which the link says too', () => {
    const mappings = [...needed, fixed('Card.AutoBill', 'yes'), fixed('Card.AutoBillEndDate', '2027-01-01')];
    const made = ready({ steps, card, mappings });
    expect(made.values.Card).toMatchObject({ AutoBill: true });
    expect(made.values.Card).not.toHaveProperty('AutoBillEndDate');
    expect(made.link).toEqual({ autoBill: true, autoBillEndDate: '2027-01-01T00:00:00' });
  });

  it('that came not along is not sent, and nobody is asked for the name on it', () => {
    const mappings = [...needed, row('Card.NameOnCard', 'Card Holder', { required: true })];
    expect(ready({ steps, mappings }).values).toEqual({});
    expect(faults({ steps, mappings, card })).toEqual([expect.objectContaining({ clickpoint_field: 'Card Holder' })]);
  });

  it.each([
    ['2026-03', 1],
    ['2026-04', 0],
  ])('of %s has as many faults as %d in April 2026', (expiry, count) => {
    expect(faults({ steps, card: { ...card, expiry } })).toHaveLength(count);
  });

  it('of an unknown brand is Other, and a long name is cut with a warning', () => {
    const made = ready({ steps, card: { ...card, brand: 'Newcard', name: 'x'.repeat(40) } });
    expect(made.values.Card).toMatchObject({ CreditCardType: 'Other', NameOnCard: 'x'.repeat(35) });
    expect(made.warnings).toHaveLength(1);
  });
});

describe('what a location is looked for by', () => {
  const search = (mappings: TransferAsk['mappings'], more: Partial<TransferAsk> = {}) => ready({ mappings, ...more });
  const phones = [
    row('Location.Phone', 'Phone', { search: 'optional' }),
    row('Location.AlternatePhone', 'Work', { search: 'optional' }),
    row('Location.MobilePhone', 'Mobile', { search: 'required' }),
  ];
  const given = { ...record, Mobile: '413-555-0177', Work: '413.555.0142' };

  it('are phones, each once, those that must be there first', () => {
    const made = search([...needed, ...phones], { record: given });
    expect(made.search).toEqual({ on: true, phones: ['4135550177', '4135550142'], terms: [] });
  });

  it('are phones that take part only, and other fields narrow them', () => {
    const rows = [
      phones[0] as (typeof phones)[number],
      row('Location.MobilePhone', 'Mobile'),
      row('Location.LastName', 'Last Name', { search: 'required' }),
      row('Location.City', 'City', { search: 'optional' }),
    ];
    expect(search([...needed, ...rows], { record: given }).search).toEqual({
      on: true,
      phones: ['4135550142'],
      terms: [{ field: 'LastName', value: 'Okafor', option: 'required' }],
    });
  });

  it('is nothing where searching is off, or no location is made', () => {
    expect(search([...needed, row('Location.Phone', 'Phone')]).search.on).toBe(false);
    expect(search([...needed, ...phones.slice(0, 2)], { steps: only('lead') }).search.on).toBe(false);
  });

  it('is told to be missing where no phone is filled', () => {
    const { Phone: _, ...rest } = record;
    const made = search([...needed, ...phones.slice(0, 2)], { record: rest });
    expect(made.search).toEqual({ on: true, phones: [], terms: [] });
    expect(made.warnings).toEqual([expect.objectContaining({ message: expect.stringContaining('No phone') })]);
  });
});
