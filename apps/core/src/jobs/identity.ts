import { idOf } from '../store/id-of.ts';

/** Where a record comes from: with these three it is the same record, whoever reads it and however often. */
export interface Origin {
  readonly org: string;
  readonly provider: string;
  readonly externalId: string;
}

/** Core's id of a job that came from a CRM. */
export function jobIdOf(origin: Origin): string {
  return idOf('job', [origin.org, origin.provider, origin.externalId]);
}

/** Core's id of an appointment that came from a CRM. */
export function appointmentIdOf(origin: Origin): string {
  return idOf('apt', [origin.org, origin.provider, origin.externalId]);
}
