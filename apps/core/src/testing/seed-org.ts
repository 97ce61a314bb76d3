import { jobIdOf } from '../jobs/identity.ts';
import { appointmentEvent, exampleAppointment, exampleJob, jobEvent, type Source } from './examples.ts';
import { eventually } from './eventually.ts';
import type { TestCore } from './test-core.ts';

/** An org with an admin, a user and one job with one appointment, as a provider would have brought it. */
export async function seedOrg(core: TestCore, org: string, provider = 'example-crm') {
  const operator = await core.token({ sub: 'op-1', role: 'operator' });
  const facts = { id: org, name: `Org ${org}`, time_zone: 'America/New_York' };
  await core.call('POST', '/v1/orgs', { token: operator, body: facts });
  for (const [id, name, role] of [
    ['admin', 'Ada Admin', 'org-admin'],
    ['user', 'Uma User', 'org-user'],
  ]) {
    const body = { id: `${org}-${id}`, name, email: `${id}@example.com`, role };
    await core.call('POST', `/v1/orgs/${org}/members`, { token: operator, body });
  }
  const source: Source = { org, provider, connection: `con-${org}` };
  await core.publisher.publish([
    jobEvent(source, exampleJob(), 1_000),
    appointmentEvent(source, exampleAppointment(), 1_000),
  ]);
  const job = jobIdOf({ org, provider, externalId: '1001' });
  const user = await core.token({ sub: `${org}-user`, role: 'org-user', org });
  const path = `/v1/orgs/${org}/jobs/${job}`;
  const seen = await eventually(
    () => core.call('GET', path, { token: user }),
    ({ status, body }) => status === 200 && (body as { appointments: unknown[] }).appointments.length === 1,
  );
  return {
    org,
    provider,
    source,
    operator,
    admin: await core.token({ sub: `${org}-admin`, role: 'org-admin', org }),
    user,
    job,
    path,
    appointment: (seen.body as { appointments: [{ id: string }] }).appointments[0].id,
  };
}

export type SeededOrg = Awaited<ReturnType<typeof seedOrg>>;
