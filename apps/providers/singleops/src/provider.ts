import { defineProvider } from '@occ-hub/provider-kit';
import { lookupsOf } from './catalogue.ts';
import { SingleOpsClient } from './client.ts';
import { Env } from './env.ts';
import { formEndpoint } from './form/form.endpoint.ts';
import { leadEndpoint } from './lead.endpoint.ts';
import { leadSubmitted } from './out/lead-submitted.sink.ts';
import { choiceEndpoint, runEndpoint } from './run.endpoint.ts';
import { Settings, faultsOfValues } from './settings.ts';
import { jobDoor } from './submit-lead.ts';

export const singleOps = defineProvider<typeof Settings, typeof Env, SingleOpsClient>({
  id: 'singleops',
  title: 'SingleOps',
  settings: Settings,
  checkSettings: faultsOfValues,
  env: Env,
  timeZone: (settings) => settings.time_zone,
  connect: (settings, io, env) => new SingleOpsClient(settings, io, env),
  probe: (client) => client.probe(),
  users: async () => [],
  lookups: async (client) => lookupsOf(await client.catalogue()),
  sources: [],
  sinks: [leadSubmitted],
  jobDoor,
  endpoints: [leadEndpoint, runEndpoint, choiceEndpoint, formEndpoint()],
  failureMail: (settings) => settings.failure_email,
  refusesCardNumbers: true,
});
