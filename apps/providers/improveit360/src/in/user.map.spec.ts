import { applyMapping, readRecord } from '@occ-hub/mapping';
import { describe, expect, it } from 'vitest';
import { SfStaff } from '../records.ts';
import { userFromStaff } from './user.map.ts';

const user = (row: object) =>
  applyMapping(userFromStaff, readRecord(SfStaff, row), { timeZone: 'UTC', warn: () => undefined });
const robin = { Id: '001D000000IRt53', Name: 'Robin Vale', i360core__Email__c: 'robin@example.test' };

describe('somebody on the staff becomes a user', () => {
  it('with the long id, by which appointments name their rep', () => {
    expect(user({ ...robin, attributes: { type: 'i360core__Staff__c' } })).toEqual({
      ...{ crm_id: '001D000000IRt53IAD', name: 'Robin Vale', email: 'robin@example.test' },
    });
  });

  it('without an address where there is none: they are linked by hand', () => {
    for (const blank of [null, undefined, '', '  '])
      expect(user({ ...robin, i360core__Email__c: blank })).not.toHaveProperty('email');
  });

  it('with blanks trimmed, and the case of the address kept', () => {
    expect(user({ ...robin, Name: ' Robin ', i360core__Email__c: ' Robin@Example.test ' })).toMatchObject({
      ...{ name: 'Robin', email: 'Robin@Example.test' },
    });
  });

  it('without a name where the name is hidden', () => {
    expect(user({ Id: robin.Id })).toEqual({ crm_id: '001D000000IRt53IAD', name: '' });
  });

  it('never without an id', () => {
    expect(() => user({ ...robin, Id: null })).toThrow('Id: ');
  });
});
