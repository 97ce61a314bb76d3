import { defineProvider } from '@occ-hub/provider-kit';
import { LeadConduitClient } from './client.ts';
import { Env } from './env.ts';
import { feedbackEndpoint } from './feedback.endpoint.ts';
import { leadEndpoint } from './lead.endpoint.ts';
import { leadFeedback } from './out/lead-feedback.sink.ts';
import { leadSubmitted } from './out/lead-submitted.sink.ts';
import { Settings } from './settings.ts';

export const leadConduit = defineProvider<typeof Settings, typeof Env, LeadConduitClient>({
  id: 'lead-conduit',
  title: 'LeadConduit',
  settings: Settings,
  env: Env,
  // No record of a lead source is read by its wall clock.
  timeZone: () => 'UTC',
  connect: (_settings, io, env) => new LeadConduitClient(io, env),
  probe: (client) => client.probe(),
  users: async () => [],
  lookups: async () => ({}),
  sources: [],
  sinks: [leadSubmitted, leadFeedback],
  endpoints: [leadEndpoint('/add-lead', 'add_lead'), leadEndpoint('/create-lead', 'create_lead'), feedbackEndpoint],
});
