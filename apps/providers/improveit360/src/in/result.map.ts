import { LookupEntry } from '@occ-hub/contracts';
import { asItIs, identity, mapping, rowsOver, text } from '@occ-hub/mapping';
import { z } from 'zod';
import { optionalText } from './optional-text.ts';

/** An entry of a picklist with its place in it, and the result that it is a detail of. */
export const PlacedEntry = z.object({
  value: z.string(),
  index: z.int(),
  detail_of: z.string().optional(),
  confirm: z.string().optional(),
});

const { from } = rowsOver(PlacedEntry);

// prettier-ignore
export const resultFromPicklist = mapping({ title: 'result or result detail', from: PlacedEntry, to: LookupEntry }, {
  // OCC field     picklist entry      conversion    note
  id:          from('value',           identity,     'written back as it is; the label never'),
  description: from('value',           text),
  position:    from('index',           asItIs),
  result_id:   from('detail_of',       optionalText, 'of a detail: its result'),
  confirm:     from('confirm',         optionalText, 'Sold makes improveit360 create a Sale'),
});
