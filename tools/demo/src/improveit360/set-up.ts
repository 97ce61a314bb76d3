import { ApiProblem } from '../api.ts';
import { check, until } from '../check.ts';
import { type CrmUser, connectTo, connectionPath, openOffice } from '../office.ts';
import { authorizeInBrowser } from './browser.ts';
import { type World, objects, officeAddress } from './world.ts';

const settings = (world: World) => {
  const [app] = world.crm.control.apps();
  return { consumer_key: app!.key, consumer_secret: world.secret, time_zone: 'America/New_York' };
};

/** Members have the addresses that their Staff records have, but for one: that one has to be linked by hand. */
export async function createOrg(world: World): Promise<string> {
  const staff = world.crm.control.records(objects.staff);
  const addressed = staff.filter((each) => each['i360core__Email__c']);
  const people = new Map(addressed.map((each) => [String(each['i360core__Email__c']).trim().toLowerCase(), each]));
  const reps = [...people].map(([email, each], index) => ({
    name: String(each['Name']),
    email: index === 1 ? `private-${world.run}@example.com` : email,
  }));
  await openOffice(world, reps);
  await connectTo(world, 'improveit360');
  await world.admin.put(`/v1/orgs/${world.org}/alerts`, { emails: [officeAddress(world)] });
  return `${reps.length} members`;
}

export async function registerCallback(world: World): Promise<string> {
  const { items } = await world.admin.get<{ items: { id: string; authorization: string; callback_url?: string }[] }>(
    '/v1/providers',
  );
  const provider = items.find(({ id }) => id === 'improveit360');
  check(
    provider?.authorization === 'consent' && provider.callback_url !== undefined,
    'a provider that asks for consent',
  );
  world.callback = provider.callback_url;
  await world.admin.put(`${connectionPath(world)}/settings`, { settings: settings(world) });
  const said = await refusal(() => authorizeInBrowser(world, 'allow'));
  check(said.includes(world.callback), 'the callback to enter, in the refusal');
  const [app] = world.crm.control.apps();
  world.crm.control.changeApp(app!.key, { callbacks: [world.callback] });
  return world.callback;
}

async function refusal(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('expected: a refusal');
}

export async function refuseClassic(world: World): Promise<string> {
  try {
    await world.admin.put(`${connectionPath(world)}/settings`, {
      settings: { ...settings(world), platform: 'Classic' },
    });
  } catch (error) {
    check(error instanceof ApiProblem && error.message.includes('Lightning only'), 'a sentence about Lightning');
    return error.message.replace(/^.*platform: /, '');
  }
  throw new Error('expected: Classic to be refused');
}

export async function pressDeny(world: World): Promise<string> {
  const page = await authorizeInBrowser(world, 'deny');
  check(page.status !== 200 && page.text.includes('Allow'), 'a page that says what was pressed and what to do');
  return page.heading;
}

export async function pressAllow(world: World): Promise<string> {
  const page = await authorizeInBrowser(world, 'allow');
  check(page.status === 200, `a page that says connected, not ${page.text}`);
  return page.heading;
}

export async function linkedByEmail(world: World): Promise<string> {
  const items = await until('users linked by e-mail', async () => {
    const found = await world.admin.all<CrmUser>(`${connectionPath(world)}/crm-users`);
    return found.some((user) => user.link?.active) && found;
  });
  world.reps = items;
  const linked = items.filter((user) => user.link?.active);
  const byHand = items.find((user) => user.suggestion && !user.link);
  check(byHand !== undefined, 'one whose address differs, with a suggestion by name');
  return `${linked.length} of ${items.length}; ${byHand.name} and others are left for a person`;
}
