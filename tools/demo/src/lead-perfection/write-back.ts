import { check, until } from '../check.ts';
import { type Appointment, sign, syncNow } from '../office.ts';
import { type World, copiesOf } from './world.ts';

export async function workTheJob(world: World): Promise<string> {
  const { rep, org } = world;
  const signed = await sign(world, 'Signed Agreement');
  world.document = signed;
  await rep.post(`/v1/orgs/${org}/jobs/${world.job!.id}/notes`, {
    note: 'Dog in the yard, use the side door.',
    appointment: world.appointment!.id,
  });
  const { options } = await rep.get<{ options: { id: string; description: string }[] }>(
    `/v1/orgs/${org}/appointments/${world.appointment!.id}/result-options`,
  );
  await rep.post(`/v1/orgs/${org}/appointments/${world.appointment!.id}/result`, {
    result: options[0]!.id,
    result_reason: 'Signed on site',
  });
  return `result ${options[0]!.description}`;
}

export async function seeInCrm(world: World): Promise<string> {
  const id = Number(world.appointment!.external_id);
  const row = await until('result and note in LeadPerfection', async () => {
    const now = world.crm.control.appointment(id).row;
    const notes = String(now.PresNotes ?? '');
    return now.Disposition !== null && notes.includes('Dog in the yard') && notes.includes('Signed on site')
      ? now
      : undefined;
  });
  const mine = world.document!;
  const document = await until('the document in LeadPerfection', async () => copiesOf(world, mine)[0]);
  check(document.sha256 === mine.sha256, 'the very bytes that were signed');
  await until('OCC to know that all was delivered', async () => {
    const now = await world.rep.get<Appointment>(`/v1/orgs/${world.org}/appointments/${world.appointment!.id}`);
    return now.crm_status?.status === 'delivered';
  });
  return `Disp ${row.Disposition}, ${document.filename}`;
}

export async function noEcho(world: World): Promise<string> {
  const run = await syncNow(world);
  check(run.changed === 0, `no changed record, not ${run.changed}`);
  return `${run.unchanged} unchanged`;
}
