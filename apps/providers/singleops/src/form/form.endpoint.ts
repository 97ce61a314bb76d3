import { createHash, randomUUID } from 'node:crypto';
import { isHubError } from '@occ-hub/errors';
import type { Endpoint, EndpointAnswer, EndpointCall } from '@occ-hub/provider-kit';
import type { SingleOpsClient } from '../client.ts';
import type { Lead } from '../lead.ts';
import { leadOf } from '../lead-variables.ts';
import { readyLead } from '../ready-lead.ts';
import type { Settings } from '../settings.ts';
import { submitLead } from '../submit-lead.ts';
import { formFields, honeypot, ticketField } from './fields.ts';
import { htmlAnswer } from './html-answer.ts';
import { type FormPage, formPage, thanksPage } from './page.ts';
import { problemPage } from './problem-page.ts';
import { type Ticket, sealedTicket, ticketFault, ticketOf } from './ticket.ts';

type Call = EndpointCall<SingleOpsClient, Settings>;
type Texts = Readonly<Record<string, string>>;

/** Of one address. The form is loaded with every view of the page that it stands in, and an office has one address. */
const perMinute = { GET: 120, POST: 10 };

/** A form that an org puts into its web site. Needs no script, cookie or session: what it has to know comes back with it, sealed. */
export function formEndpoint(newId: () => string = randomUUID): Endpoint<SingleOpsClient, Settings> {
  return {
    path: '/form',
    methods: ['GET', 'POST'],
    scope: 'form',
    callsPerMinuteOfAddress: perMinute,
    problem: problemPage,
    async handle(call) {
      if (call.request.method === 'POST') return take(call, newId);
      return shown(call, { id: newId(), at: call.clock() });
    },
  };
}

async function take(call: Call, newId: () => string): Promise<EndpointAnswer> {
  const { request, settings, clock } = call;
  const posted = new URLSearchParams(request.body);
  // Whoever fills in what people do not see is answered as everybody else, and learns nothing.
  if (posted.get(honeypot)) return thanks(settings);
  const values = typed(posted);
  const ticket = await ticketIn(call, posted.get(ticketField) ?? '');
  const fresh = { id: ticket?.id ?? newId(), at: clock() };
  const notice = ticketFault(ticket, clock());
  if (notice !== undefined) return shown(call, fresh, { values, notice });
  const { lead, faults } = leadIn(values, settings, fresh.id);
  if (lead === undefined) return shown(call, fresh, { values, faults });
  const key = `form-${digestOf([fresh.id, values])}`;
  // Into the ledger, and no waiting: people need not wait for SingleOps.
  await submitLead(call, { lead, key, keys: [key], door: 'form', withinMs: 0 });
  return thanks(settings);
}

/** What was typed, of the form's own fields alone. */
function typed(posted: URLSearchParams): Texts {
  return Object.fromEntries(formFields.map(({ name }) => [name, (posted.get(name) ?? '').trim()]));
}

/** The lead of what was typed, or what is wrong with it, by field. */
function leadIn(values: Texts, settings: Settings, key: string): { lead?: Lead; faults: Texts } {
  const { form_source: source, form_operation_id: operation } = settings;
  try {
    const lead = leadOf({ ...values, source, division: operation });
    readyLead(lead, { key, settings });
    return { lead, faults: {} };
  } catch (error) {
    if (!isHubError(error, 'rejected') || error.fields.length === 0) throw error;
    return {
      faults: Object.fromEntries(error.fields.map(({ pointer, message }) => [pointer.slice(1), forVisitors(message)])),
    };
  }
}

/** Who fills in a form need not know what takes it. */
function forVisitors(message: string): string {
  return message.replace(/: SingleOps [^.]*\.$/, '.');
}

/** The ticket that came with the form, if it is one of ours and comes from our own page: another site's page may not post here. */
async function ticketIn({ request, unseal }: Call, text: string): Promise<Ticket | undefined> {
  const from = request.headers['sec-fetch-site'] ?? 'same-origin';
  if (from !== 'same-origin') return undefined;
  try {
    return ticketOf(await unseal(text));
  } catch {
    // Whatever is wrong with it: it is no ticket of ours, and the form is asked again.
    return undefined;
  }
}

async function shown(
  { seal, settings }: Call,
  ticket: Ticket,
  page: Partial<Pick<FormPage, 'values' | 'faults' | 'notice'>> = {},
): Promise<EndpointAnswer> {
  const sealed = await seal(sealedTicket(ticket));
  const body = formPage({ title: settings.form_title, ticket: sealed, values: {}, faults: {}, ...page });
  return htmlAnswer(body, { status: Object.keys(page).length > 0 ? 422 : 200, sites: settings.form_sites });
}

function thanks({ form_title: title, form_thanks: said, form_sites: sites }: Settings): EndpointAnswer {
  return htmlAnswer(thanksPage(title, said), { status: 200, sites });
}

function digestOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
