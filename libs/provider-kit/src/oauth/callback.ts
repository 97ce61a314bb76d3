import { createHash, timingSafeEqual } from 'node:crypto';
import { isHubError } from '@occ-hub/errors';
import type { Log } from '@occ-hub/service';
import type { ConnectionStore } from '../connections/connection.store.ts';
import type { Connection } from '../connections/connection.ts';
import type { Registry } from '../connections/registry.ts';
import type { Poller } from '../poll/poller.ts';
import { type BeginParts, pendingRecord } from './begin.ts';
import { type Ending, endings } from './endings.ts';
import type { Pending } from './pending.store.ts';
import type { Tokens } from './token-calls.ts';

export interface CallbackParts extends BeginParts {
  readonly connections: Pick<ConnectionStore, 'get'>;
  readonly registry: Pick<Registry, 'tell'>;
  readonly poller: Pick<Poller, 'request'>;
  readonly log: Log;
}

/** What came to the callback. */
export interface Came {
  readonly query: URLSearchParams;
  /** The secret of the browser that came, from its cookie. */
  readonly browser: string | undefined;
}

/**
 * Ends an authorization: whoever comes has to bring a state of ours that was not used, in the browser that began it.
 * Then the code is exchanged, once, and the grant is kept. Never throws: whatever went wrong is an ending that a person
 * can read.
 */
export async function endConsent(parts: CallbackParts, came: Came): Promise<Ending> {
  try {
    return await endNow(parts, came);
  } catch (error) {
    parts.log.error({ error, outcome: 'failed' }, 'an authorization could not be ended');
    return endings.failedHere;
  }
}

async function endNow(parts: CallbackParts, { query, browser }: Came): Promise<Ending> {
  const { states, pendings, consents } = parts;
  const state = only(query, 'state');
  if (state === undefined) return endings.notOurs;
  const read = await states.read(state);
  if ('refused' in read) return read.refused === 'expired' ? endings.tooLate : endings.notOurs;
  const pending = await pendings.take(read.pending);
  if (!pending) return endings.used;
  if (!isSameBrowser(pending, browser)) return endings.otherBrowser;
  const { title } = consents.vendor;
  const error = only(query, 'error');
  if (error !== undefined) {
    const fault = { error: error.slice(0, 60), description: (only(query, 'error_description') ?? '').slice(0, 300) };
    const denied = /^access.denied$/.test(error);
    return denied ? endings.denied(title, consents.words(fault)) : endings.refused(title, consents.words(fault));
  }
  const code = only(query, 'code');
  return code === undefined ? endings.notOurs : finish(parts, pending, { state, code });
}

/** A parameter that came once and is not empty. */
function only(query: URLSearchParams, name: string): string | undefined {
  const [value, ...more] = query.getAll(name);
  return value !== '' && more.length === 0 ? value : undefined;
}

function isSameBrowser({ browser }: Pending, secret: string | undefined): boolean {
  const came = createHash('sha256')
    .update(secret ?? '')
    .digest();
  const began = Buffer.from(browser, 'hex');
  return secret !== undefined && began.length === came.length && timingSafeEqual(began, came);
}

async function finish(
  parts: CallbackParts,
  pending: Pending,
  { state, code }: { state: string; code: string },
): Promise<Ending> {
  const { clients, consents, vault } = parts;
  const connection = await still(parts, pending);
  if (!connection) return endings.settingsChanged;
  const { settings } = await clients.open(connection);
  const app = consents.appOf(settings);
  if (app.key !== pending.app) return endings.settingsChanged;
  const verifier = pending.verifier && ((await vault.open(pendingRecord(pending._id), pending.verifier)) as string);

  const came = new URL(consents.callbackUrl);
  came.search = new URLSearchParams({ code, state }).toString();
  const { title } = consents.vendor;
  try {
    const answer = await consents.callsOf(app).exchange(came, { state, verifier: verifier ?? undefined });
    if ('fault' in answer) return endings.refused(title, consents.words(answer.fault));
    return await keep(parts, pending, answer.tokens);
  } catch (error) {
    if (!isHubError(error, 'transient')) throw error;
    parts.log.warn({ connectionId: pending.connection, error }, 'the vendor did not answer an authorization');
    return endings.vendorAway(title);
  }
}

/** The connection, unless it was disconnected meanwhile. */
async function still({ connections }: CallbackParts, pending: Pending): Promise<Connection | undefined> {
  const connection = await connections.get(pending.connection);
  return connection?.org === pending.org && connection.secrets ? connection : undefined;
}

async function keep(parts: CallbackParts, pending: Pending, tokens: Tokens): Promise<Ending> {
  const { connection, org, app } = pending;
  const { consents, registry, poller, log } = parts;
  const { accessToken, refreshToken, facts } = tokens;
  if (refreshToken === undefined) return endings.onlyForAWhile(consents.vendor.title);
  await consents.grants.keep(connection, { accessToken, refreshToken, facts }, app);
  const now = await registry.tell(connection, { what: 'proved' });
  if (!(await still(parts, pending))) {
    await consents.grants.forget(connection);
    await registry.tell(connection, { what: 'disconnected' });
    return endings.settingsChanged;
  }
  log.info({ connectionId: connection, orgId: org, outcome: 'authorized' }, 'a person authorized a connection');
  if (now === 'paused') return endings.authorizedButPaused(consents.vendor.title);
  await poller
    .request(connection, 'authorized')
    .catch((error: unknown) => log.warn({ connectionId: connection, error }, 'a first poll could not be asked for'));
  return endings.authorized(consents.vendor.title);
}
