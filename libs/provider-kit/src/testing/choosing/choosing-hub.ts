import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { type HubEvent, chooseDelivery } from '@occ-hub/contracts';
import { choosingCrm } from './choosing-crm.ts';
import { deliveriesOf } from '../deliveries.ts';
import { type TestHubOptions, openTestHub } from '../test-hub.ts';

/** The other side of the choosing CRM, in memory. */
export async function openChoosingHub(options: TestHubOptions) {
  const crm = {
    options: [
      { id: 'loc-1', title: '12 Oak Street' },
      { id: 'loc-2', title: '34 Elm Street' },
    ],
    /** What was written, as `note Six windows`. */
    written: [] as string[],
    asked: 0,
    /** Runs before anything is answered; throws where the CRM is away. */
    before: async (_what: string): Promise<void> => undefined,
  };
  async function answer(what: string, body: string): Promise<unknown> {
    await crm.before(what);
    if (what !== 'options') return { id: `${what}-${crm.written.push(`${what} ${body}`)}` };
    crm.asked += 1;
    return crm.options;
  }
  const server = createServer(async (request, response) => {
    const what = request.url!.slice(1);
    const body = await text(request);
    const reply = await answer(what, body).catch(() => undefined);
    response.writeHead(reply ? 200 : 503).end(JSON.stringify(reply ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const env = { CHOOSING_CRM_URL: `http://127.0.0.1:${port}`, ...options.env };
  const hub = await openTestHub(choosingCrm, { ...options, env });
  const deliveries = deliveriesOf(hub);
  return {
    ...hub,
    crm,
    deliveries,
    note: (job: number, words: string) =>
      hub.events.note({ appointment: job, startTime: '2026-03-09T18:00:00.000Z' }, words),
    choose: (event: HubEvent, option: string, choice?: string) =>
      hub.ask(chooseDelivery, { org: hub.org, delivery: event.attributes.id, option, by: 'adm', choice }),
    untilAsking: (event: HubEvent) => deliveries.until(event, ({ state }) => state === 'awaiting-choice'),
    /** The delivery as it lies in the store, as text. */
    async stored(event: HubEvent): Promise<string> {
      return JSON.stringify(await hub.database.collection('deliveries').findOne({ _id: event.attributes.id as never }));
    },
    async close() {
      await hub.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

export type ChoosingHub = Awaited<ReturnType<typeof openChoosingHub>>;
