import { ControlError } from '@occ-hub/simulator-stage';
import type { AppChange, ApprovalState, HandedTokens } from '../access/access-control.ts';
import type { ConnectedApp } from '../access/access-settings.ts';
import type { LeftInstanceAnswer } from '../access/instances.ts';
import type { SalesforceUser } from '../access/users.ts';
import type { ControlParts } from './parts.ts';

/** Where the org lives. */
export interface InstanceState {
  current: string;
  all: readonly string[];
}

/** Apps, users, approvals and tokens, as the org's administrator sees and breaks them. */
export interface TokenControl {
  /** Approves an app without a browser; the first app and the first user when none is named. */
  token(who?: { username?: string; app?: string; scopes?: readonly string[] }): HandedTokens;
  approvals(): ApprovalState[];
  apps(): readonly Omit<ConnectedApp, 'secret'>[];
  users(): readonly SalesforceUser[];
  changeApp(key: string, change: AppChange): void;
  changeUser(username: string, change: { active?: boolean; apiEnabled?: boolean }): void;
  /** Ends every access token; a refresh gives a new one. */
  expireAccessTokens(): void;
  /** Ends approvals for good, of one user when named: only a person can mend that. Gives how many. */
  revokeApprovals(username?: string): number;
  instances(): InstanceState;
  /**
   * Moves the org to its other address, at once or at the next refresh. The address it leaves answers REST calls as if
   * the session (401, the default) or the org (404) were unknown.
   */
  moveInstance(how?: { at?: 'now' | 'refresh'; answer?: LeftInstanceAnswer }): InstanceState;
}

export function tokenControl({ access }: ControlParts): TokenControl {
  const instances = (): InstanceState => ({ current: access.instances.current(), all: access.instances.all() });
  return {
    token: (who = {}) => {
      const isUser = who.username === undefined || access.users().some((user) => user.username === who.username);
      const isApp = who.app === undefined || access.apps().some((app) => app.key === who.app);
      if (!isUser || !isApp) throw new ControlError(404, 'The org has no such app or user.');
      return access.tokenFor(who);
    },
    approvals: () => access.approvals(),
    apps: () => access.apps(),
    users: () => access.users().map((user) => ({ ...user })),
    changeApp: (key, change) => {
      if (!access.changeApp(key, change)) throw new ControlError(404, 'The org has no app with this key.');
    },
    changeUser: (username, change) => {
      if (!access.changeUser(username, change)) throw new ControlError(404, `The org has no user ${username}.`);
    },
    expireAccessTokens: () => access.expireAccessTokens(),
    revokeApprovals: (username) => access.revokeApprovals(username),
    instances,
    moveInstance: ({ at = 'now', answer = 401 } = {}) => {
      if (access.instances.all().length < 2) throw new ControlError(409, 'The org has only one address.');
      if (at === 'now') access.instances.move(answer);
      else access.instances.moveAtRefresh(answer);
      return instances();
    },
  };
}
