import { expect, it } from 'vitest';
import type { Match } from '../search.ts';
import { clientWith } from '../testing/account.ts';
import { clientQuestion } from './client-question.ts';

const match = (fields: object, changes: Partial<Match> = {}): Match => {
  const client = clientWith(fields);
  const { id, on_hold, created_at } = client;
  return { ...{ id, on_hold, created_at, by: 'email', formerly: [], client }, ...changes };
};

it('shows of clients what tells them apart, and no whole address, number or e-mail', () => {
  const ada = {
    ...{ id: 9006, name: 'Ada Quill', email: 'ada@example.com, a.quill@example.net', phone: '(404) 555-0117 x12' },
    ...{ bill_addr_1: '4 Fern Road', bill_addr_city: 'Marlow', bill_addr_state: 'GA', bill_addr_postal_code: '30000' },
    ...{ on_hold: true, created_at: '2023-03-01T09:00:00.000-05:00' },
  };
  const question = clientQuestion([match(ada), match({ id: 9007 }, { client: undefined })], 60_000);
  expect(question.options).toEqual([
    {
      ...{ id: '9006', title: 'Ada Quill' },
      details: {
        ...{ city: 'Marlow', email: 'a•••@example.com, a•••@example.net', phone: '…0117' },
        ...{ since: '2023-03-01', state: 'on hold' },
      },
    },
    { id: '9007', title: 'Client 9007', details: {} },
    { id: 'new', title: 'None of them: a new client' },
  ]);
});

it('shows nothing of a field that holds something else', () => {
  const question = clientQuestion([match({ id: 1, name: 'Bo', email: 'see notes', phone: '12' })], 60_000);
  expect(question.options[0]).toEqual({ id: '1', title: 'Bo', details: {} });
});
