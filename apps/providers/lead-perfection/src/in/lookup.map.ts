import { LookupEntry } from '@occ-hub/contracts';
import { asItIs, identity, mapping, rowsOver, text } from '@occ-hub/mapping';
import { PlacedEntry } from '../records.ts';

const { absent, from } = rowsOver(PlacedEntry);

// prettier-ignore
export const lookupFromEntry = mapping({ title: 'lookup entry', from: PlacedEntry, to: LookupEntry }, {
  id:          from('key',      identity),
  description: from('value',    text),
  position:    from('position', asItIs,    'the order of the list'),
  result_id:   absent('LeadPerfection has no details of a result'),
  confirm:     absent('no disposition sets anything off'),
});
