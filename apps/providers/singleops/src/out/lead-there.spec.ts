import { expect, it } from 'vitest';
import { leadThere } from './lead-there.ts';

it('is nothing where earlier sendings came no further than to a client', () => {
  expect(leadThere({})).toBeUndefined();
  expect(leadThere({ client: 'ask', remark: 'The newest was taken.' })).toBeUndefined();
});

it('is the lead with its client and its task, whatever else is known, and says that nothing was sent', () => {
  const remark = expect.stringMatching(/there already/);
  const task = { appointment_external_id: 'task-9' };
  const before = { lead_id: '9', client_id: '9001', ...task, client: 'ask', remark: 'The newest was taken.' };
  expect(leadThere(before)).toEqual({ lead_id: '9', client: 'existing', client_id: '9001', ...task, remark });
  expect(leadThere({ lead_id: '9', client: '9001' })).toEqual({ lead_id: '9', client: 'new', remark });
});
