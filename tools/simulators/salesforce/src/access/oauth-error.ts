import type { Response } from 'express';

/** An OAuth refusal; unlike REST errors an object, not an array. */
export interface OAuthError {
  error: string;
  error_description: string;
}

/** The bodies of the token endpoint, word for word: clients tell cases apart by these texts. */
export const OAUTH_ERRORS = {
  expiredToken: { error: 'invalid_grant', error_description: 'expired access/refresh token' },
  expiredCode: { error: 'invalid_grant', error_description: 'expired authorization code' },
  beingProcessed: { error: 'invalid_grant', error_description: 'token request is already being processed' },
  missingVerifier: { error: 'invalid_grant', error_description: 'invalid code verifier' },
  wrongVerifier: { error: 'invalid_request', error_description: 'invalid code verifier' },
  unknownClient: { error: 'invalid_client_id', error_description: 'client identifier invalid' },
  wrongSecret: { error: 'invalid_client', error_description: 'invalid client credentials' },
  wrongCallback: { error: 'redirect_uri_mismatch', error_description: 'redirect_uri must match configuration' },
  unsupportedGrant: { error: 'unsupported_grant_type', error_description: 'grant type not supported' },
  inactiveUser: { error: 'inactive_user', error_description: 'user is inactive' },
  inactiveOrg: { error: 'inactive_org', error_description: 'organization is inactive' },
  loginRate: { error: 'invalid_grant', error_description: 'login rate exceeded' },
} as const satisfies Record<string, OAuthError>;

export function refuse(response: Response, error: OAuthError): void {
  response.status(400).json(error);
}
