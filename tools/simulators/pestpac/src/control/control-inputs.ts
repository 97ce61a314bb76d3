import { z } from 'zod';
import type { Fields } from '../records/value.ts';
import { LOOKUP_NAMES } from '../data/lookups.ts';
import { FAULT_KINDS } from '../company/faults.ts';
import { ERROR_SHAPES } from '../settings.ts';
import { RECORD_KINDS } from './record-control.ts';

const whole = z.number().int().min(0);

export const kindParam = z.enum(RECORD_KINDS);
export const lookupParam = z.enum(LOOKUP_NAMES);
export const idParam = z.coerce.number().int().positive();
export const fieldsBody = z.record(z.string(), z.json()) as unknown as z.ZodType<Fields>;
export const rowsBody = z.array(fieldsBody);
export const customerBody = z.strictObject({ billTo: fieldsBody, locations: rowsBody.optional() });
export const faultBody = z.strictObject({
  kind: z.enum(FAULT_KINDS),
  call: z.string().min(1).optional(),
  count: z.union([whole.min(1), z.literal('forever')]).optional(),
  skip: whole.optional(),
  when: z.enum(['before', 'after']).optional(),
  ms: whole.optional(),
  retryAfter: whole.optional(),
});
export const switchesBody = z
  .strictObject({
    expiresIn: whole,
    bearerClient: z.boolean(),
    singleToken: z.boolean(),
    phoneMatch: z.enum(['digits', 'exact']),
    errorShape: z.enum(ERROR_SHAPES),
    requiredLocationFields: z.array(z.string()),
    dailyQuota: whole.nullable(),
    burstLimit: whole.nullable(),
    burstSeconds: whole,
    leadsOnInactive: z.boolean(),
    quotesTokens: z.boolean(),
  })
  .partial();
export const clockBody = z.strictObject({ at: z.union([z.string(), z.number()]).nullable() });
export const expireBody = z.strictObject({ refreshToo: z.boolean().optional() });
export const linkBody = z.strictObject({ link: z.string().min(1) });
export const downBody = z.strictObject({ refuse: z.boolean().optional(), forMs: whole.optional() });
