import { OpportunityResulted } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import { defineSink } from '@occ-hub/provider-kit';
import type { Improveit360Client } from '../client.ts';
import { isSold, opportunityResult } from '../results.ts';
import type { Settings } from '../settings.ts';
import { writeResult } from './result.ts';

/** The result goes to the opportunity's Result and Result Detail. Sold only where a person confirmed it. */
export const opportunityResulted = defineSink<Improveit360Client, Settings, typeof OpportunityResulted>({
  event: OpportunityResulted,
  replaces: (data) => `opportunity/${data.opportunity_external_id}`,
  write({ data, client, step }) {
    if (isSold(data.result) && !data.confirmed) throw unconfirmed();
    return writeResult({
      ...{ client, step, fields: opportunityResult, id: data.opportunity_external_id },
      ...{ result: data.result, detail: data.result_detail.trim() },
      ids: { sales_opportunity: data.opportunity_external_id },
    });
  },
});

function unconfirmed(): HubError {
  const message =
    'Sold makes improveit360 create a Sale, and nobody confirmed it. Give the result again in One Click Contractor and confirm.';
  return new HubError({ kind: 'rejected', code: 'improveit360.sold-unconfirmed', message });
}
