import { createHmac } from 'node:crypto';
import type { Grant } from './grants.ts';
import type { Office } from './office.ts';
import { identityUrl } from './office.ts';

/** The answer of both grant types. There is no `expires_in`: a client learns of an end by a 401. */
export interface TokenAnswer {
  access_token: string;
  refresh_token?: string;
  signature: string;
  scope: string;
  instance_url: string;
  id: string;
  token_type: 'Bearer';
  /** Epoch milliseconds as text. */
  issued_at: string;
}

/** A fresh access token of a grant; `refreshToken` only when the caller does not have it yet. */
export function tokenAnswer(office: Office, grant: Grant, refreshToken: string | null): TokenAnswer {
  const id = identityUrl(office.settings, grant.user);
  const issuedAt = String(office.clock.now());
  return {
    access_token: office.grants.newAccessToken(grant),
    ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
    signature: createHmac('sha256', grant.app.secret)
      .update(id + issuedAt)
      .digest('base64'),
    scope: grant.scopes.join(' '),
    instance_url: office.instances.current(),
    id,
    token_type: 'Bearer',
    issued_at: issuedAt,
  };
}
