import { describe, expect, it } from 'vitest';
import type { ConnectionAlert } from './alert.ts';
import { type AlertFacts, alertMessage } from './alert-message.ts';

const alert: ConnectionAlert = {
  _id: 'evt-1',
  org: 'org-1',
  connection: 'con-1',
  provider: 'example-crm',
  kind: 'needs-you',
  state: 'needs-reauthorization',
  reason: 'Example CRM refused the login. Enter the password again.',
  at: new Date('2030-05-06T14:00:00Z'),
  raised_at: new Date('2030-05-06T14:00:01Z'),
  attempts: 0,
  targets: [],
};
const facts: AlertFacts = {
  alert,
  title: 'Example CRM',
  org: { name: 'Example Exteriors', time_zone: 'America/New_York' },
  waiting: 3,
  link: 'https://app.example.com/?org=org-1&connection=con-1',
};

describe('an alert that somebody is needed', () => {
  const { mail, hook, event } = alertMessage(facts);

  it('says in its subject who needs what of whom', () => {
    expect(mail.subject).toBe('Example CRM needs you: authorize again (Example Exteriors)');
  });

  it('says what happened, whose side, what to do, since when on the clock of the org, and what waits', () => {
    expect(mail.text).toBe(`What happened: Example CRM refused the login. Enter the password again.

Whose side: Example CRM refuses; OCC Hub itself works. Records neither come in nor go out until it is put right.

What to do: Open https://app.example.com/?org=org-1&connection=con-1 and authorize Example CRM again.

Since: May 6, 2030, 10:00:00 AM EDT

What waits: 3 writes. Nothing is lost: all is sent, in order, when Example CRM works again.

You get this because Example Exteriors entered this address for its alerts in OCC Hub.
`);
    expect(mail.html).toContain('?org=org-1&amp;connection=con-1');
  });

  it('tells programs the same as data', () => {
    expect([event, hook.type]).toEqual(['evt-1', 'connection.needs-you']);
    expect(hook.data).toMatchObject({ connection: 'con-1', state: 'needs-reauthorization', waiting: 3 });
  });
});

it('tells of the recovery that nothing is to be done', () => {
  const { mail, hook } = alertMessage({
    ...facts,
    alert: { ...alert, kind: 'works-again', state: 'healthy', reason: '' },
  });
  expect(mail.subject).toBe('Example CRM works again (Example Exteriors)');
  expect(mail.text).toContain('What to do: Nothing.');
  expect(hook).toMatchObject({ type: 'connection.works-again', data: { state: 'healthy' } });
});

it('leaves out what could not be found out, and still says what to do', () => {
  const { mail, hook } = alertMessage({
    ...facts,
    alert: { ...alert, reason: ' ' },
    waiting: undefined,
    link: undefined,
  });
  expect(mail.text).toContain("What happened: Example CRM does not accept the hub's access any more.");
  expect(mail.text).toContain('Open the connection in OCC Hub');
  expect(mail.text).not.toContain('What waits');
  expect(hook.data).not.toHaveProperty('waiting');
});

it('lets no name or reason break out of its line or into the markup', () => {
  const reason = `<img src=x onerror="alert(1)">\r\nBcc: somebody@example.com`;
  const org = { name: 'Evil\r\nBcc: somebody@example.com <b>', time_zone: 'UTC' };
  const { mail } = alertMessage({ ...facts, org, alert: { ...alert, reason } });
  expect(mail.subject).not.toMatch(/[\r\n]/);
  expect(mail.text.split('\n').filter((line) => line.startsWith('Bcc'))).toEqual([]);
  expect(mail.html).not.toMatch(/<img|<b> |<b>\)/);
});
