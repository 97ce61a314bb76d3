import { describe, expect, it } from 'vitest';
import { needed, only, record, row } from '../testing/mapping-rows.ts';
import { ready } from '../testing/transfers.ts';
import type { TransferAsk } from './transfer.ts';

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
