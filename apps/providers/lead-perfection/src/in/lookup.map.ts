import { LookupEntry } from '@occ-hub/contracts';
import { identity, mapping, rowsOver, text } from '@occ-hub/mapping';
import { LpEntry } from '../records.ts';

const { from } = rowsOver(LpEntry);

// prettier-ignore
export const lookupFromEntry = mapping({ title: 'lookup entry', from: LpEntry, to: LookupEntry }, {
  id:        from('key',   identity),
  label:     from('value', text),
});
