import { createHash } from 'node:crypto';
import { LeadSubmitted, leadSubject } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import type { Endpoint, EndpointAnswer, EndpointCall, EndpointRequest, Submitted } from '@occ-hub/provider-kit';
import { jsonOf, readAs } from './body-of.ts';
import { looksLikeSecret } from './catalogue/secret-names.ts';
import type { Codes } from './catalogue/codes.ts';
import type { PestPacClient } from './client.ts';
import { Disposition } from './disposition.ts';
import { type Plan, faultWords, planOf } from './plan.ts';
import { factsOf, variablesOf } from './run-facts.ts';
import type { Settings } from './settings.ts';
import { jsonAnswer, runAnswer } from './standing.ts';
import { within } from './within.ts';

type Call = EndpointCall<PestPacClient, Settings>;

/** A user of ClickPoint looks at the answer: no longer than that. */
const longestWaitMs = 25_000;
/** The codes are a courtesy: PestPac checks them itself. */
const codesWithinMs = 3_000;

/** ClickPoint says that somebody dispositioned a lead; where a trigger matches, it is run. */
export const dispositionEndpoint: Endpoint<PestPacClient, Settings> = {
  path: '/dispositions',
  methods: ['POST'],
  scope: 'dispositions',
  async handle(call) {
    const key = keyOf(call);
    const disposition = read(call.request);
    const digest = digestOf(disposition);
    const variables = { ...variablesOf(disposition, { key, now: call.clock() }), digest };
    const { config, settings, client } = call;
    const codes = () => within<Codes | undefined>(client.codes(), codesWithinMs, undefined);
    const plan = await planOf({ facts: factsOf(variables), config, settings, codes });
    if (plan.what === 'ready') return submit(call, { key, disposition, variables });
    // It was run by the configuration of then: what became of it does not change with the configuration.
    const before = await call.known(LeadSubmitted, keysOf(key));
    return before === undefined ? notRun(plan) : answered(call, before, digest);
  },
};

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
    withinMs: longestWaitMs,
  });
  return answered(call, submitted, variables['digest']);
}

const keysOf = (key: string): readonly string[] => [`disposition/${key}`];

function answered({ request }: Call, submitted: Submitted, digest: string | undefined): EndpointAnswer {
  if (submitted.repeated && digestIn(submitted.data) !== digest) throw anotherBody();
  const { status, body } = runAnswer(submitted, runsOf(request.uri, '/dispositions'));
  return jsonAnswer(status, body);
}

/** The address of all runs, beside that of the endpoint that was called. */
export function runsOf(uri: string, path: string): string {
  const { pathname } = new URL(uri, 'http://localhost');
  return `${pathname.slice(0, pathname.lastIndexOf(path))}/runs`;
}

function digestIn(data: unknown): string | undefined {
  return LeadSubmitted.data.safeParse(data).data?.variables['digest'];
}

function keyOf({ request }: Call): string {
  const key = request.headers['idempotency-key'] ?? '';
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return key;
  const message = 'Send an Idempotency-Key header: 1 to 200 printable characters, another for every disposition.';
  throw new HubError({ kind: 'unreadable', code: 'pestpac.idempotency-key', message });
}

/** Nothing public fixes how ClickPoint spells these, and its ids may be numbers. */
function read(request: EndpointRequest): Disposition {
  const json = jsonOf(request.body);
  const secret = secretNameIn(json);
  if (secret !== undefined) throw secretRefused(secret);
  return readAs(Disposition, plainly(json));
}

const spelt: Readonly<Record<string, string>> = { recordType: 'record_type', leadId: 'lead_id' };

function plainly(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => {
      const own = spelt[name] ?? name;
      return [own, own === 'lead_id' && Number.isSafeInteger(value) ? String(value) : (value as unknown)];
    }),
  );
}

/** The first name, at whatever depth, that may hold what nobody may keep of a card. */
function secretNameIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    if (!Array.isArray(value) && looksLikeSecret(name)) return name;
    const found = secretNameIn(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

function secretRefused(name: string): HubError {
  const message = `The field "${name.slice(0, 60)}" looks like a security code, a PIN or a card number. Such things are never sent here; a card comes as a tokeniser's token.`;
  return new HubError({ kind: 'rejected', code: 'pestpac.card-secret-refused', message });
}

function anotherBody(): HubError {
  const message =
    'This Idempotency-Key came before with another disposition. Send a new disposition with a key of its own.';
  return new HubError({ kind: 'stale', code: 'pestpac.key-used', message });
}

/** The same for the same disposition, in whatever order its fields came. */
function digestOf({ fields, card, ...rest }: Disposition): string {
  const sorted = (values: object) => Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  const whole = [sorted(rest), sorted(fields), card === undefined ? null : sorted(card)];
  return createHash('sha256').update(JSON.stringify(whole)).digest('base64url');
}
