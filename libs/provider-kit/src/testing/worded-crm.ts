import { NoteAdded } from '@occ-hub/contracts';
import { z } from 'zod';
import { defineConfiguration } from '../configuration.ts';
import type { Endpoint } from '../endpoint.ts';
import { defineProvider } from '../provider.ts';
import { defineSink } from '../sink.ts';

const Settings = z.object({ office: z.string() });
const noEnv = z.object({});

/** The invented office that notes go to. */
export interface WordedOffice {
  /** The notes it has taken, in its own words. */
  readonly taken: string[];
  /** Words that it does not like. */
  readonly dislikes: string;
}

/** An invented CRM whose notes begin with words that each org decides; those of a newer release are a list. */
export function wordedCrm({ newer = false } = {}) {
  const office: WordedOffice = { taken: [], dislikes: 'Boo' };
  const words = defineConfiguration<WordedOffice, z.ZodType<{ begin: string | string[] }>>({
    name: 'words',
    title: 'Words',
    shape: newer ? z.object({ begin: z.array(z.string()) }) : z.object({ begin: z.string().min(1) }),
    initial: { begin: newer ? ['Note'] : 'Note' },
    check: async ({ begin }, client) =>
      client?.dislikes === begin ? [{ pointer: '/begin', message: 'The office does not like it.' }] : [],
    offers: async (client) => ({ disliked: client?.dislikes ?? null }),
  });
  const reading: Endpoint<WordedOffice, z.output<typeof Settings>> = {
    path: '/words',
    methods: ['GET'],
    scope: 'words',
    async handle({ config }) {
      const body = JSON.stringify(await config(words));
      return { status: 200, headers: { 'content-type': 'application/json' }, body };
    },
  };
  const toOffice = defineSink<WordedOffice, z.output<typeof Settings>, typeof NoteAdded>({
    event: NoteAdded,
    async write({ client, data, config, step }) {
      const { value, version } = await config(words);
      return step('note', {
        async do() {
          client.taken.push(`${[value.begin].flat().join(', ')}: ${data.note}`);
          return { version: String(version) };
        },
      });
    },
  });
  const provider = defineProvider<typeof Settings, typeof noEnv, WordedOffice>({
    ...{ id: 'worded-crm', title: 'Worded CRM', settings: Settings, env: noEnv, timeZone: () => 'UTC' },
    checkSettings: ({ office: name }) =>
      name === 'nowhere' ? [{ pointer: '/office', message: 'There is no such office.' }] : [],
    connect: () => office,
    probe: async () => undefined,
    users: async () => [],
    lookups: async () => ({}),
    sources: [],
    sinks: [toOffice],
    endpoints: [reading],
    configuration: [words],
    preview: async ({ config, sample, settings }) => ({
      would_send: `${[(await config(words)).value.begin].flat().join(', ')}: ${String(sample)} to ${settings.office}`,
    }),
  });
  return { office, provider };
}
