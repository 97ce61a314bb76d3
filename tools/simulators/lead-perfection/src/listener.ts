import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where the simulator listens. It can stop and start again on the same port. */
export interface Listener {
  readonly port: number;
  listen(): Promise<void>;
  /** Stops listening and closes every connection; connecting is then refused by the operating system. */
  refuse(): Promise<void>;
  /** As `refuse`, and never to listen again. */
  end(): Promise<void>;
  /** Remembers an API call in flight, so that it can be dropped. */
  carry(response: ServerResponse): void;
  /** Cuts the connections of all API calls in flight. */
  dropCalls(): void;
}

export function createListener(server: Server, at: { port: number; host: string }): Listener {
  let port = at.port;
  let ended = false;
  const refuse = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const calls = new Set<ServerResponse>();
  return {
    get port() {
      return port;
    },
    listen: () =>
      new Promise((resolve, reject) => {
        if (server.listening || ended) {
          resolve();
          return;
        }
        server.once('error', reject);
        server.listen(port, at.host, () => {
          server.off('error', reject);
          port = (server.address() as AddressInfo).port;
          resolve();
        });
      }),
    refuse,
    end: () => {
      ended = true;
      return refuse();
    },
    carry: (response) => {
      calls.add(response);
      response.once('close', () => calls.delete(response));
    },
    dropCalls: () => {
      for (const response of calls) response.destroy();
    },
  };
}
