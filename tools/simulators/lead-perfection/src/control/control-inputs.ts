import { z } from 'zod';
import { FAULT_KINDS } from '../company/faults.ts';

/** The bodies and queries of the HTTP control API. Unknown keys are refused, so that a misspelt wish is noticed. */
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day such as 2026-03-09');

export const windowQuery = z.object({ from: day.optional(), to: day.optional() });

export const appointmentsQuery = windowQuery.extend({ slr_id: z.string().optional() });

export const faultBody = z.strictObject({
  kind: z.enum(FAULT_KINDS),
  action: z.string().min(1).optional(),
  count: z.union([z.int().min(1), z.literal('forever')]).optional(),
  skip: z.int().min(0).optional(),
  when: z.enum(['before', 'after']).optional(),
  ms: z.int().min(0).max(600_000).optional(),
  retryAfter: z.int().min(0).optional(),
  retryAfterAs: z.enum(['seconds', 'date']).optional(),
});

export const fieldsBody = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));

export const moveBody = z.strictObject({ apptDate: z.string() });

export const assignBody = z.strictObject({ slrId: z.union([z.string(), z.number(), z.null()]) });

export const clockBody = z.strictObject({
  at: z.union([z.string(), z.number(), z.null()]),
  frozen: z.boolean().optional(),
});

export const permissionBody = z.strictObject({
  user: z.string().optional(),
  action: z.string().optional(),
  dtyid: z.int().optional(),
  allowed: z.boolean(),
});

export const documentTypesBody = z.array(z.strictObject({ dtyid: z.int(), name: z.string().min(1) }));

export const switchesBody = z.strictObject({
  expiresIn: z.int().min(1).optional(),
  overwrite: z.boolean().optional(),
  wrapLists: z.enum(['none', 'data', 'Data', 'Records', 'Result']).optional(),
  fieldCase: z.enum(['wobble', 'documented', 'seed', 'lower']).optional(),
  booleans: z.enum(['wobble', 'yn', 'text', 'real']).optional(),
  bodyLimit: z.int().min(1).optional(),
  detailNeedsDate: z.boolean().optional(),
});

export const downBody = z.strictObject({
  refuse: z.boolean().optional(),
  forMs: z.int().min(1).max(600_000).optional(),
});

export const resetBody = z.strictObject({ appointments: z.int().min(1).max(100_000).optional() });
