import { describe, expect, it } from 'vitest';
import { longestMs, sealedTicket, shortestMs, ticketFault, ticketOf } from './ticket.ts';

const ticket = { id: '7c0f6a1e-4a1f-4b7e-9b51-0d6a8f1f2c11', at: 1_800_000_000_000 };

describe('a ticket', () => {
  it('is what was sealed, and nothing else is one', () => {
    expect(ticketOf(sealedTicket(ticket))).toEqual(ticket);
    expect(ticketOf({})).toBeUndefined();
    expect(ticketOf({ form_id: 'mine', form_at: '1' })).toBeUndefined();
    expect(ticketOf({ user_token: 'x' })).toBeUndefined();
  });

  it('is good from two seconds on and for two hours', () => {
    const after = (ms: number) => ticketFault(ticket, ticket.at + ms);
    expect([after(shortestMs), after(longestMs)]).toEqual([undefined, undefined]);
    expect(after(shortestMs - 1)).toMatch(/quick/);
    expect(after(longestMs + 1)).toMatch(/long time/);
    expect(after(-60_000)).toMatch(/quick/);
    expect(ticketFault(undefined, ticket.at)).toMatch(/recognised/);
  });
});
