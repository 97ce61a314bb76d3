import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import express from 'express';
import type { ControlParts } from '../control/parts.ts';
import type { SimulatorControl } from '../control/control.ts';
import { createAccess } from '../access/access.ts';
import { usersOf } from '../access/users.ts';
import { createClock } from '../clock.ts';
import { createControl } from '../control/control.ts';
import { controlRoutes } from '../control/control-routes.ts';
import { createFaults } from '../faults/faults.ts';
import { createLimits } from '../limits/limits.ts';
import { pageRoutes } from '../page/page-routes.ts';
import { createOrg, seatUsers } from '../records/create-org.ts';
import { NOON } from './front-door.ts';

/** The control API and the page over an org that has no records yet. */
export interface ControlRoom extends ControlParts {
  url: string;
  control: SimulatorControl;
  /** A call below `/_simulator`. */
  call<Body = unknown>(
    method: string,
    path: string,
    more?: { body?: unknown; headers?: Record<string, string> },
  ): Promise<{ status: number; body: Body }>;
  close(): Promise<void>;
}

export async function openControlRoom(): Promise<ControlRoom> {
  const clock = createClock(() => NOON);
  const faults = createFaults(clock);
  const limits = createLimits({}, clock);
  const org = createOrg({}, clock);
  const newSecret = (): string => randomBytes(12).toString('base64url');
  const access = createAccess({ options: {}, clock, newSecret, faults });
  seatUsers(org, usersOf({}));
  const control = createControl({ access, faults, limits, org, clock });
  const app = express().use('/_simulator', controlRoutes(control)).use(pageRoutes(control));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  access.instances.open([url, 'http://127.0.0.1:1']);
  const call: ControlRoom['call'] = async <Body>(
    method: string,
    path: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ) => {
    const answer = await fetch(`${url}/_simulator${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text ? JSON.parse(text) : null) as Body };
  };
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, access, faults, limits, org, clock, control, call, close };
}
