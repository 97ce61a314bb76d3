import { HubError, type Kind } from '@occ-hub/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { HttpProblem } from './http-problem.ts';
import { createHttpShell, type HttpShell, rawBodyOf } from './http-shell.ts';
import { listen, type Listening } from './listen.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { parseInput } from './parse-input.ts';
import { createReadiness } from './readiness.ts';
import { currentTraceparent, traceIdOf } from './trace.ts';

const lines: string[] = [];
const readiness = createReadiness({ cacheMs: 0 });
let storeIsAway = false;
let server: Listening;

const shellOf = () =>
  createHttpShell({
    log: createLog({ service: 'spec', level: 'info', destination: { write: (line) => void lines.push(line) } }),
    metrics: createMetrics({ service: 'spec' }),
    readiness,
    bodyLimit: 1_000,
  });

function addRoutes(shell: HttpShell): void {
  shell.serve((router) => {
    router.get('/fail/:kind', (request) => {
      const kind = request.params.kind as Kind;
      throw new HubError({ kind, code: `spec.${kind}`, message: `a ${kind} failure`, retryAfterMs: 1_500 });
    });
    router.get('/bug', async () => {
      throw new Error('the password is hunter2');
    });
    router.get('/not-yours', () => {
      throw new HttpProblem({ status: 403, code: 'spec.not-yours', message: 'Ask the owner.' });
    });
    router.post('/echo', (request, response) => {
      const { name } = parseInput(z.object({ name: z.string().max(5) }), request.body);
      response.json({ name, traceparent: currentTraceparent(), raw: rawBodyOf(request)?.toString() });
    });
  });
}

beforeAll(async () => {
  readiness.add('store', async () => {
    if (storeIsAway) throw new Error('connect ECONNREFUSED');
  });
  const shell = shellOf();
  addRoutes(shell);
  server = await listen(shell.app, 0);
});
afterAll(() => server.stop());

const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/echo`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
const problem = async (answer: Response) => (await answer.json()) as Record<string, unknown>;

describe('problem documents', () => {
  it.each([
    ['config', 500, false],
    ['transient', 503, true],
    ['credential', 424, false],
    ['rejected', 422, false],
    ['unreadable', 400, false],
    ['stale', 409, false],
  ])('answer a %s error with %i', async (kind, status, retryable) => {
    const answer = await fetch(`${server.url}/fail/${kind}?token=hunter2`);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.headers.get('retry-after')).toBe(retryable ? '2' : null);
    expect(await problem(answer)).toEqual({
      type: `urn:occ-hub:problem:spec.${kind}`,
      title: expect.any(String),
      status,
      detail: `a ${kind} failure`,
      instance: `/fail/${kind}`,
      code: `spec.${kind}`,
      errors: [],
      retryable,
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('tell nothing of the inside of a bug', async () => {
    const answer = await fetch(`${server.url}/bug`);
    expect(answer.status).toBe(500);
    const text = await answer.text();
    expect(text).toContain('hub.bug');
    expect(text).not.toContain('hunter2');
  });

  it('name the fields of a request that is not right, without their values', async () => {
    const answer = await post(JSON.stringify({ name: 'much too long' }));
    expect(answer.status).toBe(422);
    const body = await problem(answer);
    expect(body['errors']).toEqual([{ pointer: '/name', message: expect.any(String) }]);
    expect(JSON.stringify(body)).not.toContain('much too long');
  });

  it('answer malformed JSON with 400, a body too large with 413, an unknown charset with 415', async () => {
    const bad = await post('{"name": hunter2');
    expect([bad.status, (await problem(bad))['code']]).toEqual([400, 'http.body-unreadable']);
    const large = await post(JSON.stringify({ name: 'x'.repeat(2_000) }));
    expect([large.status, (await problem(large))['code']]).toEqual([413, 'http.body-too-large']);
    const charset = await post('{}', { 'content-type': 'application/json; charset=klingon' });
    expect(charset.status).toBe(415);
    const path = await fetch(`${server.url}/fail/%E0%A4%A`);
    expect(path.status).toBe(400);
  });

  it('answer an unknown address with 404 and a refusal of HTTP with its own status', async () => {
    expect((await problem(await fetch(`${server.url}/none`)))['code']).toBe('http.not-found');
    const refused = await fetch(`${server.url}/not-yours`);
    expect([refused.status, (await problem(refused))['code']]).toEqual([403, 'spec.not-yours']);
  });
});

describe('a request', () => {
  it('continues the trace of its caller, through the body parser, and gives back its id', async () => {
    const trace = 'c'.repeat(32);
    const answer = await post('{"name":"Ada"}', {
      traceparent: `00-${trace}-${'d'.repeat(16)}-01`,
      'x-request-id': 'r1',
    });
    const body = (await answer.json()) as { name: string; traceparent: string; raw: string };
    expect(traceIdOf(body.traceparent)).toBe(trace);
    expect(body.raw).toBe('{"name":"Ada"}');
    expect(answer.headers.get('x-request-id')).toBe('r1');
    expect(answer.headers.get('x-powered-by')).toBeNull();
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('reads a form as well', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await (await post('name=Ada', headers)).json()).toMatchObject({ name: 'Ada' });
  });

  it('leaves one line with path, status and time, and neither query nor body', async () => {
    lines.length = 0;
    await (await post('{"name":"Ada"}')).text();
    await (await fetch(`${server.url}/none?token=hunter2`)).text();
    await expect.poll(() => lines.length).toBe(2);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      method: 'POST',
      path: '/echo',
      status: 200,
      outcome: 'answered',
    });
    expect(JSON.parse(lines[0] ?? '')).toHaveProperty('traceId');
    expect(lines.join()).not.toMatch(/hunter2|Ada/);
  });
});

describe('health', () => {
  it('lives without its parts, and is ready only with them', async () => {
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    storeIsAway = true;
    const away = await fetch(`${server.url}/readyz`);
    expect(away.status).toBe(503);
    expect(await away.json()).toEqual({
      ready: false,
      checks: [{ name: 'store', ok: false, why: 'connect ECONNREFUSED' }],
    });
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
    storeIsAway = false;
  });

  it('is asked for while the routes are not there yet, which are answered 503 and not 404', async () => {
    const shell = shellOf();
    const early = await listen(shell.app, 0);
    try {
      expect((await fetch(`${early.url}/livez`)).status).toBe(200);
      const answer = await fetch(`${early.url}/not-yours`);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
      addRoutes(shell);
      expect((await fetch(`${early.url}/not-yours`)).status).toBe(403);
    } finally {
      await early.stop();
    }
  });

  it('shows request times by route in /metrics', async () => {
    await (await fetch(`${server.url}/fail/stale`)).text();
    const text = await (await fetch(`${server.url}/metrics`)).text();
    expect(text).toMatch(/http_request_duration_seconds_count\{.*route="\/fail\/:kind",status="409".*\} \d+/);
    expect(text).toContain('process_cpu_seconds_total');
  });
});

it('tells of a card number nowhere: not in a line, a problem, an id, a trace or a metric', async () => {
  lines.length = 0;
  const card = '4111111111111111';
  const headers = { 'x-request-id': card, traceparent: `00-${card}${'0'.repeat(16)}-${'d'.repeat(16)}-01` };
  const answers = [
    await fetch(`${server.url}/none/4111-1111-1111-1111?card=${card}`, { headers }),
    await fetch(`${server.url}/none/41111111%31111%31111?card=${card}`, { headers }),
  ];
  const texts = await Promise.all(answers.map((answer) => answer.text()));
  await expect.poll(() => lines.length).toBeGreaterThanOrEqual(2);
  const told = [...texts, ...lines, await (await fetch(`${server.url}/metrics`)).text()];
  for (const answer of answers) told.push(JSON.stringify([...answer.headers]));
  expect(told.join('\n')).not.toMatch(/4111|%31/);
});
