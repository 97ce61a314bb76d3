import { z } from 'zod';
import { ExternalId } from './ids.ts';

/** One state at a time; every change is told once. */
export const ConnectionState = z.enum(['draft', 'healthy', 'retrying', 'needs-reauthorization', 'paused']);
export type ConnectionState = z.infer<typeof ConnectionState>;

/** A sales rep as the CRM knows them. */
export const CrmUser = z.object({
  crm_id: ExternalId,
  name: z.string(),
  email: z.string().optional(),
});
export type CrmUser = z.infer<typeof CrmUser>;

/** An entry of a list that the CRM offers: a disposition, a product, a document type. */
export const LookupEntry = z.object({ id: z.string(), label: z.string() });
export type LookupEntry = z.infer<typeof LookupEntry>;

/** Lists by name: `dispositions`, `products`, `document_types`. */
export const Lookups = z.record(z.string(), z.array(LookupEntry));
export type Lookups = z.infer<typeof Lookups>;
