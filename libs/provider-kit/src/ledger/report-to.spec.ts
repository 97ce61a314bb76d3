import { HubError, type Kind } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import type { Clients } from '../connections/clients.ts';
import type { Connection } from '../connections/connection.ts';
import { createReportTo } from './report-to.ts';

function world({ mail, fails }: { mail?: string; fails?: Kind } = {}) {
  const clients = {
    async open() {
      if (fails) throw new HubError({ kind: fails, code: `x.${fails}`, message: 'What to do.' });
      return { settings: { mail } };
    },
  } as unknown as Clients;
  const registry = { get: (id: string) => (id === 'con-1' ? ({ _id: id } as Connection) : undefined) };
  const failureMail = (settings: unknown) => (settings as { mail?: string }).mail;
  const of = (connection: string, provider = { failureMail }) =>
    createReportTo({ provider, registry, clients })({ connection });
  return { of, toNobody: createReportTo({ provider: {}, registry, clients }) };
}

describe('createReportTo', () => {
  it('names whom the settings of the connection name', async () => {
    expect(await world({ mail: 'office@example.com' }).of('con-1')).toBe('office@example.com');
  });

  it('names nobody where the provider, the settings or the connection do not', async () => {
    const { of, toNobody } = world({ mail: 'office@example.com' });
    expect(await toNobody({ connection: 'con-1' })).toBeUndefined();
    expect(await of('con-gone')).toBeUndefined();
    expect(await world().of('con-1')).toBeUndefined();
    expect(await world({ mail: 'not an address' }).of('con-1')).toBeUndefined();
  });

  it('names nobody where the settings cannot be used, and fails where they only cannot be read for now', async () => {
    expect(await world({ mail: 'office@example.com', fails: 'credential' }).of('con-1')).toBeUndefined();
    await expect(world({ fails: 'transient' }).of('con-1')).rejects.toThrow('What to do.');
  });
});
