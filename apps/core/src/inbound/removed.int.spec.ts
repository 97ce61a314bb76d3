import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppointmentView } from '../appointments/appointment.ts';
import { appointmentIdOf } from '../jobs/identity.ts';
import { JobView } from '../jobs/job.ts';
import { NoteView } from '../notes/note.ts';
import { pageShape } from '../store/page.ts';
import { appointmentEvent, exampleAppointment, removedEvent } from '../testing/examples.ts';
import { publishAndWait } from '../testing/publish-and-wait.ts';
import { seedOrg, type SeededOrg } from '../testing/seed-org.ts';
import { startTestCore, type TestCore } from '../testing/test-core.ts';

let core: TestCore;

beforeAll(async () => {
  core = await startTestCore();
});
afterAll(() => core.stop());

async function jobOf(seeded: SeededOrg) {
  return (await core.call('GET', seeded.path, { token: seeded.user })).as(JobView);
}

async function appointmentOf(seeded: SeededOrg) {
  const path = `/v1/orgs/${seeded.org}/appointments/${seeded.appointment}`;
  return (await core.call('GET', path, { token: seeded.user })).as(AppointmentView);
}

describe('an appointment that the CRM deleted', () => {
  const listed = async ({ org, user }: SeededOrg, query = '') => {
    const reply = await core.call('GET', `/v1/orgs/${org}/appointments${query}`, { token: user });
    const { items } = reply.as(pageShape(AppointmentView));
    return items.filter(({ external_id }) => external_id === 'a-1001');
  };

  it('leaves the list, shows when it was deleted and keeps its job, until it is restored', async () => {
    const seeded = await seedOrg(core, 'gone-org');
    const gone = removedEvent(seeded.source, exampleAppointment(), 2_000);
    await publishAndWait(core, seeded, [gone, gone]);
    expect(await listed(seeded)).toEqual([]);
    expect(await listed(seeded, '?removed=true')).toMatchObject([{ removed_at: gone.attributes.time }]);
    expect(await appointmentOf(seeded)).toMatchObject({ removed_at: gone.attributes.time });
    expect(await jobOf(seeded)).toMatchObject({ external_id: '1001' });
    await publishAndWait(core, seeded, [appointmentEvent(seeded.source, exampleAppointment(), 3_000)]);
    expect((await listed(seeded)).map(({ removed_at }) => removed_at)).toEqual([undefined]);
  });

  it('is what the newest reading says, whatever order a batch has', async () => {
    const seeded = await seedOrg(core, 'gone-order');
    const read = (revision: number) => appointmentEvent(seeded.source, exampleAppointment(), revision);
    const gone = (revision: number) => removedEvent(seeded.source, exampleAppointment(), revision);
    await publishAndWait(core, seeded, [gone(900)]);
    expect((await appointmentOf(seeded)).removed_at).toBeUndefined();
    await publishAndWait(core, seeded, [gone(3_000), read(2_000)]);
    expect((await appointmentOf(seeded)).removed_at).toBeDefined();
    await publishAndWait(core, seeded, [read(5_000), gone(4_000)]);
    expect((await appointmentOf(seeded)).removed_at).toBeUndefined();
    await publishAndWait(core, seeded, [read(6_000), gone(7_000)]);
    expect((await appointmentOf(seeded)).removed_at).toBeDefined();
  });

  it('and was never known is no news', async () => {
    const seeded = await seedOrg(core, 'gone-unknown');
    const unknown = { external_id: 'a-none', job_external_id: '1001' };
    await publishAndWait(core, seeded, [removedEvent(seeded.source, unknown, 2_000)]);
    const id = appointmentIdOf({ ...seeded.source, externalId: 'a-none' });
    const reply = await core.call('GET', `/v1/orgs/gone-unknown/appointments/${id}`, { token: seeded.user });
    expect(reply.status).toBe(404);
  });

  it('takes no result, note or document, and says what to do', async () => {
    const seeded = await seedOrg(core, 'gone-takes');
    const { org, user: token, appointment, path } = seeded;
    const opportunity = { id: 'opp-1', name: 'Windows', result: '', result_detail: '' };
    const selling = exampleAppointment({ sales_opportunities: [opportunity] });
    await publishAndWait(core, seeded, [
      appointmentEvent(seeded.source, selling, 2_000),
      removedEvent(seeded.source, selling, 3_000),
    ]);
    const refusal = { status: 422, code: 'core.appointment.removed', detail: expect.stringContaining('restore it') };
    const own = `/v1/orgs/${org}/appointments/${appointment}`;
    const form = new FormData();
    form.set('type', 'signed_agreement');
    form.set('title', 'Contract');
    form.set('appointment', appointment);
    form.set('file', new Blob(['%PDF-1.7\n%%EOF\n'], { type: 'application/pdf' }), 'contract.pdf');
    const result = { result: 'Sale' };
    const replies = [
      await core.call('POST', `${own}/result`, { token, body: result }),
      await core.call('POST', `${own}/opportunities/opp-1/result`, { token, body: result }),
      await core.call('POST', `${path}/notes`, { token, body: { note: 'Too late', appointment } }),
      await core.call('POST', `${path}/documents`, { token, form }),
    ];
    for (const { body } of replies) expect(body).toMatchObject(refusal);
    // Where no appointment is named, one that the CRM still has carries the note: here the mark of the wait above.
    const note = await core.call('POST', `${path}/notes`, { token, body: { note: 'In time' } });
    expect(note.status).toBe(201);
    expect(note.as(NoteView).appointment).not.toBe(appointment);
  });
});

it('an appointment that goes to a rep without a link shows nobody', async () => {
  const seeded = await seedOrg(core, 'in-nobody');
  const { org, source, user } = seeded;
  const at = new Date();
  const link = { org, connection: source.connection, crm_id: 'rep-7', member: `${org}-user`, active: true };
  await core.database.collection<{ _id: string }>('user_links').insertOne({
    ...{ _id: `lnk-${org}`, ...link, changed_by: 'hub', created_at: at, updated_at: at },
  });
  expect((await appointmentOf(seeded)).assigned_member).toEqual({ id: `${org}-user`, name: 'Uma User' });
  const moved = exampleAppointment({ crm_user_id: 'rep-99' });
  await publishAndWait(core, seeded, [appointmentEvent(source, moved, 2_000)]);
  expect((await appointmentOf(seeded)).assigned_member).toBeUndefined();
  expect((await jobOf(seeded)).assigned_member).toBeUndefined();
  const mine = await core.call('GET', `/v1/orgs/${org}/appointments?member=${org}-user`, { token: user });
  const marks = mine.as(pageShape(AppointmentView)).items.map(({ external_id }) => external_id);
  expect(marks).not.toContain('a-1001');
});
