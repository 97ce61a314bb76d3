import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { HubError } from '@occ-hub/errors';

export interface Listening {
  readonly url: string;
  readonly port: number;
  /** Takes no more connections, lets requests under way finish (5 s at most), closes idle ones. */
  stop(): Promise<void>;
}

const drainMs = 5_000;

/** Serves the app; port 0 takes a free one. Throws HubError(config) when the port is taken or not ours. */
export async function listen(app: RequestListener, port: number, host = '127.0.0.1'): Promise<Listening> {
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 20_000, keepAliveTimeout: 20_000 }, app);
  await new Promise<void>((resolve, reject) => {
    const refused = (error: NodeJS.ErrnoException) => reject(cannotListen(error, port));
    server.once('error', refused);
    server.listen(port, host, () => {
      server.off('error', refused);
      resolve();
    });
  });
  const bound = (server.address() as AddressInfo).port;
  let stopping: Promise<void> | undefined;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    port: bound,
    stop: () => (stopping ??= drain(server)),
  };
}

async function drain(server: Server): Promise<void> {
  let closed = false;
  const close = new Promise<void>((resolve) => server.close(() => resolve())).then(() => void (closed = true));
  for (let waited = 0; !closed && waited < drainMs; waited += 50) {
    // A connection whose request has just ended is idle only now: it would hold the close for its keep-alive time.
    server.closeIdleConnections();
    await Promise.race([close, sleep(50)]);
  }
  server.closeAllConnections();
  await close;
}

function cannotListen(error: NodeJS.ErrnoException, port: number): HubError {
  const why = error.code === 'EADDRINUSE' ? 'another program has it' : `the system refused it (${error.code})`;
  const message = `Port ${port} cannot be used: ${why}. Stop that program or choose another port.`;
  return new HubError({ kind: 'config', code: 'service.port', message, cause: error });
}
