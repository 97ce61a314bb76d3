import { NoteAdded } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import { z } from 'zod';
import { defineProvider } from '../../provider.ts';
import { type Write, defineSink } from '../../sink.ts';
import { madeAtCrm } from '../made-at-crm.ts';

const Settings = z.object({ wait_ms: z.number(), tries: z.number(), mail: z.email().optional() });
const Env = z.object({ CHOOSING_CRM_URL: z.url() });
const Options = z.array(z.object({ id: z.string(), title: z.string() }));
const Id = z.object({ id: z.string() });
type Settings = z.output<typeof Settings>;

/** The invented CRM over HTTP. */
interface Client {
  options(): Promise<z.output<typeof Options>>;
  write(what: string, text: string): Promise<z.output<typeof Id>>;
}

/** A note goes to a person whom it finds or makes, to the location that somebody chooses, and tells what it made. */
async function write({ data, client, settings, step, choose, earlier, upserted }: Write<Client, Settings, Note>) {
  const before = await earlier();
  const person = await step('person', {
    do: async () => ({ person: before['person'] ?? (await client.write('person', data.note)).id }),
  });
  const location = await choose('location', async () => ({
    prompt: 'Which location is it for?',
    options: await client.options(),
    expiresInMs: settings.wait_ms,
  }));
  upserted(madeAtCrm(location));
  const note = await step('note', { do: async () => ({ note: (await client.write('note', data.note)).id }) });
  return { ...person, ...note, location };
}
type Note = z.output<typeof NoteAdded.data>;

/** The provider of an invented CRM whose writes wait for a person's choice; its tests are the other side. */
export const choosingCrm = defineProvider<typeof Settings, typeof Env, Client>({
  ...{ id: 'choosing-crm', title: 'Choosing CRM', settings: Settings, env: Env, timeZone: () => 'UTC' },
  connect: (_settings, _io, env) => ({
    options: async () => Options.parse(await call(`${env.CHOOSING_CRM_URL}/options`, {})),
    write: async (what, text) =>
      Id.parse(await call(`${env.CHOOSING_CRM_URL}/${what}`, { method: 'POST', body: text })),
  }),
  retries: ({ tries }) => ({ attempts: tries, firstDelayMs: 50, longestDelayMs: 50 }),
  failureMail: ({ mail }) => mail,
  probe: async () => undefined,
  users: async () => [],
  lookups: async () => ({}),
  sources: [],
  sinks: [defineSink<Client, Settings, typeof NoteAdded>({ event: NoteAdded, write })],
});

async function call(url: string, request: RequestInit): Promise<unknown> {
  const answer = await fetch(url, request).catch(() => undefined);
  if (answer?.ok) return answer.json();
  throw new HubError({ kind: 'transient', code: 'choosing-crm.away', message: 'The CRM is away.' });
}
