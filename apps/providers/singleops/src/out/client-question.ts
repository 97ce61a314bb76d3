import type { Question } from '@occ-hub/provider-kit';
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

function detailsOf({ client, on_hold: onHold, created_at: created }: Match): Record<string, string> {
  const address = client && [
    client.bill_addr_1,
    client.bill_addr_city,
    client.bill_addr_state,
    client.bill_addr_postal_code,
  ];
  const details = {
    address: address?.filter(Boolean).join(', '),
    email: client?.email,
    phone: client?.phone,
    since: created.slice(0, 10),
    state: onHold ? 'on hold' : '',
  };
  return Object.fromEntries(Object.entries(details).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
