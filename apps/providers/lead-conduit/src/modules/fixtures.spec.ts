import { describe, expect, it } from 'vitest';
import type { HttpResponse, InboundRequest, OutboundModule } from '../platform/contract.ts';
import { HttpError } from '../platform/http-error.ts';
import { fixturesIn } from '../testing/fixtures.ts';
import { addLeadModule } from './add-lead/add-lead.ts';
import { createLeadModule } from './create-lead/create-lead.ts';
import { feedbackModule } from './feedback/feedback.ts';

type Sent = { vars: object; url?: string; wire?: Record<string, string>; refused?: string };
type Answered = { answer: HttpResponse; appended: object; sent?: string };
type Called = { callback: InboundRequest; vars?: object; refused?: { status: number; allow?: string } };

const formOf = (body: string) => Object.fromEntries(new URLSearchParams(body));
const doors: [name: string, module: OutboundModule, read: (body: string) => unknown, type: string][] = [
  ['add-lead', addLeadModule(), (body) => JSON.parse(body) as unknown, 'application/json'],
  ['create-lead', createLeadModule(), formOf, 'application/x-www-form-urlencoded'],
];

describe.each(doors)('%s', (door, module, read, type) => {
  const sent = fixturesIn<Sent>(door);
  it.each(sent.filter(({ fixture }) => fixture.wire))('sends $name', ({ fixture }) => {
    expect(module.validate(fixture.vars)).toBeUndefined();
    const { url, method, headers, body } = module.request(fixture.vars);
    expect({ url, method, type: headers['Content-Type'] }).toEqual({ url: fixture.url, method: 'POST', type });
    expect(read(body)).toEqual(fixture.wire);
  });

  it.each(sent.filter(({ fixture }) => fixture.refused !== undefined))('does not send: $name', ({ fixture }) => {
    expect(module.validate(fixture.vars)).toBe(fixture.refused);
  });

  const answers = fixturesIn<Answered>(`${door}-answers`);
  it.each(answers)('reads the answer: $name', ({ fixture }) => {
    expect(module.response({}, { body: fixture.sent ?? '' }, fixture.answer)).toEqual(fixture.appended);
  });

  it('appends nothing that it does not declare, and declares nothing that it never appends', () => {
    const appended = answers.flatMap(({ fixture }) => Object.keys(module.response({}, {}, fixture.answer)));
    expect([...new Set(appended)].sort()).toEqual(
      module.response
        .variables()
        .map(({ name }) => name)
        .sort(),
    );
  });

  it('calls no answer an error', () => {
    const reason = 'LeadPerfection gave no answer';
    expect(module.response({}, {}, undefined)).toEqual({ outcome: 'error', reason });
  });
});

describe('feedback', () => {
  const { request } = feedbackModule();
  const calls = fixturesIn<Called>('feedback');

  it.each(calls.filter(({ fixture }) => fixture.vars))('reads $name', ({ fixture }) => {
    expect(request(fixture.callback)).toEqual(fixture.vars);
  });

  it.each(calls.filter(({ fixture }) => fixture.refused))('stops at $name', ({ fixture }) => {
    try {
      request(fixture.callback);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(HttpError);
      const { status, headers, body } = error as HttpError;
      expect({ status, allow: headers['Allow'] }).toEqual({ allow: undefined, ...fixture.refused });
      expect(headers['Content-Length']).toBe(String(Buffer.byteLength(body)));
    }
  });
});

it('has pairs enough of every kind', () => {
  const counts = ['add-lead', 'add-lead-answers', 'create-lead', 'create-lead-answers', 'feedback'].map(
    (folder) => fixturesIn(folder).length,
  );
  expect(counts.every((count) => count >= 13)).toBe(true);
  expect(counts.reduce((sum, count) => sum + count)).toBeGreaterThan(130);
});
