import { LeadSubmitted, leadSubject } from '@occ-hub/contracts';
import { isHubError } from '@occ-hub/errors';
import type { Endpoint, EndpointAnswer, EndpointCall, Submitted } from '@occ-hub/provider-kit';
import type { LeadConduitClient } from './client.ts';
import { type DoorName, crm } from './doors.ts';
import { leadKeys, shortKey } from './lead-key.ts';
import { leadTexts, varsOf } from './lead-variables.ts';
import type { Appended } from './platform/contract.ts';
import { timeoutSecondsOf } from './platform/variables.ts';
import { PostRefused, postedVariables } from './posted.ts';
import type { Settings } from './settings.ts';

/** A flow may ask for less: nobody holds the door longer than the platform itself would. */
const longestWaitSeconds = 360;

type Call = EndpointCall<LeadConduitClient, Settings>;

/** Takes LeadConduit's variables, delivers the lead and answers what LeadConduit appends. */
export function leadEndpoint(path: string, door: DoorName): Endpoint<LeadConduitClient, Settings> {
  return {
    path,
    methods: ['POST'],
    scope: 'leads',
    async handle(call) {
      try {
        return answered(await take(call, door));
      } catch (error) {
        if (error instanceof PostRefused) return error.answer;
        if (isHubError(error, 'unreadable')) return answered({ outcome: 'failure', reason: error.message });
        throw error;
      }
    },
  };
}

async function take(call: Call, door: DoorName): Promise<Appended> {
  const module = call.client.doors[door];
  const { open, secret } = leadTexts(postedVariables(call.request), module);
  const vars = varsOf({ ...open, ...secret }, call.settings);
  const fault = module.validate(vars);
  if (fault !== undefined) return { outcome: 'failure', reason: fault };
  const keys = leadKeys(open);
  const sealed = Object.keys(secret).length > 0 ? { sealed: await call.seal(secret) } : {};
  const submitted = await call.submit({
    event: LeadSubmitted,
    keys,
    subject: leadSubject({ org: call.org, provider: 'lead-conduit', key: shortKey(keys[0]) }),
    origin: 'lead-source',
    data: { lead_key: shortKey(keys[0]), crm, door, variables: open, ...sealed },
    withinMs: Math.min(timeoutSecondsOf(vars), longestWaitSeconds) * 1000,
  });
  return appendedOf(submitted);
}

function appendedOf({ state, kind, message, vendorIds }: Submitted): Appended {
  if (state === 'delivered')
    return { outcome: 'success', ...(vendorIds['lead_id'] ? { lead_id: vendorIds['lead_id'] } : {}) };
  if (kind === 'rejected') return { outcome: 'failure', reason: message ?? '' };
  const waiting = 'LeadPerfection did not answer in time; the hub goes on trying. Ask again with the same LogNumber.';
  return { outcome: 'error', reason: message ?? waiting };
}

function answered(appended: Appended): EndpointAnswer {
  return {
    status: appended.outcome === 'success' ? 201 : 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(appended),
  };
}
