import { check } from '../check.ts';
import { type Signed, delivered, sign } from '../office.ts';
import { type World, copiesOf } from './world.ts';

export async function outage(world: World): Promise<string> {
  world.crm.control.down();
  const document = await sign(world, 'Change Order');
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  check(copiesOf(world, document).length === 0, 'nothing to arrive while LeadPerfection is down');
  world.crm.control.up();
  await arrivesOnce(world, document);
  return 'one copy';
}

export async function cutUpload(world: World): Promise<string> {
  world.crm.control.fault({ kind: 'cut', when: 'after', action: 'AddSalesmanImages', count: 1 });
  await arrivesOnce(world, await sign(world, 'Completion Certificate'));
  return 'found by its name, one copy';
}

async function arrivesOnce(world: World, document: Signed): Promise<void> {
  await delivered(world, document);
  const copies = copiesOf(world, document).length;
  check(copies === 1, `exactly one copy in LeadPerfection, not ${copies}`);
}
