import { LeadSubmitted } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import { z } from 'zod';
import type { Endpoint } from '../endpoint.ts';
import { defineProvider } from '../provider.ts';
import { defineSink } from '../sink.ts';

const Settings = z.object({ office: z.string() });
const noEnv = z.object({});
const Posted = z.object({ keys: z.array(z.string()).min(1), within_ms: z.number() });

/** The invented office that leads go to. */
export interface LeadOffice {
  /** What it has taken, by the first key of each lead. */
  readonly taken: string[];
  away: boolean;
}

/** An invented lead source and its provider: one endpoint, one sink, and an office in memory that all replicas share. */
export function leadSource() {
  const office: LeadOffice = { taken: [], away: false };
  const leads: Endpoint<LeadOffice, z.output<typeof Settings>> = {
    path: '/leads',
    methods: ['POST'],
    scope: 'leads',
    async handle({ request, org, submit }) {
      const { keys, within_ms: withinMs } = Posted.parse(JSON.parse(request.body));
      const submitted = await submit({
        ...{ event: LeadSubmitted, keys, origin: 'lead-source', withinMs },
        subject: `${org}/lead-source/lead/${keys[0]}`,
        data: { lead_key: keys[0]!, door: 'office', variables: {} },
      });
      return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(submitted) };
    },
  };
  const toOffice = defineSink<LeadOffice, z.output<typeof Settings>, typeof LeadSubmitted>({
    event: LeadSubmitted,
    async write({ client, data, step }) {
      return step('hand-over', {
        async do() {
          if (client.away) throw new HubError({ kind: 'transient', code: 'office.away', message: 'Nobody is there.' });
          client.taken.push(data.lead_key);
          return { lead_id: String(client.taken.length) };
        },
      });
    },
  });
  const provider = defineProvider<typeof Settings, typeof noEnv, LeadOffice>({
    ...{ id: 'lead-source', title: 'Lead Source', settings: Settings, env: noEnv, timeZone: () => 'UTC' },
    connect: () => office,
    probe: async () => undefined,
    users: async () => [],
    lookups: async () => ({}),
    sources: [],
    sinks: [toOffice],
    endpoints: [leads],
  });
  return { office, provider };
}
