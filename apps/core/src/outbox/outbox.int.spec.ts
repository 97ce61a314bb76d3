import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { HubEvent } from '@occ-hub/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Core, startCore } from '../core.ts';
import { appointmentIdOf } from '../jobs/identity.ts';
import { eventually } from '../testing/eventually.ts';
import { appointmentEvent, exampleAppointment } from '../testing/examples.ts';
import { hearOutbound } from '../testing/outbound-ear.ts';
import { seedOrg, type SeededOrg } from '../testing/seed-org.ts';
import { caller, openSurroundings, silent, startTestCore, testEnv, type TestCore } from '../testing/test-core.ts';

let core: TestCore;
let ear: ReturnType<typeof hearOutbound>;

beforeAll(async () => {
  core = await startTestCore();
  ear = hearOutbound(core);
});
afterAll(async () => {
  await ear.stop();
  await core.stop();
});

const pending = (from: Pick<TestCore, 'database'>, org: string) =>
  Promise.all(
    ['notes', 'documents', 'appointments'].map((name) =>
      from.database.collection(name).countDocuments({ org, 'outbox.0': { $exists: true } }),
    ),
  ).then((counts) => counts.reduce((sum, count) => sum + count));

const idsOf = (events: readonly HubEvent[]) => events.map(({ attributes }) => attributes.id);

describe('the outbox', () => {
  it('publishes 64 commands given at once, each one time, and holds nothing afterwards', async () => {
    const seeded = await seedOrg(core, 'out-burst');
    const appointments = await bringAppointments(seeded, 32);
    const commands = Array.from({ length: 64 }, (_, index) => {
      return command({ ...seeded, appointment: appointments[index >> 1] ?? '' }, index);
    });
    const replies = await Promise.all(commands);
    expect(replies.filter(({ status }) => status >= 300)).toEqual([]);
    const events = await ear.until('out-burst', 64);
    await eventually(
      () => pending(core, 'out-burst'),
      (count) => count === 0,
    );
    expect(new Set(idsOf(events)).size).toBe(events.length);
    expect(new Set(events.map(({ attributes }) => attributes.subject))).toEqual(
      new Set(['out-burst/example-crm/1001']),
    );
  });

  it('keeps the order of commands given one after the other, over collections', async () => {
    const seeded = await seedOrg(core, 'out-order');
    for (let index = 0; index < 12; index++) expect((await command(seeded, index)).status).toBeLessThan(300);
    const events = await ear.until('out-order', 12);
    expect(events.map(({ data }) => (data as { note?: string }).note ?? (data as { result: string }).result)).toEqual(
      Array.from({ length: 12 }, (_, index) => `${index}`),
    );
  });

  it('reaches Kafka without waiting for a sweep', async () => {
    const seeded = await seedOrg(core, 'out-soon');
    const waits: number[] = [];
    for (let index = 0; index < 10; index++) {
      const begun = performance.now();
      await command(seeded, index);
      await eventually(
        () => pending(core, 'out-soon'),
        (count) => count === 0,
      );
      waits.push(performance.now() - begun);
    }
    expect(waits.sort((a, b) => a - b)[5]).toBeLessThan(500);
  });

  async function command({ org, user, path, appointment }: SeededOrg, index: number) {
    if (index % 2 === 0) return core.call('POST', `${path}/notes`, { token: user, body: { note: `${index}` } });
    const body = { result: `${index}`, result_reason: '' };
    return core.call('POST', `/v1/orgs/${org}/appointments/${appointment}/result`, { token: user, body });
  }
});

describe('a relay that is killed after Kafka has the events and before they are taken out', () => {
  it('repeats them with the same ids when core is back, and loses none', async () => {
    const env = testEnv({ NATS_PREFIX: 'kill.' });
    const around = openSurroundings(env);
    const first: Core = await startCore(env, { log: silent });
    const here = {
      ...around,
      ...caller(first.url),
      env,
      url: first.url,
      stopCore: () => first.stop(),
      stop: () => first.stop(),
    };
    const seeded = await seedOrg(here, 'out-kill');
    const ears = hearOutbound(here);
    await first.stop();
    // What a core that died at once after its commands leaves behind.
    const notes = around.database.collection<{ _id: string }>('notes');
    const rows = Array.from({ length: 5 }, (_, index) => pendingNote(seeded, index));
    await notes.insertMany(rows as never);

    const published = await relayAndDie([
      env.MONGO_URL,
      env.MONGO_DATABASE,
      env.KAFKA_BROKERS.join(),
      env.KAFKA_PREFIX,
    ]);
    expect(published).toBe(5);
    expect(await pending(here, 'out-kill')).toBe(5);

    const second = await startCore(env, { log: silent });
    await eventually(
      () => pending(here, 'out-kill'),
      (count) => count === 0,
      15_000,
    );
    await eventually(
      async () => ears.of('out-kill').length,
      (count) => count === 10,
    );
    const ids = ['evt-0', 'evt-1', 'evt-2', 'evt-3', 'evt-4'];
    expect(idsOf(ears.of('out-kill'))).toEqual([...ids, ...ids]);
    await ears.stop();
    await second.stop();
    await around.close();
  });
});

describe('two cores over one store', () => {
  it('relay each event one time, whichever took the command', async () => {
    const env = testEnv();
    const around = openSurroundings(env);
    const cores = [await startCore(env, { log: silent }), await startCore(env, { log: silent })] as const;
    const [one, two] = [caller(cores[0].url), caller(cores[1].url)];
    const seeded = await seedOrg(
      { ...around, ...one, env, url: cores[0].url, stopCore: cores[0].stop, stop: cores[0].stop },
      'out-two',
    );
    const secondToken = await two.token({ sub: 'out-two-user', role: 'org-user', org: 'out-two' });
    const ears = hearOutbound(around);
    const send = async (index: number) => {
      const [who, token] = index % 2 === 0 ? [one, seeded.user] : [two, secondToken];
      return who.call('POST', `${seeded.path}/notes`, { token, body: { note: `${index}` } });
    };
    const replies = await Promise.all(Array.from({ length: 40 }, (_, index) => send(index)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]));
    await eventually(
      () => pending(around, 'out-two'),
      (count) => count === 0,
    );
    const events = await ears.until('out-two', 40);
    expect(new Set(idsOf(events)).size).toBe(events.length);
    await ears.stop();
    await Promise.all(cores.map((core) => core.stop()));
    await around.close();
  });
});

/** More appointments of the same job; answers their ids. */
async function bringAppointments({ source, org, user }: SeededOrg, count: number): Promise<string[]> {
  const made = Array.from({ length: count }, (_, index) => exampleAppointment({ external_id: `more-${index}` }));
  await core.publisher.publish(made.map((appointment) => appointmentEvent(source, appointment, 1)));
  const ids = made.map(({ external_id: externalId }) => appointmentIdOf({ ...source, externalId }));
  const look = (id: string) => core.call('GET', `/v1/orgs/${org}/appointments/${id}`, { token: user });
  for (const id of ids)
    await eventually(
      () => look(id),
      ({ status }) => status === 200,
    );
  return ids;
}

function pendingNote({ org, job, appointment, provider }: SeededOrg, index: number) {
  const at = new Date(Date.now() - 60_000 + index);
  const attributes = {
    id: `evt-${index}`,
    source: '/core',
    type: 'occ.note.added.v1',
    subject: `${org}/${provider}/1001`,
    time: at.toISOString(),
    dataschema: 'https://schemas.occ-hub.example/occ.note.added.v1.json',
    orgid: org,
    connectionid: `con-${org}`,
    provider,
    origin: 'occ',
  };
  const data = {
    job_external_id: '1001',
    appointment_external_id: 'a-1001',
    appointment_start_time: '2030-05-06T14:00:00.000Z',
    time_zone: 'America/New_York',
    note_id: `note-${index}`,
    note: `${index}`,
  };
  const common = { org, job, appointment, note: `${index}`, origin: 'occ', metadata: {}, created_at: at };
  const crm = { status: 'pending', event_id: attributes.id, at };
  return {
    _id: `note-${index}`,
    text_key: `k${index}`,
    ...common,
    crm,
    outbox: [{ id: attributes.id, at, event: { attributes, data } }],
  };
}

/** Runs the doomed process; answers how many events it published before it died by SIGKILL. */
function relayAndDie(args: string[]): Promise<number> {
  const script = fileURLToPath(new URL('../testing/relay-then-die.ts', import.meta.url));
  const flags = ['--conditions=@occ-hub/source', '--disable-warning=TimeoutNegativeWarning', script, ...args];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, flags, (error, stdout, stderr) => {
      if (error?.signal === 'SIGKILL') resolve(Number(stdout.trim()));
      else reject(new Error(`the relay was not killed: ${stderr}`));
    });
  });
}
