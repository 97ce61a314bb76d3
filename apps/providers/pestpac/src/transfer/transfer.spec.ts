import { describe, expect, it } from 'vitest';
import { codes, needed, only, record, row } from '../testing/mapping-rows.ts';
import { faults, ready } from '../testing/transfers.ts';
import type { TransferAsk } from './transfer.ts';

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

  it('may name a code by its longer title, which is not judged before its list is there', () => {
    const titled = { ...record, Division: 'residential' };
    expect(faults({ record: titled })).toEqual([]);
    expect(ready({ record: titled, codes }).values.Location).toMatchObject({ Division: 'RES' });
    const { Divisions: _, ...others } = codes;
    expect(ready({ record: titled, codes: others }).unread).toEqual(['Divisions']);
    expect(faults({ record: titled, codes: { ...codes, Divisions: [] } })).toEqual([
      expect.objectContaining({ pestpac_field: 'Division' }),
    ]);
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
