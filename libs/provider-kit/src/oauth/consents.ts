import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Log } from '@occ-hub/service';
import type { Leases } from '@occ-hub/store';
import type { ConsentFault } from '../consent.ts';
import type { VendorName } from '../http/classify.ts';
import { withoutSignal } from '../http/exchanges.ts';
import type { GrantKeeper } from '../http/vendor-io.ts';
import type { VendorSender } from '../http/vendor-sender.ts';
import type { AnyProvider } from '../provider.ts';
import { type AnyConsent, type OAuthApp, appOf } from './app-of.ts';
import { type FaultWords, createFaultWords } from './fault-words.ts';
import { createGrantKeeper } from './grant-keeper.ts';
import type { Grants } from './grants.ts';
import type { TokenWork } from './token-work.ts';
import { type TokenCalls, createTokenCalls } from './token-calls.ts';

type Settings = Readonly<Record<string, unknown>>;

/** The consent that a provider declares, made ready for its connections. */
export interface Consents {
  readonly declared: AnyConsent;
  readonly vendor: VendorName;
  /** Where the vendor sends people back to; to be registered there. */
  readonly callbackUrl: string;
  readonly words: FaultWords;
  readonly grants: Grants;
  appOf(settings: Settings): OAuthApp;
  callsOf(app: OAuthApp): TokenCalls;
  keeperOf(connection: string, settings: Settings): GrantKeeper;
  /** What a stop waits for. */
  readonly work: TokenWork;
  /**
   * Gives back a token of an app that the hub does not keep. Never fails, and is waited for two seconds at most: what the
   * vendor does not take is logged.
   */
  drop(connection: string, app: OAuthApp, token: string): Promise<void>;
  /** True when there is a grant, and it was given to another app than the settings name. */
  isOfOtherApp(connection: string, settings: Settings): Promise<boolean>;
}

export interface ConsentParts {
  readonly provider: AnyProvider;
  readonly env: Settings;
  /** Base of this service as browsers reach it. */
  readonly publicUrl: string;
  readonly sender: VendorSender;
  readonly grants: Grants;
  readonly leases: Leases;
  readonly work: TokenWork;
  readonly clock: Clock;
  readonly log: Log;
}

const dropMs = 2_000;

/** Undefined for a provider that declares no consent. */
export function createConsents(parts: ConsentParts): Consents | undefined {
  const { provider, env, grants, leases, clock, sender, work, log } = parts;
  const declared = provider.consent as AnyConsent | undefined;
  if (!declared) return undefined;
  const vendor = { id: provider.id, title: provider.title };
  // As a parser prints it: it is sent twice, and vendors compare the two sign by sign.
  const callbackUrl = new URL(`${parts.publicUrl.replace(/\/+$/, '')}${callbackPath(provider.id)}`).href;
  const words = createFaultWords({ vendor, consent: declared, callbackUrl });
  const callsOf = (app: OAuthApp) => createTokenCalls({ app, vendor, sender, keep: declared.keep });
  const drop: Consents['drop'] = async (connection, app, token) => {
    const given = work
      .run(() => withoutSignal(() => callsOf(app).revoke(token)))
      .catch((error: unknown) => log.warn({ connectionId: connection, error }, 'a token could not be given back'));
    await Promise.race([given, sleep(dropMs, undefined, { ref: false })]);
  };
  return {
    ...{ declared, vendor, callbackUrl, words, grants, callsOf, work, drop },
    appOf: (settings) => appOf(declared, settings, env),
    async isOfOtherApp(connection, settings) {
      const grant = await grants.read(connection);
      return grant !== undefined && grant.app !== appOf(declared, settings, env).key;
    },
    keeperOf(connection, settings) {
      const app = appOf(declared, settings, env);
      const calls = callsOf(app);
      const refresh = (token: string) => withoutSignal(() => calls.refresh(token));
      const { passes, ends = isInvalidGrant } = declared;
      return createGrantKeeper({
        ...{ connection, app: app.key, vendor, grants, leases, refresh, passes, ends, words, clock, sleep, work },
        drop: (token) => drop(connection, app, token),
      });
    },
  };
}

function isInvalidGrant({ error }: ConsentFault): boolean {
  return error === 'invalid_grant';
}

/** The path of a provider's callback, on its own service. */
export function callbackPath(provider: string): string {
  return `/auth/${provider}/callback`;
}
