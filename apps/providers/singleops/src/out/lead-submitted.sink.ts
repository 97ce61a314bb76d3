import { LeadSubmitted } from '@occ-hub/contracts';
import { isHubError } from '@occ-hub/errors';
import { type StepRunner, defineSink } from '@occ-hub/provider-kit';
import type { SingleOpsClient } from '../client.ts';
import { jobBody } from '../job-body.ts';
import { idOfKey } from '../lead-key.ts';
import { leadOf } from '../lead-variables.ts';
import { readyLead } from '../ready-lead.ts';
import type { Settings } from '../settings.ts';
import { toldOf } from '../told.ts';
import { clientQuestion } from './client-question.ts';
import { leadThere } from './lead-there.ts';
import { prepare, prepareAnew, prepareChosen, readsOf } from './prepare-lead.ts';
import { type Prepared, differ, idsOf, keptOf, preparedOf } from './prepared-lead.ts';

/**
 * A lead to SingleOps: whose it is, then the lead itself; nothing where an earlier sending of the same lead made it. SingleOps
 * shows no lead again and knows no idempotency key, so one of unknown end waits for a person instead of being sent twice.
 * What has to be read is read before, in steps that may be repeated: a process that dies while it reads leaves nothing in doubt.
 */
export const leadSubmitted = defineSink<SingleOpsClient, Settings, typeof LeadSubmitted>({
  event: LeadSubmitted,
  async write({ data, client, settings, step, choose, earlier, upserted }) {
    const there = leadThere(await earlier());
    if (there !== undefined) return there;
    const lead = readyLead(leadOf(data.variables), { key: idOfKey(data.lead_key), settings });
    const fresh = () => readsOf(client, lead, settings);
    const reads = fresh();
    // Kept, so that whoever it was decided for stays the one: a lead that was sent and not answered may itself be found later.
    const reading = async (name: string, read: () => Promise<Prepared | undefined>) =>
      step(name, { repeatable: true, do: async () => keptOf(await read()) });
    let kept = await reading('find-client', () => prepare(reads, settings.several_matches));
    if (kept['client'] === 'ask') {
      const expiresInMs = settings.choice_expires_minutes * 60_000;
      const option = await choose('client', async () => clientQuestion(await reads.matches(), expiresInMs));
      kept = await reading('read-client', () => prepareChosen(reads, option));
    }
    const { ids, of } = await createOnceMore(preparedOf(kept), {
      create: (each) => createdBy(step, each, () => client.createJob(jobBody({ lead, settings, ...each }))),
      anew: (each) => prepareAnew(fresh(), each),
    });
    const told = toldOf({ lead, operation: of.placed.operation, ids, timeZone: settings.time_zone });
    upserted(told);
    const [task] = told.appointments;
    return { ...ids, ...(task === undefined ? {} : { appointment_external_id: task.external_id }) };
  },
});

type Ids = ReturnType<typeof idsOf>;

function createdBy(step: StepRunner, prepared: Prepared, send: () => Promise<string>): Promise<Ids> {
  return step('create-lead', { do: async () => idsOf(await send(), prepared) });
}

interface Creation {
  readonly create: (prepared: Prepared) => Promise<Ids>;
  readonly anew: (prepared: Prepared) => Promise<Prepared>;
}

/**
 * What was refused was surely not made. It may have been refused for a division, a value or a client that the account has no
 * more: where it goes elsewhere by what the account has now, it is sent once more, and only once.
 */
async function createOnceMore(prepared: Prepared, { create, anew }: Creation): Promise<{ ids: Ids; of: Prepared }> {
  try {
    return { ids: await create(prepared), of: prepared };
  } catch (error) {
    if (!isHubError(error, 'rejected')) throw error;
    const now = await anew(prepared);
    if (!differ(prepared, now)) throw error;
    return { ids: await create(now), of: now };
  }
}
