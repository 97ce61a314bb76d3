import { defineProvider } from '@occ-hub/provider-kit';
import { cardsEndpoint, paymentLinkEndpoint } from './cards.endpoint.ts';
import { PestPacClient } from './client.ts';
import { dispositionEndpoint } from './disposition.endpoint.ts';
import { Env } from './env.ts';
import { checkSettings } from './hosts.ts';
import { locationsEndpoint } from './locations.endpoint.ts';
import { mappingsPart } from './mappings/mappings.part.ts';
import { leadSubmitted } from './out/lead-submitted.sink.ts';
import { choiceEndpoint, runEndpoint } from './run.endpoint.ts';
import { Settings } from './settings.ts';
import { preview } from './transfer/preview.ts';
import { triggersPart } from './triggers/triggers.part.ts';

export const pestPac = defineProvider<typeof Settings, typeof Env, PestPacClient>({
  id: 'pestpac',
  title: 'PestPac',
  settings: Settings,
  env: Env,
  // 7,000 calls in half an hour were too many for a company, 200 a minute were not.
  pace: { calls: 30, seconds: 9 },
  timeZone: (settings) => settings.time_zone,
  connect: (settings, io, env) => new PestPacClient(settings, io, env),
  probe: (client) => client.probe(),
  users: async (client) =>
    (await client.listOf('Employees'))
      .filter(({ active }) => active)
      .map(({ code, title }) => ({ crm_id: code, name: title })),
  lookups: async () => ({}),
  sources: [],
  sinks: [leadSubmitted],
  endpoints: [dispositionEndpoint, runEndpoint, choiceEndpoint, locationsEndpoint, cardsEndpoint, paymentLinkEndpoint],
  configuration: [triggersPart, mappingsPart],
  preview,
  checkSettings,
  retries: ({ retry_attempts: again, retry_interval_seconds: seconds }) => ({
    attempts: again + 1,
    firstDelayMs: seconds * 1000,
    longestDelayMs: seconds * 1000,
    exact: true,
  }),
  failureMail: (settings) => settings.failure_email,
  refusesCardNumbers: true,
});
