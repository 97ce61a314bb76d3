import type { AddressInfo } from 'node:net';
import type { Response as Answer } from 'express';
import express from 'express';
import type { Clock } from '../clock.ts';
import type { Faults } from '../faults/faults.ts';
import { createClock } from '../clock.ts';
import { createFaults } from '../faults/faults.ts';
import { NOON } from './front-door.ts';

/** A listener with nothing behind its faults but a count of the work done. */
export interface SpoiltDoor {
  url: string;
  faults: Faults;
  clock: Clock;
  /** Calls the work was done for. */
  worked: string[];
  get(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export async function openSpoiltDoor(answer?: (response: Answer) => void): Promise<SpoiltDoor> {
  const clock = createClock(() => NOON);
  const faults = createFaults(clock, { logSize: 4 });
  const worked: string[] = [];
  const app = express();
  app.use(
    faults.wrap((request, response) => {
      worked.push(`${request.method} ${request.path}`);
      if (answer) answer(response);
      else response.status(201).setHeader('x-org', 'yes').json({ success: true, errors: [] });
    }),
  );
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, faults, clock, worked, get: (path, init) => fetch(url + path, init), close };
}
