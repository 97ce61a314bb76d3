import type { Exchange } from '@occ-hub/contracts';
import { isHubError } from '@occ-hub/errors';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { gatherExchanges, noteExchange } from './exchanges.ts';
import type { VendorCall } from './vendor-io.ts';
import { createVendorSender } from './vendor-sender.ts';

const sender = createVendorSender({
  vendor: { id: 'some-crm', title: 'SomeCRM' },
  clock: Date.now,
  connectionsPerHost: 4,
});
let answering: (request: IncomingMessage, response: ServerResponse, body: string) => void;
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => answering(request, response, body));
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/save?tenant=demo1`;
});
afterEach(() => server.closeAllConnections());
afterAll(async () => {
  await sender.stop();
  server.close();
});

const call = (changes: Partial<VendorCall> = {}): VendorCall => ({
  ...{ method: 'POST', url, body: 'name=Pat', writes: true, timeoutMs: 2_000, shown: 'name=•••' },
  ...changes,
});
async function faultOf(sent: Promise<unknown>) {
  const error: unknown = await sent.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isHubError(error) ? [error.kind, error.code, error.mayHaveApplied] : error;
}

describe('createVendorSender', () => {
  it('offers a TLS server HTTP/1.1 alone: one that has HTTP/2, too, cannot choose it', async () => {
    const offered: string[][] = [];
    // Without a certificate: what is offered is in the first message of the handshake.
    const secure = createTlsServer({
      ALPNCallback({ protocols }) {
        offered.push(protocols);
        return protocols.includes('h2') ? 'h2' : undefined;
      },
    });
    secure.on('tlsClientError', () => undefined);
    await new Promise<void>((listening) => secure.listen(0, '127.0.0.1', listening));
    try {
      const { port } = secure.address() as AddressInfo;
      const fault = await faultOf(sender.send(call({ url: `https://127.0.0.1:${port}/api` })));
      expect(fault).toMatchObject(['transient', expect.any(String), expect.any(Boolean)]);
      expect(offered).toEqual([['http/1.1']]);
    } finally {
      await new Promise((closed) => secure.close(closed));
    }
  });

  it('sends method, path, query, headers and body, and gives the whole answer whatever its status', async () => {
    answering = ({ method, url: path, headers }, response, body) => {
      response.writeHead(418, { 'x-twice': ['a', 'b'] }).end(JSON.stringify([method, path, headers['x-key'], body]));
    };
    const answer = await sender.send(call({ headers: { 'x-key': 'k' } }));
    expect(answer).toMatchObject({ status: 418, headers: { 'x-twice': 'a, b' } });
    expect(JSON.parse(answer.text)).toEqual(['POST', '/api/save?tenant=demo1', 'k', 'name=Pat']);
  });

  it('refuses addresses inside to a call for public ones alone, by address and by name, also where others are connected', async () => {
    let calls = 0;
    answering = (_request, response) => {
      calls += 1;
      response.end('ok');
    };
    const { port } = new URL(url);
    const byName = `http://localhost:${port}/api`;
    const hosts = [url, byName, `http://[::1]:${port}/api`, `http://2130706433:${port}/api`];
    for (const each of [url, byName]) await sender.send(call({ url: each })).catch(() => undefined);
    const before = calls;
    for (const each of hosts)
      expect(await faultOf(sender.send(call({ url: each, publicOnly: true }))), each).toEqual([
        'rejected',
        'some-crm.address-inside',
        false,
      ]);
    expect([before > 0, calls]).toEqual([true, before]);
  });

  it('sends a body that is made piece by piece', async () => {
    answering = (_request, response, body) => void response.end(String(body.length));
    const pieces = function* () {
      for (let piece = 0; piece < 100; piece += 1) yield Buffer.alloc(1_000, 'x');
    };
    expect((await sender.send(call({ body: pieces() }))).text).toBe('100000');
  });

  it.each([
    ['cut before its answer', (response: ServerResponse) => void response.destroy()],
    [
      'cut in the middle of its answer',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-length': '1000' }).write('half');
        setTimeout(() => response.destroy(), 20);
      },
    ],
  ])('knows of a write that was %s that it may have applied, and of a read that it did not', async (_how, cut) => {
    answering = (_request, response) => cut(response);
    expect(await faultOf(sender.send(call()))).toEqual(['transient', 'some-crm.connection.lost', true]);
    expect(await faultOf(sender.send(call({ writes: false })))).toEqual([
      'transient',
      'some-crm.connection.lost',
      false,
    ]);
  });

  it('gives up an answer that does not come in time: the write may have applied', async () => {
    answering = () => undefined;
    const startedAt = performance.now();
    expect(await faultOf(sender.send(call({ timeoutMs: 150 })))).toEqual([
      'transient',
      'some-crm.connection.lost',
      true,
    ]);
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });

  it('gives up an answer that begins and then drips for longer than allowed', async () => {
    answering = (_request, response) => {
      response.writeHead(200);
      const dripping = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(dripping));
    };
    const [kind, , mayHaveApplied] = (await faultOf(sender.send(call({ timeoutMs: 200 })))) as unknown[];
    expect([kind, mayHaveApplied]).toEqual(['transient', true]);
  });

  it('knows that nothing was written where nobody listens', async () => {
    const nobody = call({ url: 'http://127.0.0.1:1/api/save' });
    expect(await faultOf(sender.send(nobody))).toEqual(['transient', 'some-crm.unreachable', false]);
  });

  it('notes each exchange with the attempt that asked, without query, headers or body', async () => {
    answering = (_request, response) => void response.end('[{"CustName":"Pat Moreno"},{"CustName":"Lee Moreno"}]');
    const [mine, others]: [Exchange[], Exchange[]] = [[], []];
    await Promise.all([
      gatherExchanges(() => sender.send(call({ headers: { authorization: 'Bearer hunter2' } })), mine),
      gatherExchanges(() => faultOf(sender.send(call({ url: 'http://127.0.0.1:1/api/other' }))), others),
    ]);
    const [exchange] = mine;
    expect(exchange).toMatchObject({
      method: 'POST',
      path: '/api/save',
      request: 'name=•••',
      status: 200,
      answer: '[2 rows]',
    });
    expect(others.map(({ path, status }) => [path, status])).toEqual([['/api/other', undefined]]);
    expect(JSON.stringify([mine, others])).not.toMatch(/Pat|Moreno|hunter2|demo1/);
  });

  it('notes none of the secrets that a call names, where the vendor quotes them', async () => {
    answering = (_request, response) => void response.end('{"error":"no user hunter2 at demo 1"}');
    const noted: Exchange[] = [];
    await gatherExchanges(() => sender.send(call({ secrets: ['hunter2', 'demo 1'] })), noted);
    expect(noted[0]!.answer).toBe('{error: no user ••• at •••}');
  });
});

describe('gatherExchanges', () => {
  it('keeps the first twenty of an attempt, and nothing where nobody gathers', async () => {
    const exchange = { method: 'GET', path: '/x', request: '', answer: '', ms: 1 };
    const into: Exchange[] = [];
    await gatherExchanges(async () => {
      for (let n = 0; n < 25; n += 1) noteExchange({ ...exchange, ms: n });
    }, into);
    noteExchange(exchange);
    expect([into.length, into.at(-1)?.ms]).toEqual([20, 19]);
  });
});
