import { answer } from '@occ-hub/bus';
import {
  announceSubject,
  authorize,
  beginConsent,
  connectionHealth,
  describeProvider,
  disconnect,
  saveSettings,
} from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import type { TestCore } from './test-core.ts';

/** A provider where a person consents on the vendor's page; the hashes of browsers that began are kept. */
export async function startConsentProvider(core: TestCore, id = 'consent-crm') {
  const browsers: string[] = [];
  const connected = new Set<string>();
  const describe = async () => {
    const facts = { id, title: 'Consent CRM', settings: { type: 'object' }, events: [] };
    return { ...facts, authorization: 'consent' as const, callback_url: 'https://hub.example.com/auth/consent-crm' };
  };
  await core.provide(id, describeProvider, describe);
  const subject = core.subjectOf(announceSubject);
  const announcing = await answer(core.nats, { subject, command: describeProvider, queue: id, handle: describe });
  await core.provide(id, saveSettings, async ({ settings, connection }) => {
    connected.add(connection);
    return { settings, secrets: ['client_secret'], state: 'draft' as const };
  });
  await core.provide(id, beginConsent, async ({ browser }) => {
    browsers.push(browser);
    return { url: 'https://login.vendor.example.com/authorize?state=s', expires_at: '2030-01-01T00:10:00.000Z' };
  });
  await core.provide(id, authorize, async () => {
    const message = 'Nobody has consented yet. Begin the consent and allow the access on the vendor page.';
    throw new HubError({ kind: 'credential', code: `${id}.consent.missing`, message });
  });
  await core.provide(id, connectionHealth, async () => {
    const calls = { used: 12_000, limit: 15_000, at: '2030-01-01T00:00:00.000Z' };
    return { state: 'healthy' as const, since: '2030-01-01T00:00:00.000Z', waiting: 0, parked: 0, calls };
  });
  await core.provide(id, disconnect, async ({ connection }) => {
    connected.delete(connection);
    return { state: 'draft' as const, note: 'Remove the app at the vendor too.' };
  });
  return { browsers, connected, stop: () => announcing.stop() };
}
