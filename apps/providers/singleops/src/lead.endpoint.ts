import { HubError, isHubError } from '@occ-hub/errors';
import type { Endpoint, EndpointAnswer, EndpointCall, EndpointRequest } from '@occ-hub/provider-kit';
import { placeLead } from './catalogue.ts';
import type { SingleOpsClient } from './client.ts';
import { jsonAnswer, jsonOf } from './json.ts';
import { leadOf } from './lead-variables.ts';
import { outcomeOf } from './outcome.ts';
import { type ReadyLead, readyLead } from './ready-lead.ts';
import type { Settings } from './settings.ts';
import { jobDoor, saysTheSame, submitLead } from './submit-lead.ts';
import { within } from './within.ts';

type Call = EndpointCall<SingleOpsClient, Settings>;

const usualWaitSeconds = 25;
const longestWaitSeconds = 60;
/** SingleOps may be away: then the lead is taken, and its division and source are looked at when it is sent. */
const longestCheckMs = 5_000;

/** Takes a lead and answers with what became of it, or with where to ask. Names every field that is wrong; nothing of such a lead is kept. */
export const leadEndpoint: Endpoint<SingleOpsClient, Settings> = {
  path: '/leads',
  methods: ['POST'],
  scope: 'leads',
  async handle(call) {
    const { request, settings } = call;
    const idempotency = idempotencyKey(request);
    const lead = leadOf(jsonOf(request));
    const key = lead.source_id ?? idempotency;
    await checkPlace(call, readyLead(lead, { key, settings }));
    // A source that calls by its own id of the lead twice means the same lead, whatever the idempotency key says.
    const own = lead.source_id === undefined ? [] : [`source/${JSON.stringify([lead.source ?? '', lead.source_id])}`];
    const keys = [`key/${idempotency}`, ...own];
    const submitted = await submitLead(call, { lead, key, keys, door: jobDoor, withinMs: waitMs(request) });
    const { status, body } = outcomeOf(submitted, pathOf(request));
    if (submitted.repeated && !saysTheSame(submitted, lead)) return differs(body);
    return jsonAnswer(status, body, status === 202 ? { location: String(body['status_url']) } : {});
  },
};

/** What was taken before stays as it was then: the source is told how that stands, and not to take it for this. */
function differs({ run, status_url: statusUrl }: Readonly<Record<string, unknown>>): EndpointAnswer {
  const message =
    'A lead of this idempotency key or source_id was taken before and said something else. Nothing was sent again. Use other ones for another lead.';
  return jsonAnswer(409, {
    outcome: 'taken-before',
    code: 'singleops.lead-differs',
    message,
    run,
    status_url: statusUrl,
  });
}

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

function idempotencyKey({ headers }: EndpointRequest): string {
  const key = headers['idempotency-key']?.trim() ?? '';
  if (/^[\x21-\x7e][\x20-\x7e]{0,199}$/.test(key)) return key;
  const message =
    'Send an Idempotency-Key header of 1 to 200 printable characters: the same one whenever this lead is sent again.';
  throw new HubError({ kind: 'unreadable', code: 'singleops.idempotency-key', message });
}

/** `Prefer: wait=5` of RFC 7240: how long the source wants to wait for the end. */
function waitMs({ headers }: EndpointRequest): number {
  const asked = /(?:^|[,;\s])wait=(\d{1,4})\b/i.exec(headers['prefer'] ?? '')?.[1];
  return Math.min(asked === undefined ? usualWaitSeconds : Number(asked), longestWaitSeconds) * 1000;
}

function pathOf({ uri }: EndpointRequest): string {
  return uri.split('?')[0]!;
}
