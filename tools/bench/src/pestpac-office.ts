import { type Office, connectTo, connectionPath, newOffice, openOffice } from '@occ-hub/demo';
import { Pool } from 'undici';
import type { Person } from './people.ts';
import type { PestPacFacts } from './pestpac-vendor.ts';

/** An org whose dispositions become location, lead and task. */
export interface PestPacOffice {
  readonly office: Office;
  /** Where the service is reached, and ClickPoint's key for it. */
  readonly door: string;
  readonly key: string;
}

export async function openPestPacOffice(
  core: string,
  { door, vendor }: { door: string; vendor: PestPacFacts },
): Promise<PestPacOffice> {
  const office = newOffice(core);
  const { run } = office;
  await openOffice(office, [{ name: 'Bench Rep', email: `bench-${run}@example.com` }]);
  await connectTo(office, 'pestpac');
  const path = connectionPath(office);
  const { apiKey, tenantId, clientId, clientSecret, username, password } = vendor.credentials;
  const settings = {
    ...{ api_key: apiKey, tenant_id: tenantId, client_id: clientId, client_secret: clientSecret, username, password },
    ...{ time_zone: 'America/New_York', failure_email: `office-${run}@example.com` },
    ...{ retry_attempts: 10, retry_interval_seconds: 1 },
  };
  await office.admin.put(`${path}/settings`, { settings });
  await office.admin.post(`${path}/authorize`);
  const steps = { location: true, lead: true, task: true };
  const value = [{ record_type: 'Residential', actions: ['Sold'], steps }];
  await office.admin.put(`${path}/configuration/triggers`, { value, version: 0 });
  const { text: key } = await office.admin.post<{ text: string }>(`${path}/keys`, {
    name: 'bench',
    scopes: ['dispositions'],
  });
  return { office, door, key };
}

export interface Run {
  readonly outcome: string;
  readonly ids?: Readonly<Record<string, string>>;
}

/** Connections to the service's door, as ClickPoint holds them. */
export function doorOf({ door }: PestPacOffice, connections: number): Pool {
  return new Pool(door, { connections, pipelining: 1 });
}

/** A disposition of a lead nobody disposed of before; resolves with how its run stands. */
export async function dispose({ office, key }: PestPacOffice, person: Person, pool: Pool): Promise<Run> {
  const answer = await pool.request({
    path: `/v1/orgs/${office.org}/pestpac/dispositions`,
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': person.name },
    body: JSON.stringify({
      ...{ record_type: 'Residential', action: 'Sold', lead_id: person.name },
      fields: fieldsOf(person),
    }),
  });
  const body = (await answer.body.json()) as Partial<Run>;
  return { ...body, outcome: body.outcome ?? `${answer.statusCode} ${JSON.stringify(body)}` };
}

function fieldsOf({ phone, email }: Person): Record<string, string> {
  return {
    ...{ 'First Name': 'Ines', 'Last Name': 'Marlowe', Address: '7 Heron Ct', City: 'Marlow', State: 'MA' },
    ...{ 'Zip Code': '01000', Phone: phone, Email: email, Division: 'RES', 'Lead Source': 'WEB' },
    ...{ 'Location Type': 'R', Branch: 'North', Comments: 'Ants in the kitchen', 'Callback Date': '2031-03-04 15:00' },
  };
}
