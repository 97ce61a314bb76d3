import { describe, expect, it } from 'vitest';
import type { InboundRequest } from '../../platform/contract.ts';
import { feedbackModule } from './feedback.ts';
import { defaultFeedbackRules, type FeedbackRule, FeedbackRules, verdictOn } from './rules.ts';
import { readXml } from './xml.ts';

const { response } = feedbackModule();
const asked = (accept?: string): InboundRequest => ({
  method: 'POST',
  uri: '/feedback',
  headers: accept === undefined ? {} : { Accept: accept },
});

describe('the answer to feedback', () => {
  it('is 201 with outcome, reason, lead and price', () => {
    const { status, headers, body } = response(asked(), {
      lead: { id: 'lead-1' },
      type: 'return',
      reason: 'Bad number',
    });
    expect({ status, type: headers['Content-Type'] }).toEqual({ status: 201, type: 'application/json; charset=utf-8' });
    expect(JSON.parse(body)).toEqual({ outcome: 'success', reason: null, lead: { id: 'lead-1' }, price: 0 });
  });

  it('says why of what is no success', () => {
    const vars = { outcome: 'failure', reason: 'event id is required', price: 1.5 };
    expect(JSON.parse(response(asked(), vars).body)).toEqual({ ...vars });
  });

  it('has the fields that are asked for, in place of the usual ones', () => {
    const vars = { lead: { id: 'lead-1', email: 'pat@example.test' }, dispo: 'Sale' };
    const { body } = response(asked(), vars, ['lead.id', 'dispo', 'outcome', 'gone']);
    expect(JSON.parse(body)).toEqual({ lead: { id: 'lead-1' }, dispo: 'Sale', outcome: 'success' });
  });

  it.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['text/xml', 'text/xml'],
    ['application/xml', 'application/xml'],
    ['text/xml;q=0.5, application/json', 'application/json'],
    ['text/html, text/*;q=0.1', 'text/xml'],
  ])('to one who takes %s is %s', (accept, type) => {
    expect(response(asked(accept), {}).headers['Content-Type']).toBe(`${type}; charset=utf-8`);
  });

  it('counts bytes, not characters', () => {
    for (const accept of ['application/json', 'text/xml']) {
      const { headers, body } = response(asked(accept), { lead: { id: 'é山' } });
      expect(headers['Content-Length']).toBe(String(new TextEncoder().encode(body).length));
      expect(Number(headers['Content-Length'])).toBeGreaterThan(body.length);
    }
  });

  it('is XML that any reader reads back, whatever the id has in it', () => {
    const { body } = response(asked('text/xml'), {
      lead: { id: '<&">\u0000é' },
      outcome: 'failure',
      reason: 'no & no',
    });
    expect(body).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<result>/);
    const result = { outcome: 'failure', reason: 'no & no', lead: { id: '<&">é' }, price: '0' };
    expect(readXml(body)).toEqual({ result });
  });

  it('has an empty reason in XML where there is none', () => {
    expect(response(asked('text/xml'), {}).body).toContain('<reason/>');
  });
});

describe('the rules', () => {
  const own: FeedbackRule[] = [
    { when: { dispo: ['Bad Number', 'DNC'] }, type: 'return', reason: ['dispo'], outcome: 'success' },
    { when: { dispo: ['Set'], everset: ['true'] }, type: 'conversion', reason: ['dispo'], outcome: 'success' },
    ...defaultFeedbackRules.slice(0, -1),
    { when: {}, type: 'none', reason: [], outcome: 'success' },
  ];
  const verdict = (fields: object, rules: readonly FeedbackRule[] = own) =>
    verdictOn({ eventid: 'e', ...fields }, rules);

  it('of an org come in its own order, and the first that fits counts', () => {
    expect(verdict({ dispo: 'dnc', sold: true })).toEqual({ outcome: 'success', type: 'return', reason: 'dnc' });
    expect(verdict({ dispo: 'Set', everset: true })).toMatchObject({ type: 'conversion' });
  });

  it('fit only when every condition holds', () => {
    expect(verdict({ dispo: 'Set', everset: false })).toEqual({ outcome: 'success' });
    expect(verdict({ dispo: 'Set' })).toEqual({ outcome: 'success' });
  });

  it('that fit nothing leave feedback unrecognized', () => {
    expect(verdict({ dispo: 'Set' }, [])).toEqual({ outcome: 'failure', fault: 'unrecognized feedback' });
  });

  it('may say themselves why something is a failure', () => {
    const rules: FeedbackRule[] = [{ when: {}, type: 'none', reason: [], outcome: 'failure', says: 'not ours' }];
    expect(verdict({}, rules)).toEqual({ outcome: 'failure', fault: 'not ours' });
  });

  it('are not asked without an event id', () => {
    expect(verdictOn({ sold: true }, own)).toEqual({ outcome: 'failure', fault: 'event id is required' });
  });

  it('as a table are checked: facts, types and outcomes of a closed set', () => {
    expect(FeedbackRules.safeParse(own).success).toBe(true);
    const row = { when: {}, type: 'none', reason: [], outcome: 'success' };
    const wrong = [
      { ...row, type: 'sale' },
      { ...row, when: { color: ['x'] } },
      { ...row, when: { dispo: [] } },
    ];
    expect(wrong.map((each) => FeedbackRules.safeParse([each]).success)).toEqual([false, false, false]);
  });

  it('of an org reach the module', () => {
    const { request } = feedbackModule(own);
    const vars = request({ method: 'GET', uri: '/feedback?EventID=e&Dispo=DNC', headers: {} });
    expect(vars).toEqual({ outcome: 'success', type: 'return', reason: 'DNC', eventid: 'e', dispo: 'DNC' });
  });
});

describe('a body that nests without end', () => {
  const deep = (open: string, close: string) => open.repeat(50_000) + close.repeat(50_000);
  it.each([
    ['application/json', deep('{"a":', '}').replace('}', '1}')],
    ['application/json', `{"EventID":${deep('[', ']')}}`],
    ['application/x-www-form-urlencoded', `${'a.'.repeat(50_000)}a=1`],
    ['text/xml', deep('<a>', '</a>')],
  ])('of %s is feedback without an event id, or unreadable', (type, body) => {
    const call = { method: 'POST', uri: '/feedback', headers: { 'Content-Type': type }, body };
    let outcome: unknown;
    try {
      outcome = feedbackModule().request(call)['outcome'];
    } catch (error) {
      expect(error).toMatchObject({ name: 'HttpError', status: 400 });
      outcome = 'failure';
    }
    expect(outcome).toBe('failure');
  });
});

describe('XML', () => {
  it.each([
    '',
    'text',
    '<a>',
    `${'<a>'.repeat(30)}${'</a>'.repeat(30)}`,
    '<a></b>',
    '<!DOCTYPE a><a/>',
    '<?xml version="1.0"?>',
  ])('is not %j', (text) => {
    expect(readXml(text)).toBeUndefined();
  });

  it('has its five entities and its numbers, and no other', () => {
    expect(readXml('<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x42;&nbsp;&amp;lt;</a>')).toEqual({ a: '<>&"\'AB&nbsp;&lt;' });
  });
});
