import { describe, expect, it } from 'vitest';
import { isAbout, leadKeysOf } from './lead-keys.ts';

describe('the keys of a lead', () => {
  it.each([
    [
      { lognumber: 'LC-1', eventid: 'e1' },
      { log_number: 'LC-1', event_id: 'e1' },
    ],
    [
      { Log_Number: ' LC-1 ', 'event.id': 'e1' },
      { log_number: 'LC-1', event_id: 'e1' },
    ],
    [{ event_id: '', lognumber: '  ' }, {}],
    [{ 'lead.first_name': 'Rosa', 'old.lognumber': 'LC-1' }, {}],
  ])('of %j are %j', (variables, keys) => {
    expect(leadKeysOf(variables)).toEqual(keys);
  });
});

describe('feedback', () => {
  const lead = { provider: 'a-source', subject: 'o/a-source/lead/log/LC-1', log_number: 'LC-1', event_id: 'e1' };
  const said = { provider: 'a-source', subject: 'o/a-source/lead/other' };

  it('is about a lead that has one of its keys', () => {
    expect(isAbout({ ...said, log_number: 'LC-1' }, lead)).toBe(true);
    expect(isAbout({ ...said, log_number: 'LC-2', event_id: 'e1' }, lead)).toBe(true);
    expect(isAbout({ ...said, subject: lead.subject }, lead)).toBe(true);
  });

  it('is not about a lead of another source, nor about one because both have no key', () => {
    expect(isAbout({ ...said, provider: 'b-source', log_number: 'LC-1' }, lead)).toBe(false);
    expect(isAbout(said, { provider: 'a-source', subject: 'o/a-source/lead/lead/x' })).toBe(false);
    expect(isAbout({ ...said, log_number: 'LC-2' }, lead)).toBe(false);
  });
});
