import { LeadSubmitted } from '@occ-hub/contracts';
import { z } from 'zod';
import type { Endpoint, EndpointAnswer, Submitted } from '../endpoint.ts';
import { defineProvider } from '../provider.ts';
import { defineSink } from '../sink.ts';

const Settings = z.object({ office: z.string() });
const noEnv = z.object({});
type DoorEndpoint = Endpoint<string[], z.output<typeof Settings>>;

const Posted = z.object({ key: z.string(), ask: z.boolean().default(false) });
const Chosen = z.object({ option: z.string(), within_ms: z.number().default(10_000) });

const scope = 'leads';

/**
 * An invented lead source whose leads may need a choice: it takes no card numbers, shows how a lead stands, takes the choice,
 * has a door that is called three times a minute, and a page. What its office was handed is in `taken`.
 */
export function doorProvider() {
  const taken: string[] = [];
  const leads: DoorEndpoint = {
    ...{ path: '/leads', methods: ['POST'], scope },
    async handle({ request, org, submit }) {
      const { key, ask } = Posted.parse(JSON.parse(request.body));
      const submitted = await submit({
        ...{ event: LeadSubmitted, keys: [key], origin: 'lead-source', withinMs: 20_000 },
        subject: `${org}/door/lead/${key}`,
        data: { lead_key: key, door: 'office', variables: { ask: String(ask) } },
      });
      return answerOf(submitted);
    },
  };
  const lead: DoorEndpoint = {
    ...{ path: '/leads/:id', methods: ['GET'], scope },
    handle: async ({ request, look }) => answerOf(await look(request.params['id'] ?? '')),
  };
  const choice: DoorEndpoint = {
    ...{ path: '/leads/:id/choice', methods: ['POST'], scope },
    async handle({ request, choose }) {
      const { option, within_ms: withinMs } = Chosen.parse(JSON.parse(request.body));
      return answerOf(await choose(request.params['id'] ?? '', option, { withinMs }));
    },
  };
  const seldom: DoorEndpoint = {
    ...{ path: '/seldom/:one/:two', methods: ['GET'], scope, callsPerMinute: 3 },
    async handle({ request: { params, from }, key, clock, seal, unseal }) {
      return json(200, { params, from, key, now: clock(), opened: await unseal(await seal({ token: 't' })) });
    },
  };
  const page: DoorEndpoint = {
    ...{
      path: '/page',
      methods: ['GET', 'POST'],
      scope: 'pages',
      callsPerMinute: 30,
      callsPerMinuteOfAddress: { POST: 2 },
    },
    handle: async ({ request }) => html(200, request.method),
    problem: ({ status, code }) => html(status, `sorry: ${code}`),
  };
  const toOffice = defineSink<string[], z.output<typeof Settings>, typeof LeadSubmitted>({
    event: LeadSubmitted,
    async write({ client, data, step, choose }) {
      const where =
        data.variables['ask'] === 'true'
          ? await choose('where', async () => ({ prompt: 'Where to?', options: officesOf(), expiresInMs: 60_000 }))
          : 'main';
      return step('hand-over', {
        async do() {
          client.push(`${data.lead_key}@${where}`);
          return { lead_id: String(client.length) };
        },
      });
    },
  });
  const provider = defineProvider<typeof Settings, typeof noEnv, string[]>({
    ...{ id: 'door', title: 'Door', settings: Settings, env: noEnv, timeZone: () => 'UTC' },
    connect: () => taken,
    probe: async () => undefined,
    users: async () => [],
    lookups: async () => ({}),
    sources: [],
    sinks: [toOffice],
    endpoints: [leads, lead, choice, seldom, page],
    refusesCardNumbers: true,
  });
  return { taken, provider };
}

function officesOf() {
  return ['north', 'south'].map((id) => ({ id, title: `Office ${id}` }));
}

function answerOf(submitted: Submitted | undefined): EndpointAnswer {
  return submitted ? json(200, submitted) : json(404, {});
}

function json(status: number, body: object): EndpointAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function html(status: number, body: string): EndpointAnswer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}
