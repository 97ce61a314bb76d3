import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Heard } from '../testing/lead-poster.ts';
import type { LeadPerfectionSimulator } from '../simulator.ts';
import { startLeadPerfectionSimulator } from '../simulator.ts';
import { NOON } from '../testing/caller.ts';
import { PAT, postLead, startEar } from '../testing/lead-poster.ts';

let simulator: LeadPerfectionSimulator;
let ear: Awaited<ReturnType<typeof startEar>>;
beforeEach(async () => {
  [simulator, ear] = await Promise.all([startLeadPerfectionSimulator({ now: () => NOON }), startEar()]);
});
afterEach(() => Promise.all([simulator.stop(), ear.stop()]));

const ID = 384_191;
const form = (heard: Heard | undefined): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(heard?.body ?? ''));

describe('feedback to the source', () => {
  test('the verdict names method, event, log number and prospect, and what was answered is kept', async () => {
    simulator.control.feedbackTo(`${ear.url}?key=k1`);
    await postLead(simulator, PAT);
    await simulator.control.processQueue();
    expect(ear.heard).toHaveLength(1);
    expect([ear.heard[0]?.method, ear.heard[0]?.headers['content-type']]).toEqual([
      'POST',
      'application/x-www-form-urlencoded',
    ]);
    const lead = simulator.control.lead(ID);
    expect(form(ear.heard[0])).toMatchObject({
      Method: 'A',
      EventID: PAT.EventID,
      LogNumber: PAT.LogNumber,
      ProspectID: String(lead.prospectId),
      LeadNumber: String(lead.leadNumber),
      FirstName: 'Pat',
      SRS_ID: '001',
      Dispo: 'Data',
      Sold: '0',
      ikr_id: '',
      inq_id: String(ID),
    });
    expect(lead.feedback).toMatchObject([{ kind: 'verdict', status: 201, url: ear.url, error: null }]);
  });

  test('merged is M, deleted is X with its reason and without a prospect', async () => {
    simulator.control.feedbackTo(ear.url);
    await postLead(simulator, PAT);
    await postLead(simulator, PAT);
    await postLead(simulator, { ...PAT, phone1: '1' });
    await simulator.control.processQueue();
    expect(ear.heard.map((one) => form(one)['Method'])).toEqual(['A', 'M', 'X']);
    expect(form(ear.heard[2])).toMatchObject({ ProspectID: '', ikr_id: '3', ikrdescr: 'Invalid phone number' });
  });

  test('life-cycle updates carry disposition, stages and gross, and no Method unless told to', async () => {
    simulator.control.feedbackTo(ear.url, { flags: 'letters' });
    await postLead(simulator, PAT);
    await simulator.control.processQueue();
    await simulator.control.advanceLead(ID, { appt: '2026-03-09T14:00' });
    await simulator.control.advanceLead(ID, { dispo: 'Sale', everDemo: true, sold: true, gross: 12_500 });
    expect(form(ear.heard[1])).toMatchObject({
      Method: '',
      Dispo: 'Set',
      EverSet: 'Y',
      ApptDate: '3/9/2026 2:00:00 PM',
    });
    expect(form(ear.heard[2])).toMatchObject({
      Dispo: 'Sale',
      EverDemo: 'Y',
      Sold: 'Y',
      Gross: '12500.00',
      Method: '',
    });
    simulator.control.configurePosting({ repeatMethod: true });
    await simulator.control.advanceLead(ID, {});
    expect(form(ear.heard[3])['Method']).toBe('A');
  });

  test('as a query, as JSON and as XML', async () => {
    await postLead(simulator, { ...PAT, lastname: 'O<Hara & "Sons"' });
    simulator.control.feedbackTo(`${ear.url}?key=k1`, { as: 'query' });
    await simulator.control.processQueue();
    simulator.control.feedbackTo(ear.url, { as: 'json' });
    await simulator.control.repeatFeedback(ID);
    simulator.control.feedbackTo(ear.url, { as: 'xml' }, { 'x-key': 'k2' });
    await simulator.control.repeatFeedback(ID);
    const [query, json, xml] = ear.heard;
    expect([query?.method, query?.body]).toEqual(['GET', '']);
    expect(query?.url.searchParams.get('key')).toBe('k1');
    expect(query?.url.searchParams.get('LastName')).toBe('O<Hara & "Sons"');
    expect(JSON.parse(json?.body ?? '')).toMatchObject({ EventID: PAT.EventID, LastName: 'O<Hara & "Sons"' });
    expect([xml?.headers['content-type'], xml?.headers['x-key']]).toEqual(['text/xml; charset=utf-8', 'k2']);
    expect(xml?.body).toContain('<LastName>O&lt;Hara &amp; "Sons"</LastName>');
    expect(JSON.stringify(simulator.control.posting())).not.toContain('k2');
  });

  test('the event id can go into the address instead', async () => {
    simulator.control.feedbackTo(ear.url, { eventId: 'query' });
    await postLead(simulator, PAT);
    await simulator.control.processQueue();
    expect(ear.heard[0]?.url.searchParams.get('event_id')).toBe(PAT.EventID);
    expect(form(ear.heard[0])).not.toHaveProperty('EventID');
  });

  test('wobbling keys change their case from message to message and keep their values', async () => {
    simulator.control.feedbackTo(ear.url, { keys: 'wobble' });
    for (let n = 0; n < 8; n += 1) await postLead(simulator, PAT);
    await simulator.control.processQueue();
    const spellings = ear.heard.map((one) => Object.keys(form(one)).join());
    expect(new Set(spellings).size).toBeGreaterThan(2);
    expect(new Set(spellings.map((one) => one.toLowerCase())).size).toBe(1);
  });

  test('a receiver that fails or is gone is written down and stops nothing', async () => {
    simulator.control.feedbackTo(ear.url);
    ear.status = 503;
    await postLead(simulator, PAT);
    await simulator.control.processQueue();
    await ear.stop();
    await simulator.control.advanceLead(ID, { dispo: 'NI' });
    expect(simulator.control.lead(ID).feedback).toMatchObject([
      { status: 503 },
      { status: null, error: expect.stringContaining('ECONNREFUSED') },
    ]);
  });

  test('without an address nobody is told', async () => {
    await postLead(simulator, PAT);
    await simulator.control.processQueue();
    expect(simulator.control.lead(ID).feedback).toEqual([]);
    await expect(simulator.control.repeatFeedback(ID)).rejects.toMatchObject({ status: 409 });
    expect(() => simulator.control.feedbackTo('nowhere')).toThrow('not an address');
  });

  test('over HTTP: leads, verdicts, changes and the address of the feedback', async () => {
    const call = async (method: string, path: string, body?: object) => {
      const answer = await fetch(`${simulator.url}/_simulator${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return { status: answer.status, body: (await answer.json()) as unknown };
    };
    expect((await call('PUT', '/feedback', { url: ear.url, style: { as: 'json' } })).body).toMatchObject({
      feedback: { as: 'json', keys: 'documented' },
    });
    await postLead(simulator, PAT);
    expect((await call('GET', '/leads?state=queued')).body).toMatchObject([{ in1Id: ID }]);
    expect((await call('POST', '/leads/process', { in1Id: ID, verdict: 'add' })).body).toMatchObject([
      { state: 'added' },
    ]);
    expect((await call('POST', `/leads/${ID}/advance`, { sold: true })).body).toMatchObject({ life: { sold: true } });
    expect((await call('POST', `/leads/${ID}/repeat`)).status).toBe(200);
    expect(ear.heard).toHaveLength(3);
    expect((await call('PATCH', '/posting', { queueSeconds: 2 })).body).toMatchObject({ queueSeconds: 2 });
    expect((await call('POST', `/leads/${ID}/advance`, { sould: true })).status).toBe(400);
    expect((await call('GET', '/leads/1')).status).toBe(404);
  });

  test('the page shows the queue, with what was posted as text', async () => {
    await postLead(simulator, { ...PAT, firstname: '<b>Pat</b>' });
    const text = await (await fetch(`${simulator.url}/?part=live`)).text();
    expect(text).toContain('&lt;b&gt;Pat&lt;/b&gt;');
    expect(text).toContain('/leads/process');
  });
});
