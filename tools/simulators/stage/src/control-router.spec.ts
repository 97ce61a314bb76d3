import { createServer } from 'node:http';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ControlError } from './control-error.ts';
import { controlRouter } from './control-router.ts';
import { createListener } from './listener.ts';

const router = controlRouter((own) => {
  own.post('/echo', (request, response) => {
    response.json(z.strictObject({ text: z.string() }).parse(request.body));
  });
  own.get('/gone', () => {
    throw new ControlError(409, 'It is gone.');
  });
  own.get('/broken', () => {
    throw new RangeError('too far');
  });
});
const listener = createListener(createServer(express().use('/_simulator', router)));
beforeAll(() => listener.listen());
afterAll(() => listener.end());

async function call(path: string, request: RequestInit = {}): Promise<[status: number, body: unknown]> {
  const answer = await fetch(`${listener.url}/_simulator${path}`, request);
  return [answer.status, await answer.json()];
}
const posted = (body: string, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body,
});

describe('control router', () => {
  test('answers the controls it was given, for processes and for its own page', async () => {
    expect(await call('/echo', posted('{"text":"hi"}'))).toEqual([200, { text: 'hi' }]);
    expect(await call('/echo', posted('{"text":"hi"}', { origin: listener.url }))).toEqual([200, { text: 'hi' }]);
  });

  test('takes no calls from pages of other sites', async () => {
    const [status] = await call('/echo', posted('{"text":"hi"}', { origin: 'http://elsewhere.example.com' }));
    expect(status).toBe(403);
  });

  test('says which control it does not have', async () => {
    expect(await call('/echos')).toEqual([404, { error: 'The simulator has no control GET /echos.' }]);
  });

  test('says why a wish is not granted, with the status that fits', async () => {
    expect(await call('/gone')).toEqual([409, { error: 'It is gone.' }]);
    expect(await call('/broken')).toEqual([500, { error: 'RangeError: too far' }]);
    expect(await call('/echo', posted('{"text":'))).toEqual([400, { error: 'The body is not JSON.' }]);
    const [status, body] = await call('/echo', posted('{"text":"hi","texts":1}'));
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('texts')]);
  });
});
