import { z } from 'zod';
import { clientOf } from '../account/client.ts';
import { CALL_KINDS, FAULT_KINDS } from '../faults/faults.ts';

/** The bodies and queries of the HTTP control API. Unknown keys are refused, so that a misspelt wish is noticed. */
export const faultBody = z.strictObject({
  kind: z.enum(FAULT_KINDS),
  call: z.enum(CALL_KINDS).optional(),
  count: z.union([z.int().min(1), z.literal('forever')]).optional(),
  skip: z.int().min(0).optional(),
  when: z.enum(['before', 'after']).optional(),
  ms: z.int().min(0).max(600_000).optional(),
  retryAfter: z.int().min(0).nullable().optional(),
});

export const switchesBody = z
  .strictObject({
    layout: z.enum(['A', 'B']),
    failureStatus: z.union([z.literal(200), z.literal(422)]),
    errorAs: z.enum(['text', 'list', 'object']),
    htmlLogin: z.enum(['never', 'unless-json', 'always']),
    overLimit: z.enum(['refuse', 'cut']),
    enforceRequiredCustomInputs: z.boolean(),
    archivedInSearch: z.boolean(),
    unconfirmedInSearch: z.boolean(),
    phoneSearchCoversMobile: z.boolean(),
    staleAfterDays: z.int().min(1),
  })
  .partial();

/** A client has the fields of the API's record, and no others. */
const KEYS = Object.keys(clientOf({ id: 0, accountId: 0, at: '', token: '' }, {}));
const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const field = (key: string): boolean => KEYS.includes(key) && key !== 'account_id';

export const clientBody = z
  .record(z.string(), value)
  .refine((given) => Object.keys(given).every((key) => field(key) || key === 'account'), {
    error: 'A client has no such field.',
  });
export const clientChange = z
  .record(z.string(), value)
  .refine((given) => Object.keys(given).every((key) => field(key) && key !== 'id'), {
    error: 'A client has no such field, or it cannot be changed.',
  });

const id = z.coerce.number().int();
export const idParam = (text: string): number => id.parse(text);

export const ofAccount = z.object({ account: id.optional() });
export const ofLead = z.object({ account: id.optional(), client: id.optional() });
export const receivedQuery = z.object({ call: z.enum(CALL_KINDS).optional() });
export const mergeBody = z.strictObject({ into: z.int() });
export const confirmBody = z.strictObject({ place: z.boolean().optional() });
export const holdBody = z.strictObject({ onHold: z.boolean() });
export const allowBody = z.strictObject({ apiAllowed: z.boolean() });
export const daysBody = z.strictObject({ days: z.number().min(0).max(3650) });
/** Over HTTP somebody has to come back: nobody could ask a closed door to open. */
export const downBody = z.strictObject({ forMs: z.int().min(1).max(600_000) });

export const operationBody = z.strictObject({
  id: z.int(),
  name: z.string().min(1),
  active: z.boolean().optional(),
  display_name: z.string().nullable().optional(),
});
export const customInputBody = z.strictObject({
  id: z.int(),
  name: z.string().min(1),
  input_type: z.string().optional(),
  resource_type: z.string().optional(),
  required: z.boolean().optional(),
  operations: z.array(z.strictObject({ id: z.int(), name: z.string() })).optional(),
  dropdown_options: z
    .array(z.strictObject({ key: z.string(), display: z.string(), order: z.int().nullable() }))
    .optional(),
});
