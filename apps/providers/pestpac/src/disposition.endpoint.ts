import { createHash } from 'node:crypto';
import { LeadSubmitted, leadSubject } from '@occ-hub/contracts';
import {
  type Endpoint,
  type EndpointAnswer,
  type EndpointCall,
  idempotencyKeyOf,
  jsonAnswer,
  keyUsed,
  runAnswer,
  waitMsOf,
  within,
} from '@occ-hub/provider-kit';
import { jsonOf } from './body-of.ts';
import type { Codes } from './catalogue/codes.ts';
import type { PestPacClient } from './client.ts';
import type { Disposition } from './disposition.ts';
import { type Plan, faultWords, planOf } from './plan.ts';
import { postedDisposition } from './posted-disposition.ts';
import { factsOf, variablesOf } from './run-facts.ts';
import type { Settings } from './settings.ts';

type Call = EndpointCall<PestPacClient, Settings>;

/** The codes are a courtesy: PestPac checks them itself. */
const codesWithinMs = 3_000;

/** ClickPoint says that somebody dispositioned a lead; where a trigger matches, it is run. */
export const dispositionEndpoint: Endpoint<PestPacClient, Settings> = {
  path: '/dispositions',
  methods: ['POST'],
  scope: 'dispositions',
  async handle(call) {
    const key = idempotencyKeyOf(call.request);
    const disposition = postedDisposition(jsonOf(call.request.body));
    const variables = {
      ...variablesOf(disposition, { key, now: call.clock() }),
      digest: digestOf(disposition),
    };
    // What came before was run by the configuration of then: what became of it does not change with the configuration.
    if ((await call.known(LeadSubmitted, keysOf(key))) === undefined) {
      const plan = await planNow(call, variables);
      if (plan.what !== 'ready') return notRun(plan);
    }
    return submit(call, { key, disposition, variables });
  },
};

function planNow({ config, settings, client }: Call, variables: Readonly<Record<string, string>>): Promise<Plan> {
  const known = () => client.codes().catch((): Codes | undefined => undefined);
  const codes = () => within(known(), codesWithinMs);
  return planOf({ facts: factsOf(variables), config, settings, codes });
}

function notRun(plan: Exclude<Plan, { what: 'ready' }>): EndpointAnswer {
  if (plan.what === 'ignored') return jsonAnswer(200, { outcome: 'ignored' });
  return jsonAnswer(422, {
    outcome: 'incomplete',
    message: `Nothing was sent to PestPac. Put this right in ClickPoint and disposition again: ${faultWords(plan.faults)}`,
    fields: plan.faults,
  });
}

async function submit(
  call: Call,
  { key, disposition, variables }: { key: string; disposition: Disposition; variables: Record<string, string> },
): Promise<EndpointAnswer> {
  const { org } = call;
  const { lead_id: lead, card } = disposition;
  const sealed = card === undefined ? {} : { sealed: await call.seal({ token: card.token }) };
  const submitted = await call.submit({
    event: LeadSubmitted,
    keys: keysOf(key),
    subject: leadSubject({ org, provider: 'pestpac', key: lead }),
    origin: 'lead-source',
    data: { lead_key: lead, crm: 'pestpac', door: 'disposition', variables, ...sealed },
    withinMs: waitMsOf(call.request),
  });
  const runs = runsOf(call.request.uri, '/dispositions');
  if (submitted.repeated && digestIn(submitted.data) !== variables['digest']) throw keyUsed(submitted, runs);
  return runAnswer(submitted, runs);
}

const keysOf = (key: string): readonly string[] => [`disposition/${key}`];

/** The address of all runs, beside that of the endpoint that was called. */
export function runsOf(uri: string, path: string): string {
  const { pathname } = new URL(uri, 'http://localhost');
  return `${pathname.slice(0, pathname.lastIndexOf(path))}/runs`;
}

function digestIn(data: unknown): string | undefined {
  return LeadSubmitted.data.safeParse(data).data?.variables['digest'];
}

/** The same for the same disposition, in whatever order its fields came. It is kept, so the card's token is no part of it. */
function digestOf({ fields, card, ...rest }: Disposition): string {
  const { token: _, ...shown } = card ?? { token: '' };
  const sorted = (values: object) => Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  const whole = [sorted(rest), sorted(fields), sorted(shown)];
  return createHash('sha256').update(JSON.stringify(whole)).digest('base64url');
}
