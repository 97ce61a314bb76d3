import { randomUUID } from 'node:crypto';
import { type HubEvent, OpportunityResulted, eventOf, jobSubject } from '@occ-hub/contracts';

/** What a person said of an opportunity in OCC. */
export interface OpportunitySaid {
  readonly connection: string;
  readonly appointment: string;
  readonly opportunity: string;
  readonly startTime: string;
  readonly result: string;
  readonly detail?: string;
  readonly confirmed?: boolean;
}

/** Makes the event that core publishes when a person gives an opportunity a result. */
export function opportunityResulted(org: string, said: OpportunitySaid): HubEvent {
  const { connection, appointment, opportunity, startTime, result, detail = '', confirmed = false } = said;
  const attributes = {
    id: `evt_${randomUUID()}`,
    source: '/core',
    subject: jobSubject({ org, provider: 'improveit360', externalId: appointment }),
    time: new Date().toISOString(),
    orgid: org,
    connectionid: connection,
    provider: 'improveit360',
    origin: 'occ' as const,
  };
  return eventOf(OpportunityResulted, attributes, {
    ...{ job_external_id: appointment, appointment_external_id: appointment },
    ...{ appointment_start_time: startTime, time_zone: 'America/New_York' },
    ...{ opportunity_external_id: opportunity, result, result_detail: detail, confirmed },
  });
}
