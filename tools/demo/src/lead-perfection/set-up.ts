import { ApiProblem, apiAs, tokenFor } from '../api.ts';
import { check } from '../check.ts';
import { type CrmUser, type World, connectionPath } from './world.ts';

export async function createOrg(world: World): Promise<string> {
  const { core, run } = world;
  const operator = apiAs(core, await tokenFor(core, { sub: 'operator', role: 'operator' }));
  const org = await operator.post<{ id: string }>('/v1/orgs', {
    name: `Example Home Improvement ${run}`,
    time_zone: 'America/New_York',
  });
  world.org = org.id;
  world.admin = apiAs(core, await tokenFor(core, { sub: `admin-${run}`, role: 'org-admin', org: org.id }));
  for (const [index, rep] of world.crm.control.lookups().reps.entries()) {
    const [last = '', first = ''] = rep.name.split(', ');
    const body = { name: `${first} ${last}`, email: `rep${index}-${run}@example.com`, role: 'org-user' };
    world.members.push((await world.admin.post<{ id: string }>(`/v1/orgs/${org.id}/members`, body)).id);
  }
  world.rep = apiAs(core, await tokenFor(core, { sub: world.members[0]!, role: 'org-user', org: org.id }));
  return org.id;
}

const settings = {
  client_id: 'demo1',
  password: 'secret',
  time_zone: 'America/New_York',
  document_type_ids: { signed_agreement: 12 },
};

export async function refuseUrl(world: World): Promise<string> {
  const { admin, org } = world;
  world.connection = (
    await admin.post<{ id: string }>(`/v1/orgs/${org}/connections`, { provider: 'lead-perfection' })
  ).id;
  try {
    await admin.put(`${connectionPath(world)}/settings`, {
      settings: { ...settings, client_id: 'https://demo1.leadperfection.com' },
    });
  } catch (error) {
    check(
      error instanceof ApiProblem && error.status === 422 && error.message.includes('not the full URL'),
      'a 422 that says what to enter',
    );
    return error.message.replace(/^.*client_id: /, '');
  }
  throw new Error('expected: the URL to be refused');
}

export async function authorize(world: World): Promise<string> {
  await world.admin.put(`${connectionPath(world)}/settings`, { settings });
  const { connection } = await world.admin.post<{ connection: { state: string; secrets: string[]; settings: object } }>(
    `${connectionPath(world)}/authorize`,
  );
  check(connection.state === 'healthy', 'a healthy connection');
  check(!JSON.stringify(connection.settings).includes(settings.password), 'no password in the answer');
  return connection.state;
}

export async function seeUsers(world: World): Promise<string> {
  const { items } = await world.admin.get<{ items: CrmUser[] }>(`${connectionPath(world)}/crm-users`);
  world.reps = items;
  check(items.length === world.crm.control.lookups().reps.length, 'all reps of LeadPerfection');
  const suggested = items.filter((user) => user.suggestion).length;
  return `${items.length} users, ${suggested} with a suggestion`;
}

export async function linkReps(world: World): Promise<string> {
  for (const [index, rep] of world.reps.slice(0, 10).entries()) {
    await world.admin.put(`${connectionPath(world)}/user-links/${rep.crm_id}`, { member: world.members[index] });
  }
  return '10 of 12';
}
