import { openTestStore } from '@occ-hub/store/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type TokenStore, createTokenStore, tokenRecords } from './token.store.ts';
import type { Sealed } from './vault.ts';

let tokens: TokenStore;
let opened: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  opened = await openTestStore(inject('mongoUrl'));
  tokens = await createTokenStore(opened.store);
});
afterAll(() => opened.forget());

const sealed: Sealed = { ciphertext: 'c', iv: 'i', tag: 't', protected: 'p' };
const recordOf = (connection: string, version: number) => `${tokenRecords(connection)}/${version}`;

describe('createTokenStore', () => {
  it('forgets the tokens of one connection, of all its settings, and no others', async () => {
    const others = [recordOf('con-10', 1), recordOf('con-1-b', 1), recordOf('con', 1)];
    const own = [recordOf('con-1', 1), recordOf('con-1', 9), recordOf('con-1', 10)];
    for (const record of [...own, ...others]) await tokens.put(record, sealed, Date.now() + 60_000);
    await tokens.forget('con-1');
    expect(await Promise.all(own.map((record) => tokens.get(record)))).toEqual([undefined, undefined, undefined]);
    expect(await Promise.all(others.map((record) => tokens.get(record)))).toEqual([sealed, sealed, sealed]);
  });
});
