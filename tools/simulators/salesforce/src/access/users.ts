import type { SimulatorOptions } from '../settings.ts';
import { idOf } from '../ids.ts';
import { DEFAULT_USER } from '../settings.ts';

/** A person of the simulated org who can log in. */
export interface SalesforceUser {
  /** 18 characters, prefix 005. */
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly email: string;
  active: boolean;
  /** False answers `API_CURRENTLY_DISABLED` to every REST call. */
  apiEnabled: boolean;
}

/** The users of an org, the same ids every time. */
export function usersOf(options: SimulatorOptions): SalesforceUser[] {
  return (options.users ?? [DEFAULT_USER]).map((user, place) => ({
    id: user.id ?? idOf('005', place + 1),
    username: user.username,
    displayName: user.displayName,
    email: user.email,
    active: user.active ?? true,
    apiEnabled: true,
  }));
}
