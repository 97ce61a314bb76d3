import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltInIssuer, createBuiltInIssuer } from '../issuer/built-in-issuer.ts';
import { startTestCore, type TestCore } from '../testing/test-core.ts';

let core: TestCore;
let issuer: BuiltInIssuer;
let elsewhere: Server;
let answer: { status: number; body: string };

beforeAll(async () => {
  const facts = { issuer: 'https://login.example.com', clock: Date.now };
  const env = { NODE_ENV: 'test', JWT_AUDIENCE: 'occ-hub', BUILT_IN_ISSUER_KEY: undefined };
  issuer = await createBuiltInIssuer(env, facts);
  answer = { status: 500, body: 'down' };
  elsewhere = createServer((_request, response) => void response.writeHead(answer.status).end(answer.body));
  elsewhere.listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
  const { port } = elsewhere.address() as AddressInfo;
  const urls = { JWT_ISSUER: facts.issuer, JWT_JWKS_URL: `http://127.0.0.1:${port}/keys` };
  core = await startTestCore({}, { ...urls, BUILT_IN_ISSUER: 'off', RATE_LIMIT_PER_MINUTE: '8' });
});
afterAll(async () => {
  await core.stop();
  elsewhere.close();
});

describe('tokens of an issuer elsewhere', () => {
  it('are 503 while its keys cannot be had, and pass when they can', async () => {
    const token = await issuer.issue({ sub: 'op-1', role: 'operator' });
    const away = await core.call('GET', '/v1/orgs', { token });
    expect([away.status, away.body]).toMatchObject([503, { code: 'core.issuer.away', retryable: true }]);
    answer = { status: 200, body: '{"neither":"keys"}' };
    expect((await core.call('GET', '/v1/orgs', { token })).status).toBe(503);
    answer = { status: 200, body: JSON.stringify(issuer.jwks) };
    expect((await core.call('GET', '/v1/orgs', { token })).status).toBe(200);
  });

  it('leave no way to get one here', async () => {
    const reply = await core.call('POST', '/dev/token', { body: { sub: 'op-1', role: 'operator' } });
    expect(reply.status).toBe(404);
  });

  it('are slowed down one by one when they ask too often', async () => {
    const hasty = await issuer.issue({ sub: 'op-2', role: 'operator' });
    const replies = await Promise.all(Array.from({ length: 12 }, () => core.call('GET', '/v1/orgs', { token: hasty })));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(8);
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(4);
    const other = await issuer.issue({ sub: 'op-3', role: 'operator' });
    expect((await core.call('GET', '/v1/orgs', { token: other })).status).toBe(200);
  });
});
