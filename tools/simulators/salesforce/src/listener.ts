import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A door of the simulator. */
export interface Listener {
  readonly port: number;
  /** Ends every connection, answered or not, and frees the port. */
  stop(): Promise<void>;
}

/** Room for addresses and headers that the vendor refuses: the refusal has to be the API's, not the server's. */
const LARGEST_HEAD = 128 * 1024;

/** Listens on plain HTTP. Rejects when the port is taken. */
export function listenOn(at: { port: number; host: string }, onRequest: RequestListener): Promise<Listener> {
  const server = createServer({ keepAliveTimeout: 30_000, maxHeaderSize: LARGEST_HEAD }, onRequest);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, () => {
      server.off('error', reject);
      resolve({
        port: (server.address() as AddressInfo).port,
        stop: () =>
          new Promise((stopped) => {
            server.close(() => stopped());
            server.closeAllConnections();
          }),
      });
    });
  });
}
