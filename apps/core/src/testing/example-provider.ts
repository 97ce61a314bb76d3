import {
  abortDelivery,
  announceSubject,
  authorize,
  chooseDelivery,
  connectionHealth,
  createKey,
  type CrmUser,
  describeProvider,
  DeliveryDetail,
  getDelivery,
  listKeys,
  listRuns,
  type Lookups,
  pauseConnection,
  replayDeliveries,
  revokeKey,
  saveSettings,
  searchDeliveries,
  syncLookups,
  syncNow,
  type SyncRun,
  syncUsers,
} from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import { answer } from '@occ-hub/bus';
import type { TestCore } from './test-core.ts';

export function exampleRun(changes: Partial<SyncRun> = {}): SyncRun {
  return {
    id: 'run-1',
    connection: 'con-1',
    source: 'appointments',
    reason: 'person',
    state: 'running',
    started_at: '2030-01-01T00:00:00.000Z',
    fetched: 0,
    changed: 0,
    unchanged: 0,
    removed: 0,
    vendor_calls: 0,
    skipped: {},
    skipped_reps: [],
    set_aside: [],
    warnings: [],
    ...changes,
  };
}

export function exampleDelivery(changes: Partial<DeliveryDetail> = {}): DeliveryDetail {
  return {
    id: 'del-1',
    org: 'org-1',
    provider: 'example-crm',
    connection: 'con-1',
    event_type: 'occ.note.added.v1',
    subject: 'org-1/example-crm/1001',
    state: 'parked',
    attempts: 1,
    created_at: '2030-01-01T00:00:00.000Z',
    updated_at: '2030-01-01T00:00:00.000Z',
    kind: 'rejected',
    code: 'example-crm.note.too-long',
    message: 'The CRM refused the note: it is too long. Shorten it.',
    choices: [],
    steps: [],
    in_doubt: false,
    history: [],
    replays: [],
    vendor_ids: {},
    ...changes,
  };
}

/** A provider that answers from memory; what it was asked is kept in `asked`. */
export async function startExampleProvider(core: TestCore, id = 'example-crm') {
  const asked: { command: string; question: unknown }[] = [];
  const held = {
    users: exampleUsers,
    lookups: exampleLookups,
    runs: [] as SyncRun[],
    deliveries: [exampleDelivery()],
    refuseCredentials: false,
    jobDoor: undefined as string | undefined,
    polls: true,
    state: 'draft' as 'draft' | 'healthy' | 'paused',
  };
  const hear = <Question>(command: string, question: Question): Question => {
    asked.push({ command, question });
    return question;
  };
  await core.provide(id, saveSettings, async (question) => {
    const { password, ...settings } = hear('settings.save', question).settings;
    if (settings['user'] === '') {
      const fields = [{ pointer: '/settings/user', message: 'Enter the user name.' }];
      throw new HubError({ kind: 'rejected', code: `${id}.settings`, message: 'Look at: user.', fields });
    }
    return { settings, secrets: password === undefined ? [] : ['password'], state: held.state };
  });
  await core.provide(id, authorize, async (question) => {
    hear('authorize', question);
    if (held.refuseCredentials) {
      const message = 'The CRM refused the user name or password. Enter them again.';
      throw new HubError({ kind: 'credential', code: `${id}.login.refused`, message });
    }
    held.state = 'healthy';
    return { users: held.users, lookups: held.lookups, state: held.state };
  });
  await core.provide(id, syncUsers, async (question) => {
    hear('users.sync', question);
    return { users: held.users };
  });
  await core.provide(id, syncLookups, async (question) => {
    hear('lookups.sync', question);
    return { lookups: held.lookups };
  });
  await core.provide(id, syncNow, async (question) => {
    hear('sync.now', question);
    return { run: 'run-1' };
  });
  await core.provide(id, listRuns, async ({ run }) => {
    return { runs: held.runs.filter((one) => run === undefined || one.id === run) };
  });
  await core.provide(id, connectionHealth, async () => {
    return { state: held.state, since: '2030-01-01T00:00:00.000Z', waiting: 2, parked: 1 };
  });
  await core.provide(id, pauseConnection, async ({ paused }) => {
    held.state = paused ? 'paused' : 'healthy';
    return { state: held.state };
  });
  await core.provide(id, searchDeliveries, async (question) => {
    const { org } = hear('deliveries.search', question);
    return { deliveries: held.deliveries.filter((one) => org === undefined || one.org === org) };
  });
  await core.provide(id, getDelivery, async ({ org, delivery }) => ({ delivery: one(org, delivery) }));
  await core.provide(id, replayDeliveries, async (question) => {
    const { plan, org } = hear('deliveries.replay', question);
    const mine = held.deliveries.filter((one) => one.state === 'parked' && (org === undefined || one.org === org));
    if (!plan)
      held.deliveries = held.deliveries.map((one) => (mine.includes(one) ? { ...one, state: 'waiting' } : one));
    return { replayed: mine.map(({ id }) => id), skipped: [], planned: plan };
  });
  await core.provide(id, abortDelivery, async (question) => {
    const delivery = one(hear('deliveries.abort', question).org, question.delivery);
    return { delivery: { ...delivery, state: 'aborted' as const } };
  });
  await core.provide(id, chooseDelivery, async (question) => {
    const delivery = one(hear('deliveries.choose', question).org, question.delivery);
    if (delivery.state === 'awaiting-choice') return { delivery: { ...delivery, state: 'waiting' as const } };
    throw new HubError({
      kind: 'rejected',
      code: 'ledger.no-choice',
      message: 'It waits for no such choice any more.',
    });
  });
  await provideKeys(core, id);
  const describe = async () => ({
    ...{ id, title: 'Example CRM', settings: { type: 'object' }, events: [], polls: held.polls },
    ...(held.jobDoor === undefined ? {} : { job_door: held.jobDoor }),
    endpoints: [{ path: '/lead', methods: ['POST'], scope: 'leads' }],
  });
  await core.provide(id, describeProvider, describe);
  const announcing = await answer(core.nats, {
    subject: core.subjectOf(announceSubject),
    command: describeProvider,
    queue: id,
    handle: describe,
  });
  const one = (org: string | undefined, delivery: string): DeliveryDetail => {
    const found = held.deliveries.find((entry) => entry.id === delivery && (org === undefined || entry.org === org));
    if (found !== undefined) return found;
    throw new HubError({ kind: 'rejected', code: 'delivery.unknown', message: 'There is no such delivery.' });
  };
  return { asked, held, stop: () => announcing.stop() };
}

/** Keys by connection, as a provider keeps them: the text only in the answer that made one. */
async function provideKeys(core: TestCore, id: string): Promise<void> {
  const keys = new Map<
    string,
    { id: string; name: string; scopes: string[]; created_at: string; created_by: string }[]
  >();
  const of = (connection: string) => keys.get(connection) ?? [];
  await core.provide(id, createKey, async ({ connection, name, scopes, by }) => {
    if (scopes.some((scope) => scope !== 'leads')) {
      const fields = [{ pointer: '/scopes', message: 'not offered' }];
      throw new HubError({ kind: 'rejected', code: 'key.scope-unknown', message: 'Choose of: leads.', fields });
    }
    const key = { id: `key-${of(connection).length + 1}`, name, scopes, created_by: by };
    const made = { ...key, created_at: '2030-01-01T00:00:00.000Z' };
    keys.set(connection, [...of(connection), made]);
    return { key: made, text: `occ_text-of-${made.id}` };
  });
  await core.provide(id, listKeys, async ({ connection }) => ({ keys: of(connection) }));
  await core.provide(id, revokeKey, async ({ connection, key }) => {
    const left = of(connection).filter((one) => one.id !== key);
    const revoked = left.length < of(connection).length;
    keys.set(connection, left);
    return { revoked };
  });
}

const exampleUsers: CrmUser[] = [
  { crm_id: 'rep-7', name: 'User, Uma' },
  { crm_id: 'rep-8', name: 'Nobody, Norbert' },
];

/** Results with details, one that sets something off at the CRM; opportunities have a list of their own. */
export const exampleLookups: Lookups = {
  appointment_results: [
    { id: 'SALE', description: 'Sale', position: 0 },
    { id: 'DNS', description: 'Demo No Sale', position: 1 },
  ],
  opportunity_results: [
    { id: 'Sold', description: 'Sold', position: 0, confirm: 'This makes a sale at the CRM. Go on?' },
    { id: 'No Sale', description: 'No sale today', position: 1 },
  ],
  opportunity_result_details: [
    { id: 'Price', description: 'Too expensive', position: 0, result_id: 'No Sale' },
    { id: 'Thinking', description: 'Thinks it over', position: 1, result_id: 'No Sale' },
  ],
};
