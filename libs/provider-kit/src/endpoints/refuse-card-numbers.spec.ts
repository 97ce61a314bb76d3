import { describe, expect, it } from 'vitest';
import type { EndpointRequest } from '../endpoint.ts';
import { refuseCardNumbers } from './refuse-card-numbers.ts';

const request: EndpointRequest = {
  ...{ method: 'POST', uri: '/v1/orgs/org-1/some-crm/leads', params: {}, from: '203.0.113.9' },
  headers: { 'content-type': 'application/json', 'user-agent': 'a lead source/2.0' },
  body: JSON.stringify({
    name: 'Pat Moreno',
    phone: '410-555-0143',
    at: '2026-03-05T17:00:00.000Z',
    id: 1764007484123,
  }),
};
const refused = (uri: string, changes: Partial<EndpointRequest> = {}): unknown => {
  try {
    refuseCardNumbers(uri, { ...request, ...changes });
    return 'taken';
  } catch (error) {
    return error;
  }
};
const card = '4111 1111 1111 1111';

describe('refuseCardNumbers', () => {
  it('takes a lead with telephone numbers, dates and ids', () => expect(refused(request.uri)).toBe('taken'));

  it.each<[string, string, Partial<EndpointRequest>]>([
    ['the path', `/v1/orgs/org-1/some-crm/leads/4111111111111111`, {}],
    ['the query', `/v1/orgs/org-1/some-crm/leads?note=4111-1111%201111.1111`, {}],
    ['the place of a key', `${request.uri}?key=4111111111111111`, {}],
    ['a header', request.uri, { headers: { 'idempotency-key': '4111-1111-1111-1111' } }],
    ['a header that nobody reads', request.uri, { headers: { 'x-note': card } }],
    ['a value', request.uri, { body: JSON.stringify({ a: [{ note: `card ${card}` }] }) }],
    ['a name', request.uri, { body: JSON.stringify({ [card]: true }) }],
    ['a number', request.uri, { body: '{"card":4.111111111111111e15}' }],
    ['an escaped text', request.uri, { body: '{"card":"\\u0034111\\u00a01111 1111 1111"}' }],
    ['a form', request.uri, { body: new URLSearchParams({ note: card }).toString() }],
    ['what is neither JSON nor a form', request.uri, { body: `<card>${card}</card>` }],
  ])('refuses one in %s as 422, and does not repeat it', (_where, uri, changes) => {
    const error = refused(uri, changes) as Error;
    expect(error).toMatchObject({ kind: 'rejected', code: 'card-number.refused' });
    expect(JSON.stringify([error.message, error])).not.toContain('1111');
  });

  it('leaves the headers that carry keys alone', () => {
    expect(refused(request.uri, { headers: { authorization: `Bearer ${card}`, 'x-api-key': card } })).toBe('taken');
  });

  it.each([
    ['x-cloud-trace-context', 'd73d5d9b29f881f02a4808e82b108bae/4528615209387067713;o=1'],
    ['x-datadog-trace-id', '4528615209387067713'],
    ['x-datadog-parent-id', '4528615209387067713'],
    ['x-request-id', '4528615209387067713'],
    ['cookie', '_ga=GA1.2.221291228.1749264847; _gid=GA1.2.687368193.1792666733'],
    ['x-forwarded-for', '203.0.113.20, 198.51.100.21'],
  ])('leaves alone what stands on the way of every call: %s', (name, value) => {
    expect(refused(request.uri, { headers: { [name]: value } })).toBe('taken');
  });

  it.each([
    ['leads', JSON.stringify({ a: 'Neighbour: 713-606-2853 66540, since 2026-03-05. '.repeat(20_000) })],
    ['JSON of digits', JSON.stringify({ a: '1 '.repeat(520_000) })],
    ['nested percent escapes', JSON.stringify({ a: '%2525252531 '.repeat(87_000) })],
    ['digits among escapes', JSON.stringify({ a: ('%25252525' + '6 1 6 1 6 1 6 1 6 1 6 1 ').repeat(31_000) })],
    ['non-ASCII', JSON.stringify({ a: '%2525252531\u2009'.repeat(74_000) })],
  ])('gets to the end of a megabyte that is made to be slow: %s', (_what, body) => {
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(1_048_576);
    expect(refused(request.uri, { body })).toBe('taken');
  });
});
