import { applyMapping } from '@occ-hub/mapping';
import { defineProvider } from '@occ-hub/provider-kit';
import { Improveit360Client } from './client.ts';
import { consent } from './consent.ts';
import { Env } from './env.ts';
import { appointments } from './in/appointments.source.ts';
import { userFromStaff } from './in/user.map.ts';
import { appointmentResulted } from './out/appointment-resulted.sink.ts';
import { documentSigned } from './out/document-signed.sink.ts';
import { opportunityResulted } from './out/opportunity-resulted.sink.ts';
import { resultLists } from './results.ts';
import { Settings } from './settings.ts';

export const improveit360 = defineProvider<typeof Settings, typeof Env, Improveit360Client>({
  id: 'improveit360',
  title: 'improveit360',
  settings: Settings,
  env: Env,
  timeZone: (settings) => settings.time_zone,
  consent,
  connect: (_settings, io) => new Improveit360Client(io),
  probe: (client) => client.probe(),
  lookups: resultLists,
  users: async (client, warn) => (await client.staff(warn)).map((row) => applyMapping(userFromStaff, row, noContext)),
  sources: [appointments],
  sinks: [documentSigned, appointmentResulted, opportunityResulted],
});

const noContext = { timeZone: 'UTC', warn: () => undefined };
