import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageShape } from '../store/page.ts';
import { jobIdOf } from '../jobs/identity.ts';
import { JobView } from '../jobs/job.ts';
import { NoteView } from '../notes/note.ts';
import { AppointmentView } from '../appointments/appointment.ts';
import { appointmentEvent, exampleAppointment, exampleJob, jobEvent } from '../testing/examples.ts';
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

async function notesOf(seeded: SeededOrg) {
  const reply = await core.call('GET', `${seeded.path}/notes`, { token: seeded.user });
  return reply.as(pageShape(NoteView)).items;
}

async function appointmentOf(seeded: SeededOrg) {
  const path = `/v1/orgs/${seeded.org}/appointments/${seeded.appointment}`;
  return (await core.call('GET', path, { token: seeded.user })).as(AppointmentView);
}

describe('inbound records', () => {
  it('are stored in OCC spelling, with the note that came along', async () => {
    const seeded = await seedOrg(core, 'in-stored');
    expect(await jobOf(seeded)).toMatchObject({
      external_id: '1001',
      customer_name: 'Rosa Example',
      address: { postal_code: '45501', line_2: '' },
      phones: [{ name: 'Phone', number: '937-555-0101' }],
      metadata: { lead_id: '1001' },
    });
    expect(await notesOf(seeded)).toMatchObject([{ note: 'Second floor, six windows', origin: 'crm' }]);
  });

  it('make nothing twice when the same events come again', async () => {
    const seeded = await seedOrg(core, 'in-again');
    const before = await jobOf(seeded);
    const again = [
      jobEvent(seeded.source, exampleJob(), 1_000),
      appointmentEvent(seeded.source, exampleAppointment(), 1_000),
    ];
    await publishAndWait(core, seeded, [...again, ...again]);
    expect(await jobOf(seeded)).toEqual(before);
    expect(await notesOf(seeded)).toHaveLength(1);
    const jobs = await core.call('GET', '/v1/orgs/in-again/jobs', { token: seeded.user });
    expect(jobs.as(pageShape(JobView)).items).toHaveLength(1);
  });

  it('of an older revision are dropped, in one batch and over batches', async () => {
    const seeded = await seedOrg(core, 'in-older');
    const named = (customer_name: string, revision: number) =>
      jobEvent(seeded.source, exampleJob({ customer_name }), revision);
    await publishAndWait(core, seeded, [named('Third', 3_000), named('Second', 2_000)]);
    expect(await jobOf(seeded)).toMatchObject({ customer_name: 'Third' });
    await publishAndWait(core, seeded, [named('Late', 2_999)]);
    expect(await jobOf(seeded)).toMatchObject({ customer_name: 'Third' });
    await publishAndWait(core, seeded, [named('Fourth', 3_001)]);
    expect(await jobOf(seeded)).toMatchObject({ customer_name: 'Fourth' });
  });

  it('move an appointment and leave what OCC owns: result, notes, documents', async () => {
    const seeded = await seedOrg(core, 'in-owned');
    const { org, user, appointment, path, source } = seeded;
    const result = { result: 'Sale', result_reason: 'Signed on site' };
    await core.call('POST', `/v1/orgs/${org}/appointments/${appointment}/result`, { token: user, body: result });
    await core.call('POST', `${path}/notes`, { token: user, body: { note: 'Bring samples' } });
    const moved = exampleAppointment({ start_time: '2030-05-07T18:00:00Z', end_time: '2030-05-07T20:00:00Z' });
    await publishAndWait(core, seeded, [jobEvent(source, exampleJob(), 5_000), appointmentEvent(source, moved, 5_000)]);
    expect(await appointmentOf(seeded)).toMatchObject({
      start_time: '2030-05-07T18:00:00.000Z',
      ...result,
      resulted_by: 'in-owned-user',
    });
    expect((await notesOf(seeded)).map(({ note }) => note)).toEqual(['Bring samples', 'Second floor, six windows']);
  });

  it('bring a changed note as a new one beside the old, and never what OCC itself wrote', async () => {
    const seeded = await seedOrg(core, 'in-notes');
    await core.call('POST', `${seeded.path}/notes`, { token: seeded.user, body: { note: 'Gate code asked' } });
    const metadata = { lead_id: '1001' };
    const notes = [
      { note: 'Second floor, eight windows', metadata },
      { note: 'Gate code asked\r\n', metadata },
      { note: '  ', metadata },
    ];
    await publishAndWait(core, seeded, [jobEvent(seeded.source, exampleJob({ notes }), 2_000)]);
    expect((await notesOf(seeded)).map(({ note, origin }) => `${origin}: ${note}`)).toEqual([
      'crm: Second floor, eight windows',
      'occ: Gate code asked',
      'crm: Second floor, six windows',
    ]);
  });

  it('never cause an outbound event', async () => {
    const seeded = await seedOrg(core, 'in-quiet');
    await publishAndWait(core, seeded, [jobEvent(seeded.source, exampleJob({ name: 'Changed' }), 9_000)]);
    for (const name of ['notes', 'documents', 'appointments']) {
      const pending = await core.database.collection(name).countDocuments({ org: 'in-quiet', 'crm.event_id': /./ });
      expect(pending).toBe(0);
    }
  });

  it('keep the same records of two orgs apart', async () => {
    const one = await seedOrg(core, 'in-one');
    const two = await seedOrg(core, 'in-two');
    expect(one.job).not.toBe(two.job);
    await publishAndWait(core, one, [jobEvent(one.source, exampleJob({ customer_name: 'Only One' }), 2_000)]);
    expect(await jobOf(one)).toMatchObject({ customer_name: 'Only One' });
    expect(await jobOf(two)).toMatchObject({ customer_name: 'Rosa Example' });
    expect(jobIdOf({ org: 'a', provider: 'b', externalId: 'c' })).not.toBe(
      jobIdOf({ org: 'a', provider: 'bc', externalId: '' }),
    );
  });
});
