import type { Clock } from '../clock.ts';
import type { AccessSettings } from './access-settings.ts';
import type { Authorizations } from './authorizations.ts';
import type { Grants } from './grants.ts';
import type { Instances } from './instances.ts';
import type { SalesforceUser } from './users.ts';

/** What every OAuth endpoint works with. */
export interface Office {
  settings: AccessSettings;
  clock: Clock;
  grants: Grants;
  authorizations: Authorizations;
  instances: Instances;
}

/** The `id` of a token answer. Always https and on the login host, unlike `instance_url`. */
export function identityUrl(settings: AccessSettings, user: SalesforceUser): string {
  return `${settings.identityHost}/id/${settings.orgId}/${user.id}`;
}
