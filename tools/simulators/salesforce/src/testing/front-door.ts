import type { AddressInfo } from 'node:net';
import { createHash } from 'node:crypto';
import express from 'express';
import type { Access } from '../access/access.ts';
import type { Clock } from '../clock.ts';
import type { Faults } from '../faults/faults.ts';
import type { SimulatorOptions } from '../settings.ts';
import { createAccess } from '../access/access.ts';
import { createClock } from '../clock.ts';
import { createFaults } from '../faults/faults.ts';

/** Noon UTC on 20 November 2026. */
export const NOON = Date.parse('2026-11-20T12:00:00Z');

export const APP = {
  key: 'consumer.key',
  secret: 'consumer secret: with/signs%',
  callbacks: ['https://hub.example.com/callback', 'http://127.0.0.1:3000/callback?org=7'],
};

/** The OAuth side alone behind a listener, and a client that knows HTTP and nothing of its insides. */
export interface FrontDoor {
  url: string;
  access: Access;
  clock: Clock;
  faults: Faults;
  authorize(query?: Record<string, string>): Promise<Response>;
  /** Presses a button of the consent page that `authorize` shows, and gives what the callback is told. */
  press(decision: 'allow' | 'deny', query?: Record<string, string>): Promise<URLSearchParams>;
  token(form: Record<string, string>, headers?: Record<string, string>): Promise<{ status: number; body: Answer }>;
  /** A whole login: consent page, Allow, code, tokens. */
  login(query?: Record<string, string>): Promise<Answer>;
  refresh(refreshToken: string): Promise<{ status: number; body: Answer }>;
  close(): Promise<void>;
}

export type Answer = Record<string, string>;

export const ASKED = { response_type: 'code', client_id: APP.key, redirect_uri: APP.callbacks[0] ?? '' };

export async function openFrontDoor(options: SimulatorOptions & Record<string, unknown> = {}): Promise<FrontDoor> {
  const clock = createClock(() => NOON);
  const faults = createFaults(clock);
  let secrets = 0;
  const newSecret = (): string =>
    createHash('sha256')
      .update(String((secrets += 1)))
      .digest('base64url');
  const access = createAccess({ options: { apps: [APP], ...options }, clock, newSecret, faults });
  const server = express().use(access.routes).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  access.instances.open([url]);

  const authorize = (query: Record<string, string> = {}): Promise<Response> =>
    fetch(`${url}/services/oauth2/authorize?${new URLSearchParams({ ...ASKED, ...query })}`, { redirect: 'manual' });
  const press: FrontDoor['press'] = async (decision, query = {}) => {
    const page = await (await authorize(query)).text();
    const fields = [...page.matchAll(/name="(ticket|username)"[^>]*value="([^"]*)"/g)];
    const form = Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value]));
    const body = new URLSearchParams({ ...form, decision });
    const answer = await fetch(`${url}/_consent`, { method: 'POST', body, redirect: 'manual' });
    return new URL(answer.headers.get('location') ?? '').searchParams;
  };
  const token: FrontDoor['token'] = async (form, headers = {}) => {
    const answer = await fetch(`${url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers,
    });
    return { status: answer.status, body: (await answer.json()) as Answer };
  };
  const client = { client_id: APP.key, client_secret: APP.secret };
  const login: FrontDoor['login'] = async (query = {}) => {
    const code = (await press('allow', query)).get('code') ?? '';
    const form = { grant_type: 'authorization_code', redirect_uri: ASKED.redirect_uri, code, ...client };
    return (await token(form)).body;
  };
  const refresh: FrontDoor['refresh'] = (refreshToken) =>
    token({ grant_type: 'refresh_token', refresh_token: refreshToken, ...client });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, access, clock, faults, authorize, press, token, login, refresh, close };
}
