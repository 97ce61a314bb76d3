import { LeadSubmitted } from '@occ-hub/contracts';
import { isHubError } from '@occ-hub/errors';
import {
  type Endpoint,
  type EndpointCall,
  type EndpointRequest,
  idempotencyKeyOf,
  keyUsed,
  runAnswer,
  waitMsOf,
  within,
} from '@occ-hub/provider-kit';
import { placeLead } from './catalogue.ts';
import type { SingleOpsClient } from './client.ts';
import { jsonOf } from './json.ts';
import { leadIdOf } from './lead-id.ts';
import { idOfKey, leadKeyOf } from './lead-key.ts';
import { leadOf } from './lead-variables.ts';
import { type ReadyLead, readyLead } from './ready-lead.ts';
import type { Settings } from './settings.ts';
import { jobDoor, saysTheSame, submitLead } from './submit-lead.ts';

type Call = EndpointCall<SingleOpsClient, Settings>;

/** SingleOps may be away: then the lead is taken, and its division and source are looked at when it is sent. */
const longestCheckMs = 5_000;

/** Takes a lead and answers with what became of it, or with where to ask. Names every field that is wrong; nothing of such a lead is kept. */
export const leadEndpoint: Endpoint<SingleOpsClient, Settings> = {
  path: '/leads',
  methods: ['POST'],
  scope: 'leads',
  async handle(call) {
    const { request, settings } = call;
    const idempotency = idempotencyKeyOf(request);
    const lead = leadOf(jsonOf(request));
    const key = leadKeyOf(lead, idempotency);
    // A source that calls by its own id of the lead twice means the same lead, whatever the idempotency key says.
    const keys = [...new Set([leadKeyOf({}, idempotency), key])];
    // What came before was fit by the settings of then: what became of it does not change with them.
    if ((await call.known(LeadSubmitted, keys)) === undefined)
      await checkPlace(call, readyLead(lead, { key: idOfKey(key), settings }));
    const submitted = await submitLead(call, { lead, key, keys, door: jobDoor, withinMs: waitMsOf(request) });
    if (submitted.repeated && !saysTheSame(submitted, lead)) throw keyUsed(submitted, pathOf(request));
    return runAnswer(submitted, pathOf(request), leadIdOf(submitted));
  },
};

/** A division or a source that the account does not have is told at the door, where the account can be asked. */
async function checkPlace({ client, settings }: Call, lead: ReadyLead): Promise<void> {
  const asked = client
    .decide((catalogue) => placeLead(lead, settings, catalogue))
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  const error = await within(asked, longestCheckMs);
  if (isHubError(error, 'rejected') && error.code === 'singleops.lead-unfit') throw error;
}

/** The address of all leads. */
function pathOf({ uri }: EndpointRequest): string {
  return uri.split('?')[0]!;
}
