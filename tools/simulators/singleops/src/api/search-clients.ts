import type { Account } from '../account/account.ts';
import type { Client } from '../account/client.ts';
import type { Switches } from '../settings.ts';
import type { Answer } from './answer.ts';
import { isUnconfirmed } from '../account/client.ts';
import { failure, json } from './answer.ts';

export const PAGE_SIZE = 50;

/** Clients whose stored text begins with the term, as it was typed; letter case counts for nothing in an e-mail. */
export function searchClients(asked: Record<string, unknown>, account: Account, switches: Switches): Answer {
  const { search_field: field, search_term: term, page } = asked;
  if (field !== 'email' && field !== 'phone') return failure(['Search field is not included in the list'], switches);
  if (typeof term !== 'string') return failure(["Search term can't be blank"], switches);
  const fits = field === 'email' ? hasEmail(term) : hasPhone(term, switches.phoneSearchCoversMobile);
  const found = [...account.clients.values()]
    .filter((client) => fits(client) && isShown(client, switches))
    .sort((one, other) => one.id - other.id);
  const from = (pageNumber(page) - 1) * PAGE_SIZE;
  return json(200, found.slice(from, from + PAGE_SIZE));
}

type Fits = (client: Client) => boolean;

function hasEmail(term: string): Fits {
  const start = term.toLowerCase();
  return ({ email }) => email.toLowerCase().startsWith(start);
}

function hasPhone(term: string, coversMobile: boolean): Fits {
  return ({ phone, mobile }) => phone.startsWith(term) || (coversMobile && mobile.startsWith(term));
}

function isShown(client: Client, { archivedInSearch, unconfirmedInSearch }: Switches): boolean {
  return (archivedInSearch || !client.is_archived) && (unconfirmedInSearch || !isUnconfirmed(client));
}

/** Anything that is no page is the first one. */
function pageNumber(page: unknown): number {
  const number = Number(page ?? 1);
  return Number.isInteger(number) && number > 0 ? number : 1;
}
