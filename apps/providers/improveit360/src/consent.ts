import type { Consent } from '@occ-hub/provider-kit';
import type { Env } from './env.ts';
import type { Settings } from './settings.ts';

/** Refusals of where or when the hub asks: they say nothing about the access that was given. */
const restricted = /\bip\b.*restrict|restrict.*\bip\b|login hours|restricted (domain|time)/i;

/** The company in the address of an identity, `…/id/{company}/{user}`; its first 15 signs, as ids come in two lengths. */
function companyIn(identity: string): string | undefined {
  return /\/id\/(00D[A-Za-z0-9]{12})(?:[A-Za-z0-9]{3})?\/\w+$/.exec(identity)?.[1];
}

/** Salesforce's OAuth 2.0 web-server flow (seed 002: scopes full and refresh_token, secret required on both grants). */
export const consent: Consent<Settings, Env> = {
  server({ login_host: host }, { IMPROVEIT360_LOGIN_URL: other }) {
    const issuer = other?.replace(/\/$/, '') ?? `https://${host}`;
    const at = (what: string) => `${issuer}/services/oauth2/${what}`;
    return { issuer, authorizeUrl: at('authorize'), tokenUrl: at('token'), revokeUrl: at('revoke') };
  },
  app: (settings) => ({ id: settings.consumer_key, secret: settings.consumer_secret }),
  // `full` alone does not bring a refresh token.
  scope: 'full refresh_token',
  pkce: (settings) => settings.pkce,
  keep: ['instance_url', 'id'],
  company: ({ id }) => companyIn(id ?? ''),
  passes: ({ description }) => /already being processed|login rate exceeded/i.test(description),
  ends: ({ error, description }) => error === 'invalid_grant' && !restricted.test(description),
  sentence: ({ error, description }, { callbackUrl }) => {
    const text = `${error} ${description}`;
    if (/access.denied/.test(error))
      return 'Deny was pressed on Salesforce’s page, so the hub has no access. To connect, press Allow there.';
    if (/redirect_uri_mismatch/.test(text))
      return `Salesforce does not know the hub's callback. In the app "OCC" enter exactly ${callbackUrl} as Callback URL, save, and wait up to 10 minutes.`;
    if (/invalid_client_id|client identifier invalid/.test(text))
      return 'Salesforce does not know this consumer key. Copy it again from Manage Consumer Details; a new app takes up to 10 minutes to work.';
    if (/invalid_client\b|invalid client credentials/.test(text))
      return 'Salesforce does not accept the consumer secret. Copy it again from Manage Consumer Details and save the settings.';
    if (/expired authorization code/.test(text))
      return 'Salesforce says that this authorization was used already or is too old. Start again from One Click Contractor.';
    if (/code.(verifier|challenge)/.test(text))
      return 'Salesforce did not accept the proof key (PKCE). Turn PKCE off in the settings, save, and start again.';
    if (error === 'invalid_grant' && restricted.test(description))
      return 'Salesforce does not let the hub in from its address or at this hour (IP or login-hours restriction). Ask the Salesforce administrator to allow it for the user or the app "OCC"; the hub tries again by itself.';
    if (/inactive_(user|org)/.test(error))
      return 'Salesforce says that this user or company is inactive. Ask the Salesforce administrator.';
    if (/expired access\/refresh token|invalid_grant/.test(text))
      return 'Salesforce has ended the access it gave the hub: it was revoked, unused for too long, or the password was reset. Authorize again.';
    return undefined;
  },
};
