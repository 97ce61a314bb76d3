import type { ConsentMode, RefreshExpiry } from './access-options.ts';
import type { ConnectedApp } from './access-settings.ts';
import type { Grant } from './grants.ts';
import type { Office } from './office.ts';
import type { SalesforceUser } from './users.ts';
import { tokenAnswer } from './token-answer.ts';

/** The switches of the OAuth side that can be set while it runs. */
export interface AccessSwitches {
  consent: ConsentMode;
  codeMs: number;
  refreshTakesMs: number;
  approvals: number;
  refreshExpiry: RefreshExpiry;
  orgActive: boolean;
}

/** What can be changed of an app while it runs; a new secret ends every token of the app. */
export type AppChange = Partial<Omit<ConnectedApp, 'key'>>;

/** An approval as it is shown: no tokens. */
export interface ApprovalState {
  id: number;
  app: string;
  username: string;
  scopes: string[];
  approvedAt: string;
  refreshedAt: string;
  accessTokens: number;
  refreshes: number;
  ended: string | null;
}

/** Tokens given out by hand, as the token endpoint would have. */
export interface HandedTokens {
  accessToken: string;
  refreshToken: string | null;
  instanceUrl: string;
  id: string;
}

/** What operators, tests and demos do to the OAuth side. */
export interface AccessControl {
  /** Approves an app without a browser and gives tokens. Throws when the app or the user is unknown. */
  tokenFor(who?: { username?: string; app?: string; scopes?: readonly string[] }): HandedTokens;
  users(): readonly SalesforceUser[];
  /** Apps without their secrets. */
  apps(): readonly Omit<ConnectedApp, 'secret'>[];
  approvals(): ApprovalState[];
  accessSwitches(): AccessSwitches;
  configureAccess(changes: Partial<AccessSwitches>): AccessSwitches;
  /** False when there is no such app. */
  changeApp(key: string, change: AppChange): boolean;
  /** False when there is no such user. */
  changeUser(username: string, change: { active?: boolean; apiEnabled?: boolean }): boolean;
  /** Ends every access token; a refresh gives new ones. */
  expireAccessTokens(): void;
  /** Ends approvals for good, of one user when named, as a password reset or a press on "Revoke" does. Gives how many. */
  revokeApprovals(username?: string): number;
  /** Forgets every token, code and approval. */
  forgetTokens(): void;
}

export function accessControl(office: Office): AccessControl {
  const { settings, grants, authorizations } = office;
  const userNamed = (username: string): SalesforceUser | undefined =>
    settings.users.find((one) => one.username.toLowerCase() === username.toLowerCase());
  return {
    tokenFor: (who = {}) => handOut(office, who, userNamed),
    users: () => settings.users,
    apps: () => settings.apps.map(({ secret: _, ...app }) => ({ ...app })),
    approvals: () => grants.all().map(approvalState),
    accessSwitches: () => switchesOf(office),
    configureAccess: (changes) => {
      Object.assign(settings, changes);
      return switchesOf(office);
    },
    changeApp: (key, change) => changeApp(office, key, change),
    changeUser: (username, change) => {
      const user = userNamed(username);
      if (user) Object.assign(user, change);
      return user !== undefined;
    },
    expireAccessTokens: () => grants.expireAccessTokens(),
    revokeApprovals: (username) => {
      const open = grants.all().filter((one) => one.ended === null && (!username || one.user === userNamed(username)));
      for (const grant of open) grants.end(grant, 'revoked in the org');
      return open.length;
    },
    forgetTokens: () => {
      grants.clear();
      authorizations.clear();
    },
  };
}

function handOut(
  office: Office,
  who: { username?: string; app?: string; scopes?: readonly string[] },
  userNamed: (username: string) => SalesforceUser | undefined,
): HandedTokens {
  const { apps, users } = office.settings;
  const app = who.app === undefined ? apps[0] : apps.find((one) => one.key === who.app);
  const user = who.username === undefined ? users[0] : userNamed(who.username);
  if (!app || !user) throw new Error('The org has no such app or user.');
  const grant = office.grants.open(app, user, who.scopes ?? app.scopes);
  const answer = tokenAnswer(office, grant, grant.refreshToken);
  return {
    accessToken: answer.access_token,
    refreshToken: grant.refreshToken,
    instanceUrl: answer.instance_url,
    id: answer.id,
  };
}

function changeApp(office: Office, key: string, change: AppChange): boolean {
  const app = office.settings.apps.find((one) => one.key === key);
  if (!app) return false;
  const hasNewSecret = change.secret !== undefined && change.secret !== app.secret;
  Object.assign(app, change);
  if (hasNewSecret) {
    for (const grant of office.grants.all())
      if (grant.app === app) office.grants.end(grant, 'the app got a new secret');
  }
  return true;
}

function switchesOf({ settings }: Office): AccessSwitches {
  const { consent, codeMs, refreshTakesMs, approvals, refreshExpiry, orgActive } = settings;
  return { consent, codeMs, refreshTakesMs, approvals, refreshExpiry, orgActive };
}

function approvalState(grant: Grant): ApprovalState {
  return {
    id: grant.id,
    app: grant.app.name,
    username: grant.user.username,
    scopes: [...grant.scopes],
    approvedAt: new Date(grant.approvedAt).toISOString(),
    refreshedAt: new Date(grant.refreshedAt).toISOString(),
    accessTokens: grant.accessTokens.size,
    refreshes: grant.refreshes,
    ended: grant.ended,
  };
}
