import { LeadSubmitted } from '@occ-hub/contracts';
import { type VendorIds, defineSink } from '@occ-hub/provider-kit';
import { placeLead } from '../catalogue.ts';
import { type Recipient, chosen, recipientOf } from '../choose-client.ts';
import type { SingleOpsClient } from '../client.ts';
import { jobBody } from '../job-body.ts';
import { leadOf } from '../lead-variables.ts';
import { readyLead } from '../ready-lead.ts';
import { type Match, findMatches } from '../search.ts';
import type { Settings } from '../settings.ts';
import { toldOf } from '../told.ts';
import { clientQuestion } from './client-question.ts';

/**
 * A lead to SingleOps: whose it is, then the lead itself. SingleOps shows no lead again and knows no idempotency key, so one of
 * unknown end waits for a person instead of being sent twice.
 */
export const leadSubmitted = defineSink<SingleOpsClient, Settings, typeof LeadSubmitted>({
  event: LeadSubmitted,
  async write({ data, client, settings, step, choose, upserted }) {
    const lead = readyLead(leadOf(data.variables), { key: data.lead_key, settings });
    const placed = await client.decide((catalogue) => placeLead(lead, settings, catalogue));
    let looked: Promise<readonly Match[]> | undefined;
    const matches = () => (looked ??= findMatches(client, lead.contact));
    // Kept, so that whoever it was decided for stays the one: a lead that was sent and not answered may itself be found later.
    const found = await step('find-client', {
      repeatable: true,
      do: async () => kept(recipientOf(await matches(), settings.several_matches)),
    });
    const option =
      found['client'] === 'ask'
        ? await choose('client', async () => clientQuestion(await matches(), settings.choice_expires_minutes * 60_000))
        : undefined;
    const made = await step('create-lead', {
      do: async () => {
        const to = recipientNow(found, option, await matches());
        const body = jobBody({ lead, placed, settings, ...to });
        return { lead_id: await client.createJob(body), ...idsOf(to) };
      },
    });
    upserted(toldOf({ lead, operation: placed.operation, ids: made, timeZone: settings.time_zone }));
    return made;
  },
});

/** A recipient as a step keeps it: without anybody's data. */
function kept(recipient: Recipient): VendorIds {
  if (recipient.to === 'ask') return { client: 'ask' };
  const client = recipient.to === 'new' ? 'new' : String(recipient.client.id);
  return { client, ...(recipient.remark ? { remark: recipient.remark } : {}) };
}

interface To {
  /** Undefined: a new client. */
  readonly client: Pick<Match, 'id' | 'on_hold'> | undefined;
  readonly remark: string;
}

/** Who was decided for, as SingleOps has them now. One that is not found any more may have been merged into the only one that is. */
function recipientNow(found: VendorIds, option: string | undefined, matches: readonly Match[]): To {
  const wanted = option ?? found['client'];
  const remark = option === undefined ? (found['remark'] ?? '') : (chosen(matches, option)?.remark ?? '');
  if (wanted === 'new') return { client: undefined, remark };
  const only = matches.length === 1 ? matches[0] : undefined;
  const client = matches.find(({ id }) => String(id) === wanted) ?? only ?? { id: Number(wanted), on_hold: false };
  return { client, remark };
}

function idsOf({ client, remark }: To): VendorIds {
  return {
    ...(client ? { client: 'existing', client_id: String(client.id) } : { client: 'new' }),
    ...(remark ? { remark } : {}),
  };
}
