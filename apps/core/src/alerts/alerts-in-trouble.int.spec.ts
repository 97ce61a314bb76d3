import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { HubEvent } from '@occ-hub/contracts';
import { Secret } from '@occ-hub/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCore } from '../core.ts';
import type { CoreEnv } from '../env.ts';
import { alertEnv } from '../testing/alert-settings.ts';
import { connectionChanged } from '../testing/connection-changed.ts';
import { eventually } from '../testing/eventually.ts';
import { startMailbox } from '../testing/mailbox.ts';
import { caller, openSurroundings, silent, testEnv } from '../testing/test-core.ts';

let mailbox: Awaited<ReturnType<typeof startMailbox>>;
beforeAll(async () => {
  mailbox = await startMailbox();
});
afterAll(() => mailbox.stop());

const needed = (org: string, second = 0) => {
  const source = { org, provider: 'example-crm', connection: `con-${second}` };
  const time = new Date(Date.UTC(2030, 0, 1, 0, 0, second)).toISOString();
  return connectionChanged(source, { before: 'healthy', state: 'needs-reauthorization' }, time);
};
const messageIdsOf = (address: string) =>
  mailbox.mails.filter(({ to }) => to.includes(address)).map(({ messageId }) => messageId);
const messageIdOf = ({ attributes }: HubEvent) => `<${attributes.id}@example.com>`;

async function sayWhere(url: string, org: string): Promise<string> {
  const { call, token } = caller(url);
  const operator = await token({ sub: 'op-1', role: 'operator' });
  await call('POST', '/v1/orgs', { token: operator, body: { id: org, name: org, time_zone: 'UTC' } });
  const admin = await token({ sub: 'ada', role: 'org-admin', org });
  const address = `ada@${org}.example.com`;
  await call('PUT', `/v1/orgs/${org}/alerts`, { token: admin, body: { emails: [address] } });
  return address;
}

/** Raises the alert of the event, maybe sends it, and dies by SIGKILL. */
async function raiseAndDie(env: CoreEnv, event: HubEvent, dies: 'before-sending' | 'after-sending'): Promise<void> {
  const { MONGO_URL, MONGO_DATABASE, KAFKA_BROKERS, KAFKA_PREFIX, NATS_URL, NATS_PREFIX } = env;
  const outside = {
    MONGO_URL,
    MONGO_DATABASE,
    KAFKA_BROKERS: KAFKA_BROKERS.join(),
    KAFKA_PREFIX,
    NATS_URL,
    NATS_PREFIX,
  };
  const settings = {
    ...outside,
    ...alertEnv(mailbox.url),
    DOCUMENT_TOKEN_SECRET: 'only-for-tests-only-for-tests-only',
  };
  const script = fileURLToPath(new URL('../testing/alert-then-die.ts', import.meta.url));
  const flags = ['--conditions=@occ-hub/source', '--disable-warning=TimeoutNegativeWarning'];
  const child = spawn(process.execPath, [...flags, script], { stdio: ['pipe', 'inherit', 'inherit'] });
  child.stdin?.end(JSON.stringify({ env: { PORT: '0', ...settings }, event, dies }));
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
}

describe('a process that is killed', () => {
  it(
    'after an alert was kept and before it was sent: the next one sends it, one time',
    { timeout: 60_000 },
    async () => {
      const env = testEnv(alertEnv(mailbox.url));
      const around = openSurroundings(env);
      const first = await startCore(env, { log: silent });
      const address = await sayWhere(first.url, 'kill-before');
      await first.stop();
      const event = needed('kill-before');
      await raiseAndDie(env, event, 'before-sending');
      expect(messageIdsOf(address)).toEqual([]);
      const second = await startCore(env, { log: silent });
      await around.publisher.publish([event]);
      const alerts = around.database.collection('alerts');
      await eventually(
        () => alerts.countDocuments({ 'targets.state': 'sent' }),
        (count) => count === 1,
      );
      await second.stop();
      expect(messageIdsOf(address)).toEqual([messageIdOf(event)]);
      await around.close();
    },
  );

  it(
    'after an alert was sent and before that was noted: it is sent again under the same id',
    { timeout: 60_000 },
    async () => {
      const env = testEnv(alertEnv(mailbox.url));
      const around = openSurroundings(env);
      const first = await startCore(env, { log: silent });
      const address = await sayWhere(first.url, 'kill-after');
      await first.stop();
      const event = needed('kill-after');
      await raiseAndDie(env, event, 'after-sending');
      expect(messageIdsOf(address)).toEqual([messageIdOf(event)]);
      const second = await startCore(env, { log: silent });
      await eventually(
        async () => messageIdsOf(address),
        ({ length }) => length === 2,
      );
      await second.stop();
      expect(new Set(messageIdsOf(address))).toEqual(new Set([messageIdOf(event)]));
      await around.close();
    },
  );
});

describe('a mail server that says nothing', () => {
  it('does not hold core up when it stops; the alert waits for the next start', { timeout: 60_000 }, async () => {
    const connected = new Set<Socket>();
    const mute = createServer((socket) => void connected.add(socket));
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const { port } = mute.address() as AddressInfo;
    const env = testEnv(alertEnv(`smtp://127.0.0.1:${port}`));
    const around = openSurroundings(env);
    const first = await startCore(env, { log: silent });
    const address = await sayWhere(first.url, 'mute');
    const event = needed('mute');
    await around.publisher.publish([event]);
    await eventually(
      async () => connected.size,
      (size) => size > 0,
    );
    const begun = performance.now();
    await first.stop();
    expect(performance.now() - begun).toBeLessThan(4_000);
    for (const socket of connected) socket.destroy();
    mute.close();
    const later = () => Date.now() + 60_000;
    const second = await startCore({ ...env, SMTP_URL: new Secret(mailbox.url) }, { log: silent, clock: later });
    await eventually(
      async () => messageIdsOf(address),
      ({ length }) => length === 1,
    );
    await second.stop();
    await around.close();
  });
});

describe('two cores over one store', () => {
  it('send each alert one time', { timeout: 60_000 }, async () => {
    const env = testEnv(alertEnv(mailbox.url));
    const around = openSurroundings(env);
    const cores = [await startCore(env, { log: silent }), await startCore(env, { log: silent })] as const;
    const address = await sayWhere(cores[0].url, 'two-cores');
    const events = Array.from({ length: 12 }, (_, index) => needed('two-cores', index));
    await around.publisher.publish(events);
    await around.publisher.publish(events);
    const alerts = around.database.collection('alerts');
    await eventually(
      () => alerts.countDocuments({ 'targets.state': 'sent' }),
      (count) => count === 12,
    );
    await Promise.all(cores.map((core) => core.stop()));
    expect([...messageIdsOf(address)].sort()).toEqual(events.map(messageIdOf).sort());
    await around.close();
  });
});
