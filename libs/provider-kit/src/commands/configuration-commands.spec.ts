import { type CommandDefinition, previewTransfer, readConfiguration, saveConfiguration } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineConfiguration } from '../configuration.ts';
import { createConfigurations } from '../configuration/configurations.ts';
import { memoryVersions } from '../testing/memory-versions.ts';
import { configurationCommands } from './configuration-commands.ts';
import type { Desks } from './desks.ts';

const place = { org: 'org-1', connection: 'con-1', part: 'words' };

/** A provider with one part that offers what the vendor lists; `open` and `list` say how the vendor side is doing. */
function world() {
  const vendor = { open: async () => 'client', list: async (): Promise<unknown> => ['Note'], hasSettings: true };
  const seen: unknown[] = [];
  const words = defineConfiguration<string, z.ZodString>({
    ...{ name: 'words', title: 'Words', shape: z.string().min(1), initial: 'Note' },
    async check(_value, client) {
      seen.push(client);
      return [];
    },
    offers: async (client) => (client === undefined ? 'nothing to ask' : vendor.list()),
  });
  const versions = memoryVersions();
  const provider = { title: 'Some CRM', configuration: [words] } as unknown as Desks['provider'];
  const desks = {
    ...{ provider, versions, configurations: createConfigurations({ provider, store: versions, clock: () => 0 }) },
    connections: { get: async () => ({ org: 'org-1', secrets: vendor.hasSettings ? {} : null }) },
    clients: { open: async () => ({ client: await vendor.open() }) },
  } as unknown as Desks;
  const ask = (command: CommandDefinition, question: object) =>
    configurationCommands(desks)
      .find((each) => each.command === command)!
      .handle({ ...place, ...question } as never);
  return { vendor, seen, ask };
}

const refused = (code: string) => new HubError({ kind: 'rejected', code, message: 'The CRM is away today.' });

describe('what may be chosen', () => {
  it('is asked for only when it is wanted', async () => {
    const { ask, vendor } = world();
    vendor.list = async () => Promise.reject(refused('crm.away'));
    expect(await ask(readConfiguration, { offers: false })).toMatchObject({ version: 0, value: 'Note' });
  });

  it('that the vendor does not tell keeps nobody from seeing what was saved, and says why', async () => {
    const { ask, vendor } = world();
    expect(await ask(readConfiguration, { offers: true })).toMatchObject({ offers: ['Note'] });
    vendor.list = async () => Promise.reject(refused('crm.away'));
    const answer = await ask(readConfiguration, { offers: true });
    expect(answer).toMatchObject({ value: 'Note', offers_fault: 'The CRM is away today.' });
    expect(answer).not.toHaveProperty('offers');
  });

  it('does not hide a bug', async () => {
    const { ask, vendor } = world();
    vendor.list = async () => Promise.reject(new TypeError('a bug'));
    await expect(ask(readConfiguration, { offers: true })).rejects.toThrow('a bug');
  });
});

describe('a save', () => {
  const saving = { value: 'Memo', version: 0, by: 'ann' };

  it('is checked with the vendor where the settings are saved', async () => {
    const { ask, seen } = world();
    await ask(saveConfiguration, saving);
    expect(seen).toEqual(['client']);
  });

  it.each([
    ['there are no settings', { hasSettings: false }],
    ['this release does not take them', { open: async () => Promise.reject(refused('settings.invalid')) }],
  ])('is checked without the vendor where %s', async (_what, changes) => {
    const { ask, seen, vendor } = world();
    Object.assign(vendor, changes);
    await ask(saveConfiguration, saving);
    expect(seen).toEqual([undefined]);
  });

  it('is not made where the vendor refuses', async () => {
    const { ask, vendor } = world();
    vendor.open = async () => Promise.reject(refused('crm.refused'));
    await expect(ask(saveConfiguration, saving)).rejects.toMatchObject({ code: 'crm.refused' });
    expect(await ask(readConfiguration, { offers: false })).toMatchObject({ version: 0 });
  });
});

it('says that there is no preview where the provider has none', async () => {
  await expect(world().ask(previewTransfer, { sample: 'x' })).rejects.toMatchObject({ code: 'preview.not-offered' });
});
