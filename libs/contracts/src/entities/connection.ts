import { z } from 'zod';
import { ExternalId, Instant } from './ids.ts';

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

/** An entry of a list that the CRM offers: a result, a detail of one, a product, a document type. */
export const LookupEntry = z.object({
  id: z.string().describe('What is written back to the CRM'),
  description: z.string().describe('What people read'),
  position: z.int().nonnegative().describe("Place in the CRM's order, from 0"),
  result_id: z.string().optional().describe('Of a detail: the result that it may stand with; absent: any'),
  confirm: z
    .string()
    .optional()
    .describe('Choosing this sets something off at the CRM: ask the person first, in these words'),
});
export type LookupEntry = z.infer<typeof LookupEntry>;

/**
 * Lists that mean the same at every CRM. A detail that names a result belongs to it, and is there several times where it may
 * stand with several; one that names none may stand with any, and is there once.
 */
export const lookupLists = {
  appointmentResults: 'appointment_results',
  appointmentResultDetails: 'appointment_result_details',
  opportunityResults: 'opportunity_results',
  opportunityResultDetails: 'opportunity_result_details',
} as const;

/** Lists by name: those of `lookupLists`, and the CRM's own, such as `products`. */
export const Lookups = z.record(z.string(), z.array(LookupEntry));
export type Lookups = z.infer<typeof Lookups>;

/** How a provider is authorized: the entered credentials are tried, or a person consents on the vendor's page. */
export const AuthorizationKind = z.enum(['credentials', 'consent']);
export type AuthorizationKind = z.infer<typeof AuthorizationKind>;

/** Calls to the vendor, where it counts them. */
export const CallsUsed = z.object({
  used: z.int().nonnegative(),
  limit: z.int().nonnegative(),
  at: Instant.describe('When the vendor said so'),
});
export type CallsUsed = z.infer<typeof CallsUsed>;
