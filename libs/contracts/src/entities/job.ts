import { z } from 'zod';
import { ExternalId, Instant, TimeZone } from './ids.ts';

/** Facts that only one side understands, kept with the record under OCC's own keys. */
export const Metadata = z.record(z.string().max(100), z.string().max(1000)).describe("OCC's metadata keys");
export type Metadata = z.infer<typeof Metadata>;

export const Address = z.object({
  line_1: z.string(),
  line_2: z.string(),
  city: z.string(),
  state: z.string(),
  postal_code: z.string(),
});
export type Address = z.infer<typeof Address>;

export const Phone = z.object({ name: z.string(), number: z.string() });
export type Phone = z.infer<typeof Phone>;

export const Note = z.object({ note: z.string(), metadata: Metadata });
export type Note = z.infer<typeof Note>;

/** A job as a provider publishes it: OCC's spelling, nothing that OCC itself owns. */
export const Job = z.object({
  external_id: ExternalId.describe('Identity of the job at the provider; with org and provider it is the key'),
  customer_name: z.string(),
  name: z.string(),
  email: z.string().describe('One address or several joined by commas; empty when there is none'),
  lead_source: z.string(),
  address: Address,
  phones: z.array(Phone),
  notes: z.array(Note),
  metadata: Metadata,
});
export type Job = z.infer<typeof Job>;

/** One thing that an appointment may sell, as the CRM has it. */
export const SalesOpportunity = z.object({
  id: ExternalId,
  name: z.string(),
  result: z.string().describe('Empty while it has none'),
  result_detail: z.string().describe('Empty while it has none'),
});
export type SalesOpportunity = z.infer<typeof SalesOpportunity>;

/** An appointment as a provider publishes it. */
export const Appointment = z.object({
  external_id: ExternalId,
  job_external_id: ExternalId,
  crm_user_id: ExternalId.describe("The sales rep's id at the provider"),
  summary: z.string(),
  notes: z.string(),
  start_time: Instant,
  end_time: Instant,
  time_zone: TimeZone.describe("The company's zone: the wall clock that people read"),
  sales_opportunities: z.array(SalesOpportunity).default([]),
  lead_log_number: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe("The lead source's own number of the lead that it came from, where the CRM's record names it"),
  metadata: Metadata,
});
export type Appointment = z.infer<typeof Appointment>;
