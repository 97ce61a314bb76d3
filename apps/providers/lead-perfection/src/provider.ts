import { lookupLists } from '@occ-hub/contracts';
import { applyMapping } from '@occ-hub/mapping';
import { defineProvider } from '@occ-hub/provider-kit';
import { LeadPerfectionClient, lists } from './client.ts';
import { Env } from './env.ts';
import { appointments } from './in/appointments.source.ts';
import { lookupFromEntry } from './in/lookup.map.ts';
import { userFromEntry } from './in/user.map.ts';
import { appointmentResulted } from './out/appointment-resulted.sink.ts';
import { documentSigned } from './out/document-signed.sink.ts';
import { noteAdded } from './out/note-added.sink.ts';
import { Settings } from './settings.ts';

export const leadPerfection = defineProvider<typeof Settings, typeof Env, LeadPerfectionClient>({
  id: 'lead-perfection',
  title: 'LeadPerfection',
  settings: Settings,
  env: Env,
  timeZone: (settings) => settings.time_zone,
  connect: (settings, io, env) => new LeadPerfectionClient(settings, io, env),
  probe: async (client) => void (await client.entries('dispositions')),
  users: async (client) =>
    (await client.entries('users')).map((entry) => applyMapping(userFromEntry, entry, noContext)),
  lookups: async (client) => ({
    [lookupLists.appointmentResults]: await lookup(client, 'dispositions'),
    products: await lookup(client, 'products'),
    document_types: await lookup(client, 'document_types'),
  }),
  sources: [appointments],
  sinks: [documentSigned, appointmentResulted, noteAdded],
});

const noContext = { timeZone: 'UTC', warn: () => undefined };

async function lookup(client: LeadPerfectionClient, list: keyof typeof lists) {
  const entries = await client.entries(list);
  return entries.map((entry, position) => applyMapping(lookupFromEntry, { ...entry, position }, noContext));
}
