import { CrmUser } from '@occ-hub/contracts';
import { identity, mapping, rowsOver, text } from '@occ-hub/mapping';
import { SfStaff } from '../records.ts';
import { optionalText } from './optional-text.ts';

const { from } = rowsOver(SfStaff);

// prettier-ignore
export const userFromStaff = mapping({ title: 'user', from: SfStaff, to: CrmUser }, {
  // OCC field   improveit360 field     conversion   note
  crm_id: from('Id',                    identity),
  name:   from('Name',                  text),
  email:  from('i360core__Email__c',    optionalText),
});
