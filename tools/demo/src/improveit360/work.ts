import { check, until } from '../check.ts';
import {
  type Job,
  appointmentOf,
  appointmentsOf,
  connectionPath,
  delivered,
  settledSync,
  sign,
  syncNow,
} from '../office.ts';
import { authorizeInBrowser } from './browser.ts';
import { type World, copiesOf, mailsTo, objects } from './world.ts';

export async function bringIn(world: World): Promise<string> {
  const run = await settledSync(world);
  const held = await until('appointments in OCC', async () => {
    const found = await appointmentsOf(world);
    return found.length > 0 && found;
  });
  const chosen = held.find((each) => each.sales_opportunities.length > 1);
  check(chosen !== undefined, 'an appointment with two opportunities');
  world.appointment = chosen;
  world.job = await world.rep.get<Job>(`/v1/orgs/${world.org}/jobs/${chosen.job}`);
  return `${held.length} appointments with their opportunities; ${run.vendor_calls} calls a run`;
}

export async function linkByHand(world: World): Promise<string> {
  const user = world.reps.find((each) => each.suggestion && !each.link)!;
  const before = (await appointmentsOf(world)).length;
  const member = world.members[1];
  await world.admin.put(`${connectionPath(world)}/user-links/${user.crm_id}`, { member });
  const now = await until('the appointments of the newly linked rep', async () => {
    const found = await appointmentsOf(world);
    return found.some((each) => each.crm_user_id === user.crm_id) && found;
  });
  return `${now.length - before} appointments of ${user.name}`;
}

export async function moveAndDelete(world: World): Promise<string> {
  const { control } = world.crm;
  const [moved, gone] = (await appointmentsOf(world)).filter(({ id }) => id !== world.appointment!.id);
  const start = new Date(Date.parse(moved!.start_time) + 86_400_000).toISOString();
  control.update(objects.appointment, moved!.external_id, {
    fields: { i360core__Appointment_Date_Time__c: start, i360core__Appointment_End_Date_Time__c: null },
  });
  control.remove(objects.appointment, gone!.external_id);
  const run = await syncNow(world);
  check(run.removed === 1 && run.changed >= 1, `one removed and one moved, not ${run.removed} and ${run.changed}`);
  await until('both in OCC', async () => {
    const found = await appointmentsOf(world);
    return found.some((each) => each.start_time === start) && !found.some((each) => each.id === gone!.id);
  });
  control.undelete(objects.appointment, gone!.external_id);
  await syncNow(world);
  await until('the restored one in OCC', async () =>
    (await appointmentsOf(world)).some((each) => each.id === gone!.id),
  );
  return 'moved, gone, and back after it was restored';
}

export async function giveResults(world: World): Promise<string> {
  const { rep, org, appointment } = world;
  const [first, second] = appointment!.sales_opportunities;
  const path = `/v1/orgs/${org}/appointments/${appointment!.id}`;
  await rep.post(`${path}/result`, { result: 'Ran', result_reason: 'Demoed, Not Sold' });
  await rep.post(`${path}/opportunities/${first!.id}/result`, { result: 'Follow-up' });
  const unasked = await rep.post(`${path}/opportunities/${second!.id}/result`, { result: 'Sold' }).then(
    () => undefined,
    (error: unknown) => String(error),
  );
  check(unasked?.includes('Sale') === true, 'Sold to be asked about first');
  await rep.post(`${path}/opportunities/${second!.id}/result`, { result: 'Sold', confirmed: true });
  world.document = await sign(world, 'Signed Agreement');
  return 'Ran / Demoed, Not Sold; Follow-up; Sold once confirmed';
}

export async function seeInCrm(world: World): Promise<string> {
  const { control } = world.crm;
  const mine = world.appointment!;
  const [first, second] = mine.sales_opportunities;
  await until('the results in Salesforce', async () => {
    const status = control.record(objects.appointment, mine.external_id);
    const results = [first!, second!].map(({ id }) => control.record(objects.opportunity, id)['i360core__Result__c']);
    return (
      status['i360core__Status__c'] === 'Ran' &&
      status['i360core__Status_Detail__c'] === 'Demoed, Not Sold' &&
      results.join() === 'Follow-up,Sold'
    );
  });
  await until('the file on the appointment', async () => copiesOf(world, world.document!).length === 1);
  await delivered(world, world.document!);
  return `${copiesOf(world, world.document!)[0]!.title}, the very bytes that were signed`;
}

export async function noEcho(world: World): Promise<string> {
  await until('the results back from the CRM', async () => {
    const { sales_opportunities: now } = await appointmentOf(world, world.appointment!.id);
    if (now.some(({ result }) => result === 'Sold')) return true;
    await syncNow(world);
    return false;
  });
  const run = await settledSync(world);
  const sales = world.crm.control
    .records(objects.sale)
    .filter((sale) => JSON.stringify(sale).includes(world.appointment!.sales_opportunities[1]!.id));
  check(sales.length === 1, `one Sale, not ${sales.length}`);
  return `${run.unchanged} unchanged, one Sale`;
}

export async function cutUpload(world: World): Promise<string> {
  world.crm.control.fault({ kind: 'lose', calls: 'upload', count: 1 });
  const document = await sign(world, 'Change Order');
  await delivered(world, document);
  const copies = copiesOf(world, document).length;
  check(copies === 1, `exactly one copy in Salesforce, not ${copies}`);
  return 'found by its description, one copy';
}

export async function revokedAndBack(world: World): Promise<string> {
  world.crm.control.revokeApprovals();
  const document = await sign(world, 'Completion Certificate');
  const [mail] = await until('the office to be told', async () => mailsTo(world).length > 0 && mailsTo(world));
  const path = connectionPath(world);
  const { health } = await world.admin.get<{ health: { state: string; waiting?: number } }>(path);
  check(health.state === 'needs-reauthorization', `a connection that needs a person, not ${health.state}`);
  check(copiesOf(world, document).length === 0, 'the document to wait');
  const page = await authorizeInBrowser(world, 'allow');
  check(page.status === 200, `a page that says connected, not ${page.text}`);
  await delivered(world, document);
  check(copiesOf(world, document).length === 1, 'exactly one copy');
  await until('the office to be told that all is well', async () => mailsTo(world).length === 2);
  return mail!.subject;
}
