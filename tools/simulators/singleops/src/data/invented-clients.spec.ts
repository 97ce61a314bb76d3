import { describe, expect, test } from 'vitest';
import { inventedClients } from './invented-clients.ts';
import { ODD_CLIENTS } from './odd-clients.ts';

const all = [...ODD_CLIENTS, ...inventedClients(200, 7)];

describe('invented clients', () => {
  test('are the same for the same seed, and others for another', () => {
    expect(inventedClients(40, 7)).toEqual(inventedClients(40, 7));
    expect(inventedClients(40, 8)).not.toEqual(inventedClients(40, 7));
  });

  test('have addresses and numbers that are nobody’s', () => {
    for (const { email = '', phone = '' } of all) {
      if (email !== '') expect(email).toMatch(/@([a-z]+\.)*example(\.com)?\b/i);
      expect(phone.replace(/\D/g, '').slice(0, 10)).toMatch(/^(\d{3}55501\d\d|55501001\d\d)$/);
    }
  });

  test('have ids of their own, and names of their own among the invented', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const names = inventedClients(200, 7).map(({ first_name, last_name }) => `${first_name} ${last_name}`);
    expect(new Set(names).size).toBe(names.length);
  });
});
