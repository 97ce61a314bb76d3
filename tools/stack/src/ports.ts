import { createServer } from 'node:net';

// Below the range from which systems take source ports, so that a restarted server finds its port still free.
const first = 20_000;
const last = 32_000;

/** True when nothing listens at this loopback port and it can be listened at. */
export function portIsFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => done(true)));
  });
}

/** Gives `count` free loopback ports, the preferred ones where all of them are free. */
export async function freePorts(count: number, preferred: number[]): Promise<number[]> {
  if (preferred.length === count && (await Promise.all(preferred.map(portIsFree))).every(Boolean)) return preferred;
  const found = new Set<number>();
  while (found.size < count) {
    const port = first + Math.floor(Math.random() * (last - first));
    if (!found.has(port) && (await portIsFree(port))) found.add(port);
  }
  return [...found];
}
