import { z } from 'zod';
import { HubId, Instant, ProviderId } from '../entities/ids.ts';

/**
 * CloudEvents 1.0 attributes, written to Kafka in binary mode as `ce_*` headers. `orgid`, `connectionid`, `provider`,
 * `origin` and `causationid` are our extensions (CloudEvents allows lower-case letters and digits only).
 */
export const EventAttributes = z.object({
  id: HubId,
  source: z.string().startsWith('/').describe('/core or /providers/<id>'),
  type: z.string(),
  subject: z
    .string()
    .describe(
      "A job's identity, org/provider/external_id, a lead's, org/provider/lead/<key>, or a connection's. Also the Kafka key, so order is per subject",
    ),
  time: Instant,
  dataschema: z.string(),
  orgid: HubId,
  connectionid: HubId,
  provider: ProviderId,
  origin: z.enum(['crm', 'occ', 'lead-source']).describe('Which side made the change'),
  causationid: HubId.optional().describe('The event or command that caused this one'),
  traceparent: z.string().optional().describe('W3C trace context, an ordinary header'),
});
export type EventAttributes = z.infer<typeof EventAttributes>;

/** The identity of a job over all services: `org/provider/external_id`. */
export function jobSubject(job: { org: string; provider: string; externalId: string }): string {
  return `${job.org}/${job.provider}/${job.externalId}`;
}

/** The identity of a connection as a subject: `org/provider/connection/id`. */
export function connectionSubject(connection: { org: string; provider: string; id: string }): string {
  return `${connection.org}/${connection.provider}/connection/${connection.id}`;
}
