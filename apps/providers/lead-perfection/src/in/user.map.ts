import { CrmUser } from '@occ-hub/contracts';
import { identity, mapping, rowsOver, text } from '@occ-hub/mapping';
import { LpEntry } from '../records.ts';

const { absent, from } = rowsOver(LpEntry);

// prettier-ignore
export const userFromEntry = mapping({ title: 'user', from: LpEntry, to: CrmUser }, {
  // OCC field   LeadPerfection field   conversion   note
  crm_id:    from('key',                identity),
  name:      from('value',              text),
  email:     absent('LeadPerfection gives no e-mail: users are linked by hand'),
});
