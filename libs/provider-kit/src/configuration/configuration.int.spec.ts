import {
  createKey,
  describeProvider,
  disconnect,
  listConfigurationVersions,
  previewTransfer,
  readConfiguration,
  restoreConfiguration,
  saveConfiguration,
  saveSettings,
} from '@occ-hub/contracts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startProvider } from '../run/start-provider.ts';
import { deliveriesOf } from '../testing/deliveries.ts';
import { eventually } from '../testing/eventually.ts';
import { type Started, type TestHub, openTestHub } from '../testing/test-hub.ts';
import { wordedCrm } from '../testing/worded-crm.ts';

const { office, provider } = wordedCrm();
let hub: TestHub;
let replicas: readonly [Started, Started];
beforeAll(async () => {
  const servers = { kafkaBrokers: inject('kafkaBrokers'), natsUrl: inject('natsUrl'), mongoUrl: inject('mongoUrl') };
  hub = await openTestHub(provider, { servers });
  replicas = [await hub.start(), await hub.start()];
});
afterAll(() => hub.close());

const words = (connection = hub.connection) => ({ org: hub.org, connection, part: 'words' });
const read = (more: object = {}) => hub.ask(readConfiguration, { ...words(), ...more });
const save = (value: unknown, version: number, by = 'ann') =>
  hub.ask(saveConfiguration, { ...words(), value, version, by });
const standing = async () => (await read()).version;
const on = (job: string) => ({ appointment: 1, job, startTime: '2026-03-09T14:00:00Z' });

describe('a configuration', () => {
  it('is made before the settings are, and what may be chosen is told without the vendor then', async () => {
    expect(await read({ offers: true })).toMatchObject({
      ...{ part: 'words', title: 'Words', version: 0, value: { begin: 'Note' }, faults: [] },
      ...{ offers: { disliked: null }, schema: { type: 'object' } },
    });
    expect(await save({ begin: 'Memo' }, 0)).toMatchObject({ version: 1, value: { begin: 'Memo' }, saved_by: 'ann' });
    await hub.connect({ office: 'main' });
    expect(await read({ offers: true })).toMatchObject({ version: 1, offers: { disliked: 'Boo' } });
  });

  it('is named by the provider where it describes itself', async () => {
    const described = await hub.ask(describeProvider, {});
    expect(described).toMatchObject({ configuration: [{ name: 'words', title: 'Words' }], preview: true });
  });

  it('is saved by one of those who save at once at two replicas; the others are told that somebody was faster', async () => {
    const version = await standing();
    const people = Array.from({ length: 12 }, (_, n) => `person-${n}`);
    const ends = await Promise.allSettled(people.map((by) => save({ begin: `By ${by}` }, version, by)));
    const saved = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
    expect(saved.map((one) => one.version)).toEqual([version + 1]);
    expect(await read()).toMatchObject({ version: version + 1, value: saved[0]!.value, saved_by: saved[0]!.saved_by });
    for (const end of ends.filter(({ status }) => status === 'rejected'))
      expect(end).toMatchObject({ reason: { kind: 'stale', code: 'configuration.changed' } });
  });

  it('keeps every version, and gives back any of them as a new one', async () => {
    const { version } = await save({ begin: 'First' }, await standing());
    await save({ begin: 'Second' }, version, 'ben');
    expect((await read({ version })).value).toEqual({ begin: 'First' });
    const restored = await hub.ask(restoreConfiguration, { ...words(), to: version, version: version + 1, by: 'cy' });
    expect(restored).toMatchObject({ version: version + 2, value: { begin: 'First' }, saved_by: 'cy' });
    const defaults = { ...words(), to: 'defaults' as const, version: version + 2, by: 'cy' };
    expect((await hub.ask(restoreConfiguration, defaults)).value).toEqual({ begin: 'Note' });
    const page = await hub.ask(listConfigurationVersions, { ...words(), limit: 3 });
    expect(page.versions).toMatchObject([
      { version: version + 3, restored: 'defaults', saved_by: 'cy' },
      { version: version + 2, restored: version },
      { version: version + 1, saved_by: 'ben' },
    ]);
    const rest = await hub.ask(listConfigurationVersions, { ...words(), before: version + 1 });
    expect(rest.versions[0]?.version).toBe(version);
    expect(rest.versions.at(-1)?.version).toBe(1);
  });

  it('is refused with pointers by its shape, and by what the vendor says', async () => {
    const version = await standing();
    const fault = { kind: 'rejected', code: 'configuration.invalid', fields: [{ pointer: '/begin' }] };
    await expect(save({ begin: '' }, version)).rejects.toMatchObject(fault);
    await expect(save({ begin: 'Boo' }, version)).rejects.toMatchObject(fault);
    await expect(save(null, version)).rejects.toMatchObject({ code: 'configuration.invalid' });
    expect(await standing()).toBe(version);
  });

  it('is none of an unknown part or version', async () => {
    await expect(read({ part: 'other' })).rejects.toMatchObject({ code: 'configuration.unknown' });
    await expect(read({ version: 999 })).rejects.toMatchObject({ code: 'configuration.version-unknown' });
    const versions = hub.ask(listConfigurationVersions, { ...words(), part: 'other' });
    await expect(versions).rejects.toMatchObject({ code: 'configuration.unknown' });
  });

  it("is another org's neither to read, to save nor to try", async () => {
    const foreign = { ...words(), org: 'org-of-others' };
    const unknown = { kind: 'rejected', code: 'connection.unknown' };
    await expect(hub.ask(readConfiguration, foreign)).rejects.toMatchObject(unknown);
    await expect(hub.ask(listConfigurationVersions, foreign)).rejects.toMatchObject(unknown);
    const saving = { ...foreign, version: 0, by: 'eve' };
    await expect(hub.ask(saveConfiguration, { ...saving, value: { begin: 'Ha' } })).rejects.toMatchObject(unknown);
    await expect(hub.ask(restoreConfiguration, { ...saving, to: 'defaults' })).rejects.toMatchObject(unknown);
    const { part: _part, ...which } = foreign;
    await expect(hub.ask(previewTransfer, { ...which, sample: 'x' })).rejects.toMatchObject(unknown);
  });
});

describe('what is done by it', () => {
  it('is as it stands: a write, an endpoint and a preview at every replica, right after the save', async () => {
    const { version } = await save({ begin: 'Fresh' }, await standing());
    const note = hub.events.note(on('job-1'), 'Six windows');
    const [settled] = await deliveriesOf(hub).settle([note]);
    expect(settled).toMatchObject({ outcome: 'delivered', vendor_ids: { version: String(version) } });
    expect(office.taken.at(-1)).toBe('Fresh: Six windows');
    const { org, connection } = words();
    const ask = { org, connection, sample: 'Two doors' };
    expect((await hub.ask(previewTransfer, ask)).preview).toEqual({ would_send: 'Fresh: Two doors to main' });
    const { text } = await hub.ask(createKey, { org, connection, name: 'a test', scopes: ['words'], by: 'ann' });
    for (const { url } of replicas) {
      const headers = { authorization: `Bearer ${text}` };
      const get = async () => (await fetch(`${url}/v1/orgs/${org}/worded-crm/words`, { headers })).json();
      expect(await eventually(get, (answer) => 'version' in (answer as object))).toEqual({
        ...{ version, value: { begin: 'Fresh' } },
      });
    }
    expect(office.taken).toHaveLength(1);
  });
});

describe('settings that their own check refuses', () => {
  it('are not saved, and the field is named', async () => {
    const { org, connection } = words();
    await expect(hub.ask(saveSettings, { org, connection, settings: { office: 'nowhere' } })).rejects.toMatchObject({
      ...{ kind: 'rejected', code: 'settings.invalid', fields: [{ pointer: '/office' }] },
      message: expect.stringContaining('There is no such office.'),
    });
    const preview = await hub.ask(previewTransfer, { org, connection, sample: 'x' });
    expect(preview.preview).toEqual({ would_send: expect.stringContaining('to main') });
  });
});

describe('a newer release that takes another shape', () => {
  it('says so, shows what was saved as it is, parks what needs it, and goes on once it is saved anew', async () => {
    const version = await standing();
    await Promise.all(replicas.map((replica) => replica.stop()));
    const later = wordedCrm({ newer: true });
    const release = await startProvider(later.provider, hub.env, { log: replicas[0].captured.log });
    try {
      expect(await read()).toMatchObject({ version, value: { begin: 'Fresh' }, faults: [{ pointer: '/begin' }] });
      const note = hub.events.note(on('job-2'), 'A roof');
      const [settled] = await deliveriesOf(hub).settle([note]);
      expect(settled).toMatchObject({ outcome: 'rejected', code: 'configuration.unreadable' });
      const { org, connection } = words();
      const preview = hub.ask(previewTransfer, { org, connection, sample: 'x' });
      await expect(preview).rejects.toMatchObject({ code: 'configuration.unreadable' });
      const old = hub.ask(restoreConfiguration, { ...words(), to: version, version, by: 'ann' });
      await expect(old).rejects.toMatchObject({ code: 'configuration.invalid' });
      expect(await save({ begin: ['Now', 'then'] }, version)).toMatchObject({ version: version + 1, faults: [] });
      const again = hub.events.note(on('job-3'), 'A door');
      expect((await deliveriesOf(hub).settle([again]))[0]).toMatchObject({ outcome: 'delivered' });
      expect(later.office.taken).toEqual(['Now, then: A door']);
      await hub.ask(disconnect, { org, connection });
      expect(await read()).toMatchObject({ version: version + 1, value: { begin: ['Now', 'then'] } });
    } finally {
      await release.stop();
    }
  });
});
