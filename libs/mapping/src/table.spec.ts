import { isHubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { applyMapping, readRecord } from './apply.ts';
import { identity, text } from './conversions/text.ts';
import { localDateTime } from './conversions/wall-clock.ts';
import { printMapping } from './print.ts';
import { rowsOver } from './rows.ts';
import { mapping } from './table.ts';

const Vendor = z.object({
  id: z.number(),
  at: z.string().nullable(),
  phone: z.string().nullable(),
  mobile: z.string().nullable(),
});
const Phone = z.object({ name: z.string(), number: z.string() });
const Visit = z.object({
  external_id: z.string(),
  start_time: z.iso.datetime(),
  phones: z.array(Phone),
  colour: z.string().optional(),
});
const { from, each, fixed, absent } = rowsOver(Vendor);

const home = mapping(
  { title: 'home phone', from: Vendor, to: Phone },
  { name: fixed('Phone'), number: from('phone', text) },
);
const mobile = mapping(
  { title: 'mobile phone', from: Vendor, to: Phone },
  { name: fixed('Mobile'), number: from('mobile', text) },
);
const visit = mapping(
  { title: 'visit', from: Vendor, to: Visit },
  {
    external_id: from('id', identity),
    start_time: from('at', localDateTime, 'local'),
    phones: each([home, mobile], 'number'),
    colour: absent('not in this response'),
  },
);
const context = { timeZone: 'America/New_York', warn: () => undefined };

describe('applyMapping', () => {
  it('fills every row and leaves out list entries that are not there', () => {
    const made = applyMapping(visit, { id: 7, at: '2026-01-15T14:00:00', phone: null, mobile: '4105550143' }, context);
    expect(made).toEqual({
      external_id: '7',
      start_time: '2026-01-15T19:00:00.000Z',
      phones: [{ name: 'Mobile', number: '4105550143' }],
    });
  });

  it('names table, row and vendor field of a value that it cannot read, but not the value', () => {
    const failing = () => applyMapping(visit, { id: 7, at: 'secret-looking', phone: null, mobile: null }, context);
    expect(failing).toThrow('visit.start_time (from at): not a date and time without offset');
    try {
      failing();
    } catch (error) {
      expect(isHubError(error, 'unreadable') && error.code).toBe('mapping.row-unreadable');
    }
  });

  it('reads a record by its shape and names the field at fault', () => {
    expect(() => readRecord(Vendor, { id: 'x', at: null, phone: null, mobile: null })).toThrow(/^id: /);
  });
});

describe('printMapping', () => {
  it('prints the receiving side on the left, nested tables below', () => {
    const printed = printMapping(visit);
    expect(printed).toContain('| start_time | at | wall clock to UTC | local |');
    expect(printed).toContain('| colour | — | — | not in this response |');
    expect(printed).toContain('### mobile phone');
  });
});
