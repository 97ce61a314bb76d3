import type { Question } from '@occ-hub/provider-kit';
import { emailsIn, tenDigits } from '../contact.ts';
import type { Match } from '../search.ts';

/** Several clients match: who is it? A new client is always among the options. */
export function clientQuestion(matches: readonly Match[], expiresInMs: number): Question {
  return {
    prompt: 'Several clients of SingleOps have this e-mail address or number. Whose lead is it?',
    options: [
      ...matches.map((match) => ({ id: String(match.id), title: titleOf(match), details: detailsOf(match) })),
      { id: 'new', title: 'None of them: a new client' },
    ],
    expiresInMs,
  };
}

function titleOf({ id, client }: Match): string {
  const name = client && ([client.first_name, client.last_name].filter(Boolean).join(' ') || client.company_name);
  return client?.name || name || `Client ${id}`;
}

/** What tells clients apart, and no more of them: whoever chooses need not be somebody of the company. */
function detailsOf({ client, on_hold: onHold, created_at: created }: Match): Record<string, string> {
  const details = {
    city: client?.bill_addr_city,
    email: emailsIn(client?.email ?? '')
      ?.map(masked)
      .join(', '),
    phone: endOf(client?.phone || client?.mobile || ''),
    since: created.slice(0, 10),
    state: onHold ? 'on hold' : '',
  };
  return Object.fromEntries(Object.entries(details).filter((entry): entry is [string, string] => Boolean(entry[1])));
}

const masked = (email: string): string => `${[...email][0]}•••${email.slice(email.lastIndexOf('@'))}`;

/** The last four digits of the first number. */
function endOf(phone: string): string {
  const digits = tenDigits(phone) ?? phone.replace(/\D/g, '');
  return digits.length < 7 ? '' : `…${digits.slice(-4)}`;
}
