import type { Account } from '../account/account.ts';
import type { World } from '../account/world.ts';
import type { Answer } from './answer.ts';
import type { ApiCall } from './api-call.ts';
import { checkLead } from '../lead/check-lead.ts';
import { createLead } from '../lead/create-lead.ts';
import { readJobBody } from '../lead/job-body.ts';
import { BAD_REQUEST, failure, FORBIDDEN, json, NOT_FOUND, page, UNAUTHORIZED } from './answer.ts';
import { accountOf } from './credentials.ts';
import { searchClients } from './search-clients.ts';

/** Where the browser of a person who is not signed in is sent. */
export const LOGIN_PATH = '/users/sign_in';

/** What SingleOps does about a call, and what it says. */
export function decide(call: ApiCall, world: World): { answer: Answer; account: Account | null } {
  if (call.kind === null) return { answer: NOT_FOUND, account: null };
  if (call.body === null) return { answer: BAD_REQUEST, account: null };
  const account = accountOf(call, world);
  if (!account) return { answer: notSignedIn(call, world), account: null };
  if (!account.apiAllowed) return { answer: FORBIDDEN, account };
  return { answer: carryOut(call, account, world), account };
}

function notSignedIn({ accept }: ApiCall, { switches: { htmlLogin } }: World): Answer {
  const asPage = htmlLogin === 'always' || (htmlLogin === 'unless-json' && !accept.includes('application/json'));
  return asPage ? page(302, 'You are being redirected', { location: LOGIN_PATH }) : UNAUTHORIZED;
}

function carryOut({ kind, query, body }: ApiCall, account: Account, world: World): Answer {
  switch (kind) {
    case 'operations':
      return json(200, [...account.operations.values()]);
    case 'custom_inputs':
      return json(200, [...account.customInputs.values()]);
    case 'search':
      return searchClients({ ...query, ...body }, account, world.switches);
    case 'jobs':
      return postJob(body ?? {}, account, world);
    case null:
      return NOT_FOUND;
  }
}

function postJob(body: Record<string, unknown>, account: Account, world: World): Answer {
  const wanted = readJobBody(body, world.switches);
  const errors = 'errors' in wanted ? wanted.errors : checkLead(wanted, account, world.switches);
  if ('errors' in wanted || errors.length > 0) return failure(errors, world.switches);
  const { id } = createLead(world, account, wanted);
  return json(200, { success: true, error: null, id }, { leadId: id });
}
