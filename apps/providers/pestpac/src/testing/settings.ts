// The simulator is the other side of these tests; nothing that ships may enter its room.
import type { PestPacSimulator } from '@occ-hub/simulator-pestpac';

/** What an org admin of the simulated company enters. */
export function settingsFor({ credentials }: Pick<PestPacSimulator, 'credentials'>) {
  return {
    api_key: credentials.apiKey,
    tenant_id: credentials.tenantId,
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
    username: credentials.username,
    password: credentials.password,
    time_zone: 'America/New_York',
    failure_email: 'owner@example.com',
  };
}
