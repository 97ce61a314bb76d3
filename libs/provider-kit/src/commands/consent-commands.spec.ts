import { beginConsent, disconnect } from '@occ-hub/contracts';
import { describe, expect, it } from 'vitest';
import { type Connection, type ConnectionNews, type StateAndReason, stateAfter } from '../connections/connection.ts';
import { consentCommands } from './consent-commands.ts';
import type { Desks } from './desks.ts';

/** A provider that declares no consent, with one connection; what is done to it is listed. */
function world() {
  const done: string[] = [];
  const sealed = { ciphertext: 'c', iv: 'i', tag: 't' };
  let held = {
    _id: 'con-1',
    org: 'org-1',
    settings: { user: 'u' },
    secrets: sealed,
    version: 1,
  } as unknown as Connection;
  held = { ...held, state: 'healthy', stateReason: null };
  let meanwhile: (() => void) | undefined;
  const change = (to: StateAndReason) => (held = { ...held, state: to.state, stateReason: to.reason });
  const desks = {
    provider: { title: 'Some CRM' },
    connections: {
      get: async () => held,
      leaveCompany: async () => void done.push('company left'),
      async save(facts: Partial<Connection>, { from, to }: { from: Connection; to: StateAndReason }) {
        meanwhile?.();
        meanwhile = undefined;
        if (held.version !== from.version) return false;
        held = { ...change(to), ...facts, version: held.version + 1 };
        done.push('saved');
        return true;
      },
    },
    registry: {
      async tell(_id: string, news: ConnectionNews) {
        done.push(news.what);
        return change(stateAfter({ state: held.state, reason: held.stateReason }, news)).state;
      },
      refresh: async () => undefined,
    },
    consent: {
      begin: undefined,
      giveBack: {
        consents: undefined,
        pendings: { forget: async () => undefined },
        tokens: { forget: async (id: string) => void done.push(`tokens of ${id} forgotten`) },
      },
    },
  } as unknown as Desks;
  const ask = (command: object, more: object = {}) =>
    consentCommands(desks)
      .find((each) => each.command === command)!
      .handle({ org: 'org-1', connection: 'con-1', ...more } as never);
  return {
    ask,
    done,
    held: () => held,
    saveMeanwhile: () => void (meanwhile = () => (held = { ...held, version: held.version + 1 })),
  };
}

describe('a provider without a page of its own', () => {
  it('says where it is authorized instead', async () => {
    await expect(world().ask(beginConsent, { browser: 'ab'.repeat(32) })).rejects.toMatchObject({
      kind: 'rejected',
      code: 'consent.not-offered',
      message: expect.stringMatching(/Some CRM.*settings/) as string,
    });
  });

  it('stops the work of a connection before it forgets its secrets and tokens', async () => {
    const { ask, done, held } = world();
    expect(await ask(disconnect)).toEqual({ state: 'draft' });
    expect(done).toEqual(['disconnected', 'tokens of con-1 forgotten', 'saved', 'company left']);
    expect(held()).toMatchObject({ secrets: null, settings: { user: 'u' }, state: 'draft' });
  });

  it('forgets also what somebody saved meanwhile', async () => {
    const { ask, held, saveMeanwhile } = world();
    saveMeanwhile();
    expect(await ask(disconnect)).toEqual({ state: 'draft' });
    expect(held()).toMatchObject({ secrets: null, version: 3 });
  });

  it('disconnects nothing of another org', async () => {
    const { ask, done } = world();
    await expect(ask(disconnect, { org: 'org-2' })).rejects.toMatchObject({ code: 'connection.unknown' });
    expect(done).toEqual([]);
  });
});
