import { listRuns, syncNow } from '@occ-hub/contracts';
import type { Desks } from './desks.ts';
import { handles } from './handler.ts';
import { connectionOf } from './which.ts';

/** Starting runs and looking at them. */
export const syncCommands = ({ connections, poller, runs }: Desks) => [
  handles(syncNow, async (ask) => {
    await connectionOf(connections, ask);
    return { run: await poller.request(ask.connection, ask.reason) };
  }),
  handles(listRuns, async (ask) => {
    await connectionOf(connections, ask);
    const { connection, limit, run, before } = ask;
    return { runs: [...(await runs.list({ connection, limit, run, before }))] };
  }),
];
