import { JobLead } from '@occ-hub/contracts';
import { describe, expect, it } from 'vitest';
import { Lead } from './lead.ts';
import { leadOf, variablesOf } from './lead-variables.ts';

describe('a lead that was posted', () => {
  it('is trimmed texts; flags, numbers and nothing may come as JSON has them', () => {
    expect(leadOf({ first_name: ' Pat ', division: 41, task: true, on_site: false, city: null, state: '' })).toEqual({
      ...{ first_name: 'Pat', division: '41', task: 'yes', on_site: 'no' },
    });
  });

  it.each([
    [{ colour: 'red', size: 1 }, ['/colour', '/size']],
    [{ task: 'maybe' }, ['/task']],
    [{ notes: ['a'] }, ['/notes']],
    [{ source_id: 'x'.repeat(201) }, ['/source_id']],
  ])('names what is no field, or none of its kind: %j', (posted, pointers) => {
    expect.assertions(1);
    try {
      leadOf(posted);
    } catch (error) {
      expect(error).toMatchObject({ kind: 'rejected', fields: pointers.map((pointer) => ({ pointer })) });
    }
  });

  it('says what is wrong in words that people know', () => {
    const posted = { task: 'maybe', notes: ['a'], city: 'x'.repeat(10_001), source_id: 'x'.repeat(201) };
    expect(() => leadOf(posted)).toThrow(
      expect.objectContaining({
        fields: expect.arrayContaining([
          { pointer: '/task', message: 'Say yes or no.' },
          { pointer: '/notes', message: 'Enter a text.' },
          { pointer: '/city', message: 'This is too long: at most 10,000 characters.' },
          { pointer: '/source_id', message: 'This is too long: at most 200 characters.' },
        ]),
      }),
    );
  });

  it.each([[null], ['text'], [[]], [3]])('is an object: %j is none', (posted) => {
    expect(() => leadOf(posted)).toThrow(expect.objectContaining({ kind: 'unreadable' }));
  });

  it('is the same after it went through an event', () => {
    const lead = leadOf({ first_name: 'Pat', task: true, wanted_start: '2027-05-04' });
    expect(leadOf(variablesOf(lead))).toEqual(lead);
  });

  it('has every name that a job of OCC’s comes with', () => {
    expect(Object.keys(Lead.shape)).toEqual(expect.arrayContaining(Object.keys(JobLead.shape)));
  });
});
