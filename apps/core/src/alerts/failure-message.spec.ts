import { LeadSubmitted, NoteAdded } from '@occ-hub/contracts';
import { describe, expect, it } from 'vitest';
import type { FailureAlert } from './alert.ts';
import { type FailureFacts, failureMessage } from './failure-message.ts';

const alert: FailureAlert = {
  _id: 'evt-1-abc',
  org: 'org-1',
  connection: 'con-1',
  provider: 'example-crm',
  kind: 'delivery-failed',
  delivery: 'evt-1',
  event_type: LeadSubmitted.type,
  subject: 'org-1/example-crm/lead/4711',
  step: 'create-task',
  reason: 'Example CRM refused it: "Zip" is missing.',
  at: new Date('2030-05-06T14:00:00Z'),
  raised_at: new Date('2030-05-06T14:00:01Z'),
  attempts: 0,
  targets: [],
};
const facts: FailureFacts = {
  alert,
  title: 'Example CRM',
  org: { name: 'Example Exteriors', time_zone: 'America/New_York' },
  link: 'https://app.example.com/?org=org-1&delivery=evt-1',
};

describe('a mail about a failed write', () => {
  it('says what, which, at which step, why in the words of the vendor, what to do, and when', () => {
    const { event, mail } = failureMessage(facts);
    expect([event, mail.subject]).toEqual([
      'evt-1-abc',
      'Example CRM: a lead could not be delivered (Example Exteriors)',
    ]);
    expect(mail.text).toBe(`What happened: A lead could not be delivered to Example CRM.

Which: Lead 4711

At which step: create-task

Why: Example CRM refused it: "Zip" is missing.

What to do: Open https://app.example.com/?org=org-1&delivery=evt-1, put right what it says, and replay it; finished steps are not repeated.

When: May 6, 2030, 10:00:00 AM EDT

You get this because the Example CRM connection of Example Exteriors names this address for failed deliveries.
`);
    expect(mail.html).toContain('&amp;delivery=evt-1');
  });

  it('leaves out what is not known, and still says what to do', () => {
    const { step: _step, ...without } = alert;
    const note = { ...without, event_type: NoteAdded.type, subject: 'org-1/example-crm/1001', reason: '' };
    const { text } = failureMessage({ ...facts, alert: note, link: undefined }).mail;
    expect(text).toContain('A note could not be delivered');
    expect(text).toContain('Which: Job 1001');
    expect(text).toContain('Why: Example CRM gave no reason.');
    expect(text).toContain('Open the delivery in OCC Hub');
    expect(text).not.toContain('step:');
  });

  it('lets no text of others break out of its line or into the markup', () => {
    const reason = '<img src=x>\r\nBcc: somebody@example.com';
    const { mail } = failureMessage({ ...facts, alert: { ...alert, reason, step: 'a\r\nBcc: x' } });
    expect(mail.text.split('\n').filter((line) => line.startsWith('Bcc'))).toEqual([]);
    expect(mail.html).not.toContain('<img');
  });
});
