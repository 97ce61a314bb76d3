import {
  type ConfigurationState,
  type ConfigurationVersion,
  listConfigurationVersions,
  previewTransfer,
  readConfiguration,
  restoreConfiguration,
  saveConfiguration,
} from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import type { TestCore } from './test-core.ts';

const initial = { begin: 'Note' };

/** Answers for a provider that has one part, `words`, in versions; what it was asked is kept in `asked`. */
export async function provideConfiguration(core: TestCore, id = 'example-crm') {
  const asked: unknown[] = [];
  const held: (ConfigurationVersion & { value: unknown })[] = [];
  const stateOf = (version: number): ConfigurationState => {
    const { value = initial, saved_at, saved_by } = held[version - 1] ?? {};
    const saved = saved_by === undefined ? {} : { saved_at, saved_by };
    return { part: 'words', title: 'Words', version, value, faults: [], schema: { type: 'object' }, ...saved };
  };
  const hear = <Question extends { part: string; version?: number | undefined }>(question: Question): Question => {
    asked.push(question);
    if (question.part !== 'words') throw refused('configuration.unknown');
    if ((question.version ?? 0) > held.length) throw refused('configuration.version-unknown');
    return question;
  };
  const add = (value: unknown, { version, by, restored }: { version: number; by: string; restored?: 'defaults' }) => {
    if (version !== held.length)
      throw new HubError({ kind: 'stale', code: 'configuration.changed', message: 'Somebody saved meanwhile.' });
    const saved = { version: version + 1, saved_at: '2030-01-01T00:00:00.000Z', saved_by: by };
    held.push({ ...saved, value, ...(restored === undefined ? {} : { restored }) });
    return stateOf(held.length);
  };
  await core.provide(id, readConfiguration, async (question) => {
    const { version = held.length, offers } = hear(question);
    return { ...stateOf(version), ...(offers ? { offers: ['Note', 'Memo'] } : {}) };
  });
  await core.provide(id, saveConfiguration, async (question) => {
    const { value, ...saving } = hear(question);
    if (value === 'nonsense') throw refused('configuration.invalid', [{ pointer: '/begin', message: 'Enter it.' }]);
    return add(value, saving);
  });
  await core.provide(id, restoreConfiguration, async (question) => {
    const { to, ...saving } = hear(question);
    if (to === 'defaults') return add(initial, { ...saving, restored: to });
    return add(held[to - 1]?.value, saving);
  });
  await core.provide(id, listConfigurationVersions, async (question) => {
    const { limit, before = Infinity } = hear(question);
    const all = held.filter(({ version }) => version < before).reverse();
    return { versions: all.slice(0, limit).map(({ value: _value, ...version }) => version) };
  });
  await core.provide(id, previewTransfer, async (question) => {
    asked.push(question);
    return { preview: { would_send: question.sample } };
  });
  return { asked };
}

function refused(code: string, fields: readonly { pointer: string; message: string }[] = []): HubError {
  return new HubError({ kind: 'rejected', code, message: 'The provider says no.', fields });
}
