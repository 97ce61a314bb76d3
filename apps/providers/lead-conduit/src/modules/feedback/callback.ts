import * as z from 'zod';
import { type Plain, plainOf } from '../../platform/typed-value.ts';

/** LeadPerfection's keys in its own spelling. It may send them in any other. */
export const callbackKeys = [
  ...(['type', 'reason', 'error_msg', 'ProspectID', 'EventID', 'LeadNumber', 'LogNumber'] as const),
  ...(['FirstName', 'LastName', 'Address1', 'City', 'State', 'Zip', 'Phone', 'Email'] as const),
  ...(['DateReceived', 'EntryDate', 'SalesRep', 'Setter', 'Prod', 'Source', 'SubSource', 'SRS_ID'] as const),
  ...(['Dispo', 'CallsCount', 'ApptDate', 'EverSet', 'EverGrossIssue', 'EverDemo', 'Sold', 'Gross'] as const),
  ...(['PrimaryJobStatus', 'Method', 'ikr_id', 'ikrdescr', 'inq_id', 'RecType'] as const),
];

type CallbackKey = (typeof callbackKeys)[number];

/** What LeadPerfection sent, by its own spelling of the keys. */
export const Callback = z.custom<{ readonly [Key in CallbackKey]: Plain }>(
  (value) => typeof value === 'object' && value !== null,
);
export type Callback = z.infer<typeof Callback>;

const bare = (name: string) => name.toLowerCase().replaceAll(/[_\s]/g, '');
const spelling = new Map(callbackKeys.map((key) => [bare(key), key]));

/**
 * Puts keys of any case, with `_` or without, back into LeadPerfection's spelling. Where a key comes twice, the first that
 * is not blank counts. Keys that LeadPerfection does not have are left out.
 */
export function callbackFrom(sent: Iterable<readonly [string, unknown]>): Callback {
  const found = new Map<CallbackKey, Plain>();
  for (const [name, value] of sent) {
    const key = spelling.get(bare(name));
    const plain = plainOf(value);
    if (key !== undefined && !found.has(key) && String(plain ?? '').trim() !== '') found.set(key, plain);
  }
  return Object.fromEntries(callbackKeys.map((key) => [key, found.get(key)])) as Callback;
}
