import type { Office } from './office.ts';
import type { SalesforceUser } from './users.ts';

/** Who calls, or the REST answer that says they may not. */
export type Bearer = { user: SalesforceUser; grantId: number } | { refusal: { status: number; body: unknown } };

/** The token of an Authorization header; `OAuth` is the older name of the scheme and works as well. */
export function tokenOf(header: string | undefined): string | undefined {
  return /^(?:bearer|oauth)\s+(\S+)\s*$/i.exec(header ?? '')?.[1];
}

/** Looks at the header of a REST call; a good token's idle time starts again. */
export function bearer(office: Office, header: string | undefined): Bearer {
  const grant = office.grants.use(tokenOf(header) ?? '');
  if (!grant || !grant.user.active) return refusal(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  if (!grant.user.apiEnabled) return refusal(403, 'API_CURRENTLY_DISABLED', 'API is disabled for this User');
  return { user: grant.user, grantId: grant.id };
}

function refusal(status: number, errorCode: string, message: string): Bearer {
  return { refusal: { status, body: [{ message, errorCode }] } };
}
