import { eventOf, type HubEvent, type WriteOutcome, WriteSettled } from '@occ-hub/contracts';
import { newId } from '@occ-hub/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NoteView } from '../notes/note.ts';
import { AppointmentView } from '../appointments/appointment.ts';
import { eventually } from '../testing/eventually.ts';
import { hearOutbound } from '../testing/outbound-ear.ts';
import { seedOrg, type SeededOrg } from '../testing/seed-org.ts';
import { startTestCore, type TestCore } from '../testing/test-core.ts';

let core: TestCore;
let seeded: SeededOrg;
let ear: ReturnType<typeof hearOutbound>;

beforeAll(async () => {
  core = await startTestCore();
  seeded = await seedOrg(core, 'set-org');
  ear = hearOutbound(core);
});
afterAll(async () => {
  await ear.stop();
  await core.stop();
});

function settled(cause: HubEvent, outcome: WriteOutcome, at: string): HubEvent<typeof WriteSettled> {
  const { id, type, subject, orgid, connectionid, provider } = cause.attributes;
  const attributes = {
    subject,
    orgid,
    connectionid,
    provider,
    source: `/providers/${provider}`,
    origin: 'crm',
  } as const;
  return eventOf(
    WriteSettled,
    { ...attributes, id: newId('evt'), time: at, causationid: id },
    {
      delivery_id: 'del-1',
      event_id: id,
      event_type: type,
      outcome,
      attempts: 1,
      message: outcome,
      vendor_ids: { note: '7' },
    },
  );
}

const give = async (result: string) => {
  const path = `/v1/orgs/set-org/appointments/${seeded.appointment}/result`;
  return (await core.call('POST', path, { token: seeded.user, body: { result } })).as(AppointmentView);
};
const appointment = async () => {
  const path = `/v1/orgs/set-org/appointments/${seeded.appointment}`;
  return (await core.call('GET', path, { token: seeded.user })).as(AppointmentView);
};

describe('how a write ended', () => {
  it('is shown on the note that asked for it, the latest news winning whatever order it comes in', async () => {
    const body = { note: 'For the CRM' };
    const made = (await core.call('POST', `${seeded.path}/notes`, { token: seeded.user, body })).as(NoteView);
    expect(made.crm_status?.status).toBe('pending');
    const [cause] = await ear.until('set-org', 1);
    if (cause === undefined) throw new Error('no event was heard');
    await core.publisher.publish([
      settled(cause, 'delivered', '2031-01-01T00:02:00.000Z'),
      settled(cause, 'parked', '2031-01-01T00:01:00.000Z'),
    ]);
    const look = async () =>
      (await core.call('GET', seeded.path, { token: seeded.user })).body as { notes: NoteView[] };
    const { notes } = await eventually(look, (job) => job.notes[0]?.crm_status?.status !== 'pending');
    expect(notes[0]?.crm_status).toMatchObject({
      status: 'delivered',
      delivery_id: 'del-1',
      vendor_ids: { note: '7' },
    });

    const other = { note: 'Another one' };
    await core.call('POST', `${seeded.path}/notes`, { token: seeded.user, body: other });
    const next = (await ear.until('set-org', 2)).at(-1) ?? cause;
    // Late news of the first, then news of the second: when that shows, the late news has been read.
    await core.publisher.publish([settled(cause, 'parked', '2031-01-01T00:01:30.000Z')]);
    await core.publisher.publish([settled(next, 'delivered', '2031-01-01T00:03:00.000Z')]);
    const later = await eventually(look, (job) => job.notes[0]?.crm_status?.status === 'delivered');
    expect(later.notes[1]?.crm_status?.status).toBe('delivered');
  });

  it('changes nothing on a result that was given anew meanwhile', async () => {
    const first = await give('Follow up');
    const second = await give('Sale');
    expect(second.crm_status?.event_id).not.toBe(first.crm_status?.event_id);
    const events = await ear.until('set-org', 4);
    const causeOf = (id: string | undefined) => events.find(({ attributes }) => attributes.id === id) as HubEvent;
    await core.publisher.publish([
      settled(causeOf(first.crm_status?.event_id), 'superseded', '2031-01-01T00:01:00.000Z'),
      settled(causeOf(second.crm_status?.event_id), 'delivered', '2031-01-01T00:01:00.000Z'),
    ]);
    const shown = await eventually(appointment, ({ crm_status }) => crm_status?.status !== 'pending');
    expect([shown.result, shown.crm_status?.status]).toEqual(['Sale', 'delivered']);
  });

  it('lets a refused result be sent again, but not one that is on its way', async () => {
    const delivered = await give('Sale');
    expect(delivered.crm_status?.status).toBe('delivered');
    await core.database
      .collection('appointments')
      .updateMany({ org: 'set-org' }, { $set: { 'crm.status': 'rejected' } });
    expect((await give('Sale')).crm_status).toMatchObject({ status: 'pending' });
  });
});
