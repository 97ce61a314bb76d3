import { createHash } from 'node:crypto';

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

/** Same prefix and parts, same id: an upsert needs no look-up, and a repeat meets itself. */
export function idOf(prefix: string, parts: readonly string[]): string {
  return `${prefix}_${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 26)}`;
}
