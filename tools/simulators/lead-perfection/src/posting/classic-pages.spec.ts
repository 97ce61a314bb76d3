import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Seen } from '../testing/caller.ts';
import type { LeadPerfectionSimulator } from '../simulator.ts';
import { startLeadPerfectionSimulator } from '../simulator.ts';
import { seen } from '../testing/lead-poster.ts';

let simulator: LeadPerfectionSimulator;
beforeEach(async () => {
  simulator = await startLeadPerfectionSimulator();
});
afterEach(() => simulator.stop());

const ADDLEADS = { firstname: 'Pat', zip: '21220', phone1: '4105550143', sender: 'Example Media', srs_id: '0007' };
const FORM = {
  txtFirstName: 'Pat',
  txtZip: '21220',
  txtPhone: '4105550143',
  txtUserID: 'webforms',
  txtPassword: 'secret',
};
const post = async (page: string, fields: Record<string, string>): Promise<Seen> =>
  seen(await fetch(`${simulator.url}/batch/${page}`, { method: 'POST', body: new URLSearchParams(fields) }));

describe('classic pages', () => {
  test('addleads.asp says [OK] as text, whether the parameters come in the body, the query or both', async () => {
    const answer = await post('addleads.asp', ADDLEADS);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html']);
    expect(answer.text).toMatch(/^\[OK\]/);
    expect((await post(`ADDLEADS.ASP?${new URLSearchParams(ADDLEADS)}`, {})).text).toContain('[OK]');
    const { zip, ...rest } = ADDLEADS;
    expect((await post(`addleads.asp?ZIP=${zip}`, rest)).text).toContain('[OK]');
    expect(simulator.control.leads().map((lead) => [lead.door, lead.fields.srs_id, lead.fields.zip])).toEqual(
      Array.from({ length: 3 }, () => ['addleads.asp', '0007', '21220']),
    );
  });

  test.each(['zip', 'phone1', 'sender', 'srs_id'])('addleads.asp refuses a lead without %s in words', async (field) => {
    const answer = await post('addleads.asp', { ...ADDLEADS, [field]: '' });
    expect(answer.text).toContain(`${field} is required`);
    expect(answer.text).not.toContain('[OK]');
    expect(simulator.control.leads()).toEqual([]);
  });

  test('addleadsinternet.asp has names of its own and takes a GET', async () => {
    const query = new URLSearchParams({
      Fname: 'Lee',
      Lname: 'Ngo',
      Zipcode: '21204',
      Phone: '4105550188',
      Comments: 'Hi',
    });
    const answer = await seen(await fetch(`${simulator.url}/batch/addleadsinternet.asp?${query}`));
    expect(answer.text).toContain('[OK]');
    expect(simulator.control.leads()[0]).toMatchObject({
      raw: query.toString(),
      fields: { firstname: 'Lee', zip: '21204', phone1: '4105550188', notes: 'Hi' },
    });
  });

  test.each(['LeadFormExtraFields.asp', 'LeadFormTransfer.asp', 'leadformgenerictest.asp'])(
    '%s asks who is posting and takes the lead',
    async (page) => {
      expect((await post(page, { ...FORM, txtPassword: 'wrong' })).text).toContain('NOT VALID USER');
      expect((await post(page, { ...FORM, txtZip: '' })).text).toContain('zip is required');
      expect(simulator.control.leads()).toEqual([]);
      expect((await post(page, { ...FORM, txtMedia4: 'certain' })).text).toContain('[OK]');
      expect(simulator.control.leads()).toMatchObject([{ door: page, sent: { txtmedia4: 'certain' } }]);
    },
  );

  test('passwords are kept nowhere', async () => {
    await post('LeadFormTransfer.asp', { ...FORM, txtPassword: 'hunter-two' });
    await post('LeadFormTransfer.asp', FORM);
    const kept = JSON.stringify([simulator.control.leads(), simulator.control.received(), simulator.control.posting()]);
    expect(kept).toContain('txtPassword=•••');
    expect(kept).not.toMatch(/hunter-two|secret/);
  });

  test('an unknown page is a 404, and so is another company by its host', async () => {
    expect((await post('nonsense.asp', FORM)).status).toBe(404);
    expect(await statusByHost('other.leadperfection.com')).toBe(404);
    expect(await statusByHost('demo1.leadperfection.com')).toBe(200);
  });

  test('a maintenance page with 200 has no [OK] and queues nothing; refused and lost answers', async () => {
    simulator.control.fault({ kind: 'html', action: 'addleads.asp' });
    const page = await post('addleads.asp', ADDLEADS);
    expect([page.status, page.text.includes('[OK]')]).toEqual([200, false]);
    simulator.control.fault({ kind: 'refused' });
    expect((await post('addleads.asp', ADDLEADS)).text).toContain('could not be saved');
    expect(simulator.control.leads()).toEqual([]);
    simulator.control.fault({ kind: 'cut', when: 'after' });
    await expect(post('addleads.asp', ADDLEADS)).rejects.toThrow('fetch failed');
    expect(simulator.control.leads()).toHaveLength(1);
  });
});

function statusByHost(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const path = `/batch/addleads.asp?${new URLSearchParams(ADDLEADS)}`;
    const call = request({ host: '127.0.0.1', port: simulator.port, path, headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    call.on('error', reject).end();
  });
}
