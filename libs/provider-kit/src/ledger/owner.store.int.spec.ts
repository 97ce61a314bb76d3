import { setTimeout as sleep } from 'node:timers/promises';
import { openTestStore } from '@occ-hub/store/testing';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type OwnerStore, createOwnerStore } from './owner.store.ts';

let opened: Awaited<ReturnType<typeof openTestStore>>;
let owners: OwnerStore;
beforeAll(async () => {
  opened = await openTestStore(inject('mongoUrl'));
  owners = createOwnerStore(opened.store);
});
afterAll(() => opened.forget());

// No clock of a process comes into it: nobody can take the living for dead because clocks differ.
it('takes a process for alive as long as it said, by the clock of the store', async () => {
  await Promise.all([owners.live('one', 200), owners.live('other', 60_000)]);
  expect([...(await owners.alive())].sort()).toEqual(['one', 'other']);
  await sleep(250);
  expect(await owners.alive()).toEqual(['other']);
  await owners.live('one', 60_000);
  expect([...(await owners.alive())].sort()).toEqual(['one', 'other']);
});

it('forgets who leaves', async () => {
  await owners.live('leaver', 60_000);
  await owners.leave('leaver');
  expect(await owners.alive()).not.toContain('leaver');
});
