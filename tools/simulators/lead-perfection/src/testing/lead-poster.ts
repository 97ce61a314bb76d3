import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Seen } from './caller.ts';
import type { LeadPerfectionSimulator } from '../simulator.ts';

/** An invented lead under the posting door's names. */
export const PAT = {
  firstname: 'Pat',
  lastname: 'Moreno',
  address1: '18 Kestrel Ct',
  city: 'Middle River',
  state: 'MD',
  zip: '21220',
  phone1: '4105550143',
  email: 'pat@example.test',
  productid: 'WIN',
  srs_id: '001',
  sender: 'Example Media',
  LogNumber: 'LC-000123',
  EventID: '65f0c0ffee0000000000abcd',
} as const;

/** Posts to the JSON door as a stranger would. */
export async function postLead(
  simulator: LeadPerfectionSimulator,
  lead: object,
  path = '/demo1/addlead',
): Promise<Seen> {
  return seen(
    await fetch(simulator.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(lead),
    }),
  );
}

export async function seen(answer: Response): Promise<Seen> {
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, json: () => JSON.parse(text) as unknown };
}

/** One feedback call as its receiver got it. */
export interface Heard {
  method: string;
  url: URL;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A server that listens to feedback and answers 201; `status` may be changed. */
export async function startEar(): Promise<{ url: string; heard: Heard[]; status: number; stop(): Promise<void> }> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://ear.example');
      const body = Buffer.concat(chunks).toString('utf8');
      heard.push({ method: request.method ?? '', url, headers: request.headers, body });
      response.writeHead(ear.status, { 'content-type': 'application/json' }).end('{"outcome":"success"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const ear = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feedback`,
    heard,
    status: 201,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return ear;
}
