import type { AppOptions, SimulatorOptions } from '../settings.ts';
import type { AccessExtras, ConsentMode, RefreshExpiry } from './access-options.ts';
import type { SalesforceUser } from './users.ts';
import { DEFAULT_APP, DEFAULT_ORG_ID } from '../settings.ts';
import { usersOf } from './users.ts';

/** A Connected App as it is now; the control may change it. */
export interface ConnectedApp {
  key: string;
  secret: string;
  callbacks: string[];
  name: string;
  scopes: string[];
  requireSecretWeb: boolean;
  requireSecretRefresh: boolean;
  requirePkce: boolean;
  rotation: boolean;
  idleMs: number;
  /** Epoch milliseconds on the org's clock. */
  activeFrom: number;
}

/** Everything the OAuth side goes by, with the defaults filled in. */
export interface AccessSettings {
  orgId: string;
  apps: ConnectedApp[];
  users: SalesforceUser[];
  codeMs: number;
  consent: ConsentMode;
  refreshTakesMs: number;
  approvals: number;
  refreshExpiry: RefreshExpiry;
  identityHost: string;
  /** False answers `inactive_org` to every token call. */
  orgActive: boolean;
}

const MINUTE = 60_000;

export function accessSettings(options: SimulatorOptions & AccessExtras, now: number): AccessSettings {
  return {
    orgId: options.orgId ?? DEFAULT_ORG_ID,
    apps: (options.apps ?? [DEFAULT_APP]).map((app) => connectedApp(app, now)),
    users: usersOf(options),
    codeMs: options.codeMs ?? 10 * MINUTE,
    consent: options.consent ?? 'ask',
    refreshTakesMs: options.refreshTakesMs ?? 20,
    approvals: options.approvals ?? 5,
    refreshExpiry: options.refreshExpiry ?? {},
    identityHost: options.identityHost ?? 'https://login.salesforce.com',
    orgActive: true,
  };
}

function connectedApp(app: AppOptions, now: number): ConnectedApp {
  return {
    key: app.key,
    secret: app.secret,
    callbacks: [...app.callbacks],
    name: app.name ?? 'OCC',
    scopes: ['refresh_token', 'full'],
    requireSecretWeb: app.requireSecretWeb ?? true,
    requireSecretRefresh: app.requireSecretRefresh ?? true,
    requirePkce: app.requirePkce ?? false,
    rotation: app.rotation ?? true,
    idleMs: app.idleMs ?? 120 * MINUTE,
    activeFrom: now + (app.activeAfterSeconds ?? 0) * 1000,
  };
}
