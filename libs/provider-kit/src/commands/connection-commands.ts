import {
  authorize,
  connectionHealth,
  describeProvider,
  pauseConnection,
  saveSettings,
  syncLookups,
  syncUsers,
} from '@occ-hub/contracts';
import { isHubError } from '@occ-hub/errors';
import type { CallsUsed } from '../budget/calls-used.ts';
import { vaultRecord } from '../connections/clients.ts';
import { stateAfter, stateOf } from '../connections/connection.ts';
import type { Consents } from '../oauth/consents.ts';
import { invalidSettings, readSettings, secretNames, settingsSchema, splitSettings } from '../settings.ts';
import type { Desks } from './desks.ts';
import { type Which, connectionOf, ofOrg } from './which.ts';
import { handles } from './handler.ts';

/** Everything about a connection itself: its settings, its credentials, its state. */
export const connectionCommands = (desks: Desks) => [
  handles(describeProvider, answerWith(descriptionOf(desks))),
  handles(saveSettings, (ask) => save(desks, ask)),
  handles(authorize, (ask) => authorizeNow(desks, ask)),
  handles(syncUsers, async (ask) => {
    const { client } = await desks.clients.open(await connectionOf(desks.connections, ask));
    return { users: [...(await desks.provider.users(client))] };
  }),
  handles(syncLookups, async (ask) => {
    const { client } = await desks.clients.open(await connectionOf(desks.connections, ask));
    return { lookups: await desks.provider.lookups(client) };
  }),
  handles(pauseConnection, async (ask) => {
    await connectionOf(desks.connections, ask);
    return { state: await desks.registry.tell(ask.connection, { what: ask.paused ? 'paused' : 'resumed' }) };
  }),
  handles(connectionHealth, async (ask) => {
    const connection = await connectionOf(desks.connections, ask);
    const [counts, [lastRun]] = await Promise.all([
      desks.deliveries.counts(ask.connection),
      desks.runs.list({ connection: ask.connection, limit: 1 }),
    ]);
    return {
      state: connection.state,
      ...(connection.stateReason === null ? {} : { reason: connection.stateReason }),
      since: new Date(connection.stateSince).toISOString(),
      ...counts,
      ...(connection.calls ? { calls: callsOf(connection.calls) } : {}),
      ...(lastRun ? { last_run: lastRun } : {}),
    };
  }),
];

function descriptionOf({ provider, consent }: Desks) {
  const { id, title, settings, sinks } = provider;
  const consents = consent.begin?.consents;
  return {
    ...{ id, title, settings: settingsSchema(settings), events: sinks.map((sink) => sink.event.type) },
    polls: provider.sources.length > 0,
    authorization: consents ? ('consent' as const) : ('credentials' as const),
    ...(consents ? { callback_url: consents.callbackUrl } : {}),
    ...(provider.jobDoor === undefined ? {} : { job_door: provider.jobDoor }),
    configuration: (provider.configuration ?? []).map((part) => ({ name: part.name, title: part.title })),
    preview: provider.preview !== undefined,
    endpoints: (provider.endpoints ?? []).map(({ path, methods, scope }) => ({ path, methods: [...methods], scope })),
  };
}

function callsOf({ used, limit, at }: CallsUsed) {
  return { used, limit, at: new Date(at).toISOString() };
}

/** Made once: whoever asks who is there waits only a moment. */
const answerWith =
  <Answer>(answer: Answer) =>
  async () =>
    answer;

/** Saves what was entered; what was left out stays as it is, null is its default again. Whatever somebody else changed meanwhile counts. */
async function save(desks: Desks, ask: Which & { settings: Record<string, unknown> }) {
  for (;;) {
    const saved = await trySaving(desks, ask);
    if (saved) return saved;
  }
}

async function trySaving(
  { provider, env, connections, vault, registry, consent }: Desks,
  { org, connection: id, settings: entered }: Which & { settings: Record<string, unknown> },
) {
  const known = await connections.get(id);
  if (known) ofOrg(known, org);
  const kept = known?.secrets ? ((await vault.open(vaultRecord(id), known.secrets)) as Record<string, unknown>) : {};
  const read = readSettings(
    provider.settings,
    withoutNulls({ ...known?.settings, ...kept, ...withoutBlanks(entered, secretNames(provider.settings)) }),
  ) as Record<string, unknown>;
  const faults = provider.checkSettings?.(read as never, env as never) ?? [];
  if (faults.length > 0) throw invalidSettings(faults);
  const { open, secrets } = splitSettings(provider.settings, read);
  const before = known ? stateOf(known) : { state: 'draft' as const, reason: null };
  const anew = (await consent.begin?.consents.isOfOtherApp(id, read)) ?? false;
  const to = stateAfter(before, { what: 'saved', anew });
  const facts = { _id: id, org, settings: open, secrets: await vault.seal(vaultRecord(id), secrets) };
  if (!(await connections.save(facts, { from: known, to }))) return undefined;
  if (anew && consent.begin) {
    const before = () => readSettings(provider.settings, { ...known?.settings, ...kept }) as Record<string, unknown>;
    await giveBackFormer(consent.begin.consents, id, before);
  }
  await registry.refresh();
  return { settings: { ...open }, secrets: Object.keys(secrets), state: to.state };
}

/** A grant of another app is none to the new settings already; so it need not stay, here or there. */
async function giveBackFormer(consents: Consents, connection: string, before: () => Record<string, unknown>) {
  const grant = await consents.grants.read(connection);
  await consents.grants.forget(connection);
  if (!grant || grant.ended !== undefined) return;
  try {
    const app = consents.appOf(before());
    if (grant.app === app.key) await consents.drop(connection, app, grant.refreshToken);
  } catch (error) {
    // Settings that an older release took and this one does not: nobody knows the app any more.
    if (!isHubError(error, 'rejected')) throw error;
  }
}

function withoutNulls(settings: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null));
}

/** A password field that a form sends empty means "as it is". */
function withoutBlanks(entered: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(entered).filter(([name, value]) => !(names.includes(name) && (value === '' || value === null))),
  );
}

async function authorizeNow(desks: Desks, which: Which) {
  const { provider, clients, connections, registry } = desks;
  const connection = await connectionOf(connections, which);
  try {
    const { client } = await clients.open(connection);
    await provider.probe(client);
    const [users, lookups] = await Promise.all([provider.users(client), provider.lookups(client)]);
    const state = await registry.tell(which.connection, { what: 'proved' });
    return { users: [...users], lookups, state };
  } catch (error) {
    if (isHubError(error, 'credential')) await registry.tell(which.connection, { what: 'refused', error });
    throw error;
  }
}
