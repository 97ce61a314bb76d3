import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where a simulator listens. It can stop and start again on the same port. */
export interface Listener {
  /** 0 until it listens, when any free port was asked for. */
  readonly port: number;
  /** `http://host:port`, without a slash at its end; an address that callers on this machine can use. */
  readonly url: string;
  /** Rejects when the port is taken. */
  listen(): Promise<void>;
  /** Stops listening and closes every connection; connecting is then refused by the operating system. */
  refuse(): Promise<void>;
  /** As `refuse`, and never to listen again. */
  end(): Promise<void>;
}

/** A door for `server`, not open yet. Port 0, the default, takes any free one; the default host is 127.0.0.1. */
export function createListener(server: Server, at: { port?: number; host?: string } = {}): Listener {
  const { host = '127.0.0.1' } = at;
  let port = at.port ?? 0;
  let ended = false;
  const refuse = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    get port() {
      return port;
    },
    get url() {
      return `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;
    },
    listen: () =>
      new Promise((resolve, reject) => {
        if (server.listening || ended) {
          resolve();
          return;
        }
        server.once('error', reject);
        server.listen(port, host, () => {
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
  };
}
