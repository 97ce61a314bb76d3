import { describe, expect, it } from 'vitest';
import { problemPage } from './problem-page.ts';

const page = (status: number, code = 'x.y') => problemPage({ status, code, message: 'Send an API key: <occ_…>.' });

describe('the page of a form that was refused', () => {
  it.each([
    [401, 'key.unknown', /not open/],
    [403, 'key.scope-missing', /not open/],
    [405, 'http.method', /not open/],
    [424, 'connection.disconnected', /not open/],
    [422, 'connection.unknown', /look it over/],
    [422, 'card-number.refused', /card number/],
    [429, 'http.too-many', /wait a minute/],
    [503, 'store.away', /wait a minute/],
  ] as const)('says with %i %s what a visitor can do', (status, code, said) => {
    const answer = page(status, code);
    expect([answer.status, answer.headers['content-type']]).toEqual([status, 'text/html; charset=utf-8']);
    expect(answer.body).toMatch(said);
    expect(answer.body).not.toMatch(/API key|occ_|x\.y/);
  });

  it('may be shown in the page that the form stands in, and has nothing to press', () => {
    const { headers, body } = page(401);
    expect(headers['content-security-policy']).toMatch(/frame-ancestors \*$/);
    expect(body).not.toMatch(/<(form|button|a|input|script)\b/);
  });
});
