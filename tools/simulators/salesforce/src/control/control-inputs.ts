import { z } from 'zod';
import { CALL_KINDS } from '../faults/call-kind.ts';
import { FAULT_KINDS } from '../faults/fault.ts';

/** The bodies and queries of the HTTP control API. Unknown keys are refused, so that a misspelt wish is noticed. */
const count = z.union([z.int().min(1), z.literal('forever')]);
const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

export const faultBody = z.strictObject({
  kind: z.enum(FAULT_KINDS),
  calls: z.enum([...CALL_KINDS, 'write', 'rest', 'any']).optional(),
  object: z.string().min(1).optional(),
  path: z.string().min(1).optional(),
  count: count.optional(),
  skip: z.int().min(0).optional(),
  when: z.enum(['before', 'after']).optional(),
  ms: z.int().min(0).max(600_000).optional(),
  status: z.int().min(200).max(599).optional(),
  body: z.unknown().optional(),
});

export const lockBody = z.strictObject({
  record: z.string().min(15).max(18).optional(),
  nth: z.int().min(1).optional(),
  count: count.optional(),
});

export const callsQuery = z.strictObject({ kind: z.enum(CALL_KINDS).optional(), object: z.string().optional() });
export const recordsQuery = z.strictObject({ deleted: flag.optional() });
export const filesQuery = z.strictObject({ linkedTo: z.string().optional() });
export const writesQuery = z.strictObject({ type: z.string().optional(), id: z.string().optional() });

export const fieldsBody = z.record(z.string(), value);
export const updateBody = z.strictObject({ fields: fieldsBody.optional(), system: z.boolean().optional() });

export const tokenBody = z.strictObject({
  username: z.string().optional(),
  app: z.string().optional(),
  scopes: z.array(z.string()).optional(),
});
export const revokeBody = z.strictObject({ username: z.string().optional() });
export const userBody = z.strictObject({ active: z.boolean().optional(), apiEnabled: z.boolean().optional() });
export const appBody = z.strictObject({
  secret: z.string().min(1).optional(),
  callbacks: z.array(z.string()).optional(),
  name: z.string().min(1).optional(),
  scopes: z.array(z.string()).optional(),
  requireSecretWeb: z.boolean().optional(),
  requireSecretRefresh: z.boolean().optional(),
  requirePkce: z.boolean().optional(),
  rotation: z.boolean().optional(),
  idleMs: z.int().min(0).optional(),
  activeFrom: z.int().optional(),
});
export const moveBody = z.strictObject({
  at: z.enum(['now', 'refresh']).optional(),
  answer: z.union([z.literal(401), z.literal(404)]).optional(),
});

export const limitsBody = z.strictObject({ used: z.int().min(0).optional(), max: z.int().min(0).optional() });
export const clockBody = z.union([
  z.strictObject({ at: z.union([z.string(), z.number()]) }),
  z.strictObject({ advanceMs: z.number() }),
]);
export const lagBody = z.strictObject({ ms: z.number().min(0) });

export const switchesBody = z.strictObject({
  consent: z.enum(['ask', 'allow', 'deny']).optional(),
  codeMs: z.int().min(0).optional(),
  refreshTakesMs: z.int().min(0).max(600_000).optional(),
  approvals: z.int().min(1).optional(),
  refreshExpiry: z.strictObject({ afterMs: z.int().optional(), unusedForMs: z.int().optional() }).optional(),
  orgActive: z.boolean().optional(),
  saleOnSold: z.boolean().optional(),
  listInactive: z.boolean().optional(),
  pageSize: z.int().min(1).max(2000).optional(),
  childPageSize: z.int().min(1).max(2000).optional(),
  fileLimit: z.int().min(1).optional(),
  base64Limit: z.int().min(1).optional(),
});

export const fieldAction = z.strictObject({ action: z.enum(['hide', 'show', 'drop']) });
export const restrictedBody = z.strictObject({ restricted: z.boolean() });
export const picklistBody = z.array(
  z.union([
    z.string(),
    z.strictObject({
      value: z.string(),
      label: z.string().optional(),
      active: z.boolean().optional(),
      default: z.boolean().optional(),
      validFor: z.array(z.string()).optional(),
    }),
  ]),
);
export const ruleBody = z.strictObject({
  message: z.string().min(1),
  when: fieldsBody,
  missing: z.string().optional(),
  at: z.string().optional(),
  flow: z.boolean().optional(),
});
