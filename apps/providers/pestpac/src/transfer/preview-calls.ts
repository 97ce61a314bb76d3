import type { Steps } from '../triggers/triggers.ts';
import { cardBody, leadBody, locationBody, orderBody, setupBody, taskBody } from './bodies.ts';
import type { Body, CardLink, Ready } from './transfer-types.ts';

/** A call as it would be sent. */
export interface PreviewCall {
  readonly step: keyof Steps;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Body;
  /** Where it is not sent every time. */
  readonly only?: string;
}

/** How the location is come by. */
export interface PreviewSearch {
  readonly on: boolean;
  readonly phones: readonly string[];
  readonly narrowed_by: readonly string[];
}

const location = '{LocationID}';
const billTo = '{BillToID}';
const setup = '{SetupID}';
const card = '{CardID}';

/** The calls of a run in their order, of what its trigger switched on. The bodies are the run's own. */
export function previewCalls(ready: Ready, steps: Steps): { search: PreviewSearch; calls: readonly PreviewCall[] } {
  const lead = steps.lead ? '{LeadID}' : undefined;
  const calls: readonly (PreviewCall | false)[] = [
    ...searchCalls(ready),
    steps.location && newLocation(ready),
    steps.lead && post('lead', '/Leads', leadBody(ready, { location })),
    steps.task && post('task', '/Tasks', taskBody(ready, { location, lead })),
    steps.service && post('service', '/ServiceOrders', orderBody(ready, { location })),
    steps.recurring_service && post('recurring_service', '/ServiceSetups', setupBody(ready, { location })),
    ...(steps.card ? cardCalls(ready, steps) : []),
  ];
  const { on, phones, terms } = ready.search;
  return {
    search: { on, phones, narrowed_by: terms.map(({ field, option }) => `${field} (${option})`) },
    calls: calls.filter((call) => call !== false),
  };
}

function searchCalls({ search }: Ready): readonly PreviewCall[] {
  return search.phones.flatMap((q) =>
    ['/BillTos', '/Locations'].map((path) => ({
      step: 'location' as const,
      method: 'GET' as const,
      path,
      query: { q },
      only: 'once with dashes and once without',
    })),
  );
}

function newLocation(ready: Ready): PreviewCall {
  const only = 'where no location was found, or a new one was chosen; with BillToID where it is added to a customer';
  const call = post('location', '/Locations', locationBody(ready, {}));
  return ready.search.phones.length > 0 ? { ...call, only } : call;
}

function cardCalls(ready: Ready, steps: Steps): readonly PreviewCall[] {
  const path = `/BillTos/${billTo}/paymentAccounts`;
  const list: PreviewCall = { step: 'card', method: 'GET', path };
  if (!ready.values.Card) return [list];
  const body = cardBody(ready, { billTo, token: '{CardToken}' });
  const add: PreviewCall = { ...post('card', path, body), only: 'where the customer has no such card' };
  return steps.recurring_service ? [list, add, link(ready.link)] : [list, add];
}

function link({ autoBill, autoBillEndDate }: CardLink): PreviewCall {
  return {
    step: 'card',
    method: 'PUT',
    path: `/ServiceSetups/${setup}/paymentAccount`,
    query: { cardId: card, autoBill: String(autoBill), ...(autoBillEndDate ? { autoBillEndDate } : {}) },
  };
}

function post(step: keyof Steps, path: string, body: Body): PreviewCall {
  return { step, method: 'POST', path, body };
}
