import { type Api, apiAs, tokenFor } from '@occ-hub/demo';
import type { Vendor } from './vendor.ts';

/** An org with a connection whose settings are saved and whose reps are all linked. */
export interface Office {
  readonly org: string;
  readonly connection: string;
  readonly admin: Api;
  readonly token: string;
}

/** Opens an office, ready to be authorized. */
export async function openOffice(core: string, vendor: Vendor): Promise<Office> {
  const name = Date.now().toString(36);
  const operator = apiAs(core, await tokenFor(core, { sub: 'operator', role: 'operator' }));
  const { id: org } = await operator.post<{ id: string }>('/v1/orgs', {
    name: `Bench ${name}`,
    time_zone: 'America/New_York',
  });
  const admin = apiAs(core, await tokenFor(core, { sub: 'bench-admin', role: 'org-admin', org }));
  const member = await admin.post<{ id: string }>(`/v1/orgs/${org}/members`, {
    name: 'Bench Rep',
    email: `${name}@example.com`,
    role: 'org-user',
  });
  const { id: connection } = await admin.post<{ id: string }>(`/v1/orgs/${org}/connections`, {
    provider: 'lead-perfection',
  });
  const path = `/v1/orgs/${org}/connections/${connection}`;
  const settings = {
    client_id: 'demo1',
    password: 'secret',
    time_zone: 'America/New_York',
    document_type_ids: { signed_agreement: 12 },
  };
  await admin.put(`${path}/settings`, { settings });
  for (const rep of vendor.reps) await admin.put(`${path}/user-links/${rep}`, { member: member.id });
  return { org, connection, admin, token: await tokenFor(core, { sub: member.id, role: 'org-user', org }) };
}
