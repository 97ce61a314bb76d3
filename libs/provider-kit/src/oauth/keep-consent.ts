import type { Log } from '@occ-hub/service';
import type { Clients } from '../connections/clients.ts';
import type { Connection } from '../connections/connection.ts';
import type { ConnectionStore } from '../connections/connection.store.ts';
import type { Registry } from '../connections/registry.ts';
import type { Poller } from '../poll/poller.ts';
import type { OAuthApp } from './app-of.ts';
import type { Consents } from './consents.ts';
import { type Ending, endings } from './endings.ts';
import type { Pending } from './pending.store.ts';
import type { Tokens } from './token-calls.ts';

export interface KeepParts {
  readonly consents: Consents;
  readonly clients: Clients;
  readonly connections: Pick<ConnectionStore, 'get' | 'claimCompany' | 'leaveCompany'>;
  readonly registry: Pick<Registry, 'tell'>;
  readonly poller: Pick<Poller, 'request'>;
  /** Forgets what was published of a connection: what another company has is no change of it. */
  readonly forgetPolled: (connection: string) => Promise<void>;
  readonly log: Log;
}

/** What an exchange brought, and for which app. */
export interface Brought {
  readonly app: OAuthApp;
  readonly tokens: Tokens;
}

/** Keeps the grant that a person has just given, or gives it back where it is not to be kept. */
export async function keepConsent(parts: KeepParts, pending: Pending, { app, tokens }: Brought): Promise<Ending> {
  const { connection } = pending;
  const { consents, connections } = parts;
  const { title } = consents.vendor;
  const { refreshToken, accessToken, facts } = tokens;
  if (refreshToken === undefined) {
    await consents.drop(connection, app, accessToken);
    return endings.onlyForAWhile(title);
  }
  const refuse = async (ending: Ending) => {
    await consents.drop(connection, app, refreshToken);
    return ending;
  };
  if (!(await settingsOf(parts, pending))) return refuse(endings.settingsChanged);
  const company = consents.declared.company?.(facts);
  const claim = company === undefined ? 'same' : await connections.claimCompany(connection, company);
  if (claim === 'refused') return refuse(endings.otherCompany(title));
  if (claim === 'moved') await parts.forgetPolled(connection);

  const former = await consents.grants.read(connection).catch(() => undefined);
  await consents.grants.keep(connection, { accessToken, refreshToken, facts }, app.key);
  const ending = await proved(parts, pending, refreshToken);
  if (!ending) return refuse(endings.settingsChanged);
  // Only now: until then it might have been all that there is.
  if (former?.app === app.key && former.refreshToken !== refreshToken)
    await consents.drop(connection, app, former.refreshToken);
  return ending;
}

/** The settings of the connection while they name the app that was authorized; undefined when it was disconnected, or another one saved. */
export async function settingsOf(
  {
    connections,
    clients,
    consents,
  }: Pick<KeepParts, 'clients' | 'consents'> & {
    readonly connections: Pick<ConnectionStore, 'get'>;
  },
  pending: Pending,
): Promise<Connection['settings'] | undefined> {
  const connection = await connections.get(pending.connection);
  if (connection?.org !== pending.org || !connection.secrets) return undefined;
  const { settings } = await clients.open(connection);
  return consents.appOf(settings).key === pending.app ? settings : undefined;
}

/** Looks before and after: whatever is saved or disconnected in between counts. Undefined when the grant did not stay. */
async function proved(parts: KeepParts, pending: Pending, refreshToken: string): Promise<Ending | undefined> {
  const { connection, org } = pending;
  const { consents, registry, poller, log } = parts;
  if (!(await settingsOf(parts, pending))) return withdraw(parts, pending, refreshToken);
  const now = await registry.tell(connection, { what: 'proved' });
  if (!(await settingsOf(parts, pending))) {
    await registry.tell(connection, { what: 'saved', anew: true });
    return withdraw(parts, pending, refreshToken);
  }
  log.info({ connectionId: connection, orgId: org, outcome: 'authorized' }, 'a person authorized a connection');
  if (now === 'paused') return endings.authorizedButPaused(consents.vendor.title);
  await poller
    .request(connection, 'authorized')
    .catch((error: unknown) => log.warn({ connectionId: connection, error }, 'a first poll could not be asked for'));
  return endings.authorized(consents.vendor.title);
}

async function withdraw({ consents, connections, registry }: KeepParts, pending: Pending, refreshToken: string) {
  const { connection } = pending;
  const { grants } = consents;
  // A grant of another consent stays.
  if ((await grants.read(connection))?.refreshToken === refreshToken) await grants.forget(connection);
  const isDisconnected = !(await connections.get(connection))?.secrets;
  if (isDisconnected) {
    await registry.tell(connection, { what: 'disconnected' });
    await connections.leaveCompany(connection);
  }
  return undefined;
}
