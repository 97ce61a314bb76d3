import { LeadSubmitted } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import { type VendorIds, defineSink } from '@occ-hub/provider-kit';
import type { LeadConduitClient } from '../client.ts';
import { type DoorName, doorNames } from '../doors.ts';
import { varsOf } from '../lead-variables.ts';
import type { Appended, HttpResponse } from '../platform/contract.ts';
import type { Settings } from '../settings.ts';

/**
 * A lead goes through the module that its door names. LeadPerfection cannot be asked for a posted lead, so one of unknown
 * end waits for a person instead of being posted twice.
 */
export const leadSubmitted = defineSink<LeadConduitClient, Settings, typeof LeadSubmitted>({
  event: LeadSubmitted,
  async write({ data, client, settings, step, unseal }) {
    const door = client.doors[doorOf(data.door)];
    const secrets = data.sealed === undefined ? {} : await unseal(data.sealed);
    const vars = varsOf({ ...data.variables, ...secrets }, settings);
    const fault = door.validate(vars);
    if (fault !== undefined) throw refused(fault);
    return step('post-lead', {
      do: async () => {
        const request = door.request(vars);
        const answer = await client.send(request, `${data.door} (${request.body.length} characters)`);
        return idsOf(door.response(vars, request, answer), answer);
      },
    });
  },
});

function doorOf(name: string): DoorName {
  const door = doorNames.find((each) => each === name);
  if (door !== undefined) return door;
  throw new HubError({ kind: 'unreadable', code: 'lead-conduit.door-unknown', message: `There is no door "${name}".` });
}

function idsOf({ outcome, reason = '', lead_id: lead }: Appended, { status }: HttpResponse): VendorIds {
  if (outcome === 'success') return lead === undefined ? {} : { lead_id: lead };
  if (outcome === 'failure') throw refused(reason);
  const passes = status >= 500 || status < 400 || [408, 425, 429].includes(status);
  throw new HubError({
    kind: passes ? 'transient' : 'rejected',
    code: passes ? 'lead-conduit.answer-unknown' : 'lead-conduit.post-refused',
    message: `LeadPerfection did not take the lead: ${reason}`,
    // A page or a failure of the server's may come after the lead was queued.
    mayHaveApplied: status >= 500 || status < 400,
  });
}

/** In the words that LeadConduit shows as the reason. */
function refused(reason: string): HubError {
  return new HubError({ kind: 'rejected', code: 'lead-conduit.lead-refused', message: reason });
}
