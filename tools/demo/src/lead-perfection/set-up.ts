import { ApiProblem } from '../api.ts';
import { check } from '../check.ts';
import { type CrmUser, connectTo, connectionPath, openOffice } from '../office.ts';
import type { World } from './world.ts';

export async function createOrg(world: World): Promise<string> {
  const reps = world.crm.control.lookups().reps.map(({ name }, index) => {
    const [last = '', first = ''] = name.split(', ');
    return { name: `${first} ${last}`, email: `rep${index}-${world.run}@example.com` };
  });
  await openOffice(world, reps);
  return world.org;
}

const settings = {
  client_id: 'demo1',
  password: 'secret',
  time_zone: 'America/New_York',
  document_type_ids: { signed_agreement: 12 },
};

export async function refuseUrl(world: World): Promise<string> {
  await connectTo(world, 'lead-perfection');
  try {
    await world.admin.put(`${connectionPath(world)}/settings`, {
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
