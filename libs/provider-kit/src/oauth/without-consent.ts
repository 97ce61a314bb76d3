import { HubError } from '@occ-hub/errors';
import type { GrantKeeper } from '../http/vendor-io.ts';

/** The grant of a provider that declares no `consent`: there is none, and asking for it is a mistake of the provider. */
export const withoutConsent: GrantKeeper = {
  current: async () => refuse(),
  replacementFor: async () => refuse(),
};

function refuse(): never {
  const message = 'This provider declares no consent, so nobody can grant it access: it has to use what was entered.';
  throw new HubError({ kind: 'config', code: 'consent.not-declared', message });
}
