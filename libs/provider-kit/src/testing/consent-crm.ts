import { HubError } from '@occ-hub/errors';
import { z } from 'zod';
import type { VendorIo } from '../http/vendor-io.ts';
import { defineProvider } from '../provider.ts';
import { secret } from '../settings.ts';
import { type VisitClient, visits } from './some-crm.ts';

const Settings = z.object({ key: z.string(), app_secret: secret(z.string()), pkce: z.boolean().default(true) });
const Env = z.object({ CONSENT_URL: z.url() });

/** An invented CRM where a person consents, over the server of `consent-server.ts`. */
export const consentCrm = defineProvider({
  id: 'consent-crm',
  title: 'Consent CRM',
  settings: Settings,
  env: Env,
  timeZone: () => 'America/Chicago',
  connect: (_settings, io, env) => clientOver(io, env.CONSENT_URL),
  consent: {
    server: (_settings, { CONSENT_URL: url }) => ({
      issuer: url,
      authorizeUrl: `${url}/authorize`,
      tokenUrl: `${url}/token`,
      revokeUrl: `${url}/revoke`,
    }),
    app: ({ key, app_secret }) => ({ id: key, secret: app_secret }),
    scope: 'api refresh_token',
    pkce: (settings) => settings.pkce,
    keep: ['instance_url', 'company'],
    company: ({ company }) => company,
    passes: ({ description }) => /already being processed/.test(description),
    sentence: () => undefined,
  },
  probe: (client) => client.me(),
  users: async () => [],
  lookups: async () => ({}),
  sources: [visits],
  sinks: [],
});

interface ConsentCrmClient extends VisitClient {
  me(): Promise<void>;
}

function clientOver(io: VendorIo, url: string): ConsentCrmClient {
  const ask = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` };
    return io.send({ method: 'GET', url: `${url}/me`, headers, writes: false, timeoutMs: 5_000 });
  };
  return {
    async me() {
      const grant = await io.grant.current();
      let answer = await ask(grant.accessToken);
      if (answer.status === 401) answer = await ask((await io.grant.replacementFor(grant)).accessToken);
      if (answer.status === 200) return;
      throw new HubError({
        kind: 'credential',
        code: 'consent-crm.refused',
        message: 'Consent CRM refused the token.',
      });
    },
    async *pages() {
      await this.me();
      yield [];
    },
  };
}
