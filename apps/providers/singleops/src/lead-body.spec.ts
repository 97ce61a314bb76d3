import { isHubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import { placeLead } from './catalogue.ts';
import { type JobParts, jobBody } from './job-body.ts';
import { Lead } from './lead.ts';
import { limits } from './limits.ts';
import { readyLead } from './ready-lead.ts';
import { CustomInput } from './records.ts';
import { catalogue, settingsWith } from './testing/account.ts';
import { fixturesIn } from './testing/fixtures.ts';

interface Given {
  readonly hub: object;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly inputs?: readonly object[];
  readonly client?: JobParts['client'];
  readonly remark?: string;
}

function bodyOf({ hub, settings: changed = {}, inputs, client, remark = '' }: Given) {
  const settings = settingsWith(changed);
  const lead = readyLead(Lead.parse(hub), { key: 'key-1', settings });
  const account = inputs ? { ...catalogue, inputs: inputs.map((row) => CustomInput.parse(row)) } : catalogue;
  return jobBody({ lead, client, placed: placeLead(lead, settings, account), remark, settings });
}

describe('a lead', () => {
  it.each(fixturesIn<Given & { vendor: object }>('leads'))('becomes a body: $name', ({ fixture }) => {
    expect(bodyOf(fixture)).toEqual(fixture.vendor);
  });

  it.each(fixturesIn<Given & { refused: string[] }>('refused-leads'))('is refused: $name', ({ fixture }) => {
    try {
      bodyOf(fixture);
      expect.unreachable();
    } catch (error) {
      if (!isHubError(error, 'rejected')) throw error;
      expect(error.fields.map(({ pointer }) => pointer)).toEqual(fixture.refused);
      for (const pointer of fixture.refused) expect(error.message).toContain(`${pointer.slice(1)}: `);
      // What people entered is not quoted: the message goes to logs and histories.
      const entered = Object.values(fixture.hub)
        .map(String)
        .filter((value) => !['yes', 'no'].includes(value));
      for (const value of entered) expect(error.message).not.toContain(value);
    }
  });

  it('whose summary is very long says all else first, and of the summary what there is room for', () => {
    const hub = { last_name: 'Pike', email: 'rowan@example.com', phone: '404-555-0188', notes: 'Gate code 12' };
    const { job } = bodyOf({ hub: { ...hub, summary: 'word '.repeat(1000) }, client: { id: 9001, on_hold: false } });
    expect(job.notes).toMatch(
      /^OCC lead key-1\nContact: Pike, rowan@example\.com, 404-555-0188\nGate code 12\nword word/,
    );
    expect([...job.notes]).toHaveLength(limits.notes);
    expect(job.notes.endsWith('… [cut]')).toBe(true);
  });

  it('whose source is very long and taken by no field says that last, too', () => {
    const settings = { unknown_source: 'default' };
    const hub = { last_name: 'Pike', email: 'rowan@example.com', notes: 'Gate code 12', source: 'site '.repeat(790) };
    expect(bodyOf({ hub, settings }).job.notes).toMatch(/^OCC lead key-1\nGate code 12\nSource: site site/);
  });

  it('carries no credentials of the API user', () => {
    const text = JSON.stringify(bodyOf({ hub: { last_name: 'Sato', email: 'mina@example.com' } }));
    expect(text).not.toMatch(/api-user@example\.com|token-that-nobody-sees|user_/);
  });

  it('with a name that OCC does not know is refused', () => {
    expect(Lead.safeParse({ last_name: 'Sato', colour: 'red' }).success).toBe(false);
  });
});
