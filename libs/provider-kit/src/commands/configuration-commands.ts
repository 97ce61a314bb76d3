import {
  type ConfigurationState,
  listConfigurationVersions,
  previewTransfer,
  readConfiguration,
  restoreConfiguration,
  saveConfiguration,
} from '@occ-hub/contracts';
import { HubError, isHubError } from '@occ-hub/errors';
import { z } from 'zod';
import type { AnyConfigurationPart } from '../configuration.ts';
import { readConfigurationOf } from '../configuration/read-configuration.ts';
import { rawOf, readValue } from '../configuration/stored-value.ts';
import type { StoredVersion } from '../configuration/version.store.ts';
import type { Desks } from './desks.ts';
import { handles } from './handler.ts';
import { type Which, connectionOf, ofOrg } from './which.ts';

/** What an org decides beyond the settings, in versions, and what would come of it. */
export const configurationCommands = (desks: Desks) => [
  handles(readConfiguration, async ({ version, offers, ...place }) => {
    await ofThisOrg(desks, place);
    const part = desks.configurations.partOf(place.part);
    const state = stateOf(part, await desks.configurations.find(place, version));
    return { ...state, ...(offers ? await offersOf(desks, part, place) : {}) };
  }),
  handles(saveConfiguration, async ({ value, ...saving }) => {
    await ofThisOrg(desks, saving);
    const client = () => clientOf(desks, saving);
    return stateOf(
      desks.configurations.partOf(saving.part),
      await desks.configurations.save({ ...saving, client }, value),
    );
  }),
  handles(restoreConfiguration, async ({ to, ...saving }) => {
    await ofThisOrg(desks, saving);
    const client = () => clientOf(desks, saving);
    return stateOf(
      desks.configurations.partOf(saving.part),
      await desks.configurations.restore({ ...saving, client }, to),
    );
  }),
  handles(listConfigurationVersions, async ({ limit, before, ...place }) => {
    await ofThisOrg(desks, place);
    desks.configurations.partOf(place.part);
    return { versions: (await desks.versions.list(place, { limit, before })).map(versionOf) };
  }),
  handles(previewTransfer, async ({ sample, ...which }) => {
    const { preview, title } = desks.provider;
    if (!preview) throw notOffered(title);
    const { client, settings } = await desks.clients.open(await connectionOf(desks.connections, which));
    const config = readConfigurationOf(desks.versions, which);
    return { preview: (await preview({ client, settings: settings as never, config, sample })) ?? null };
  }),
];

/** A configuration may be made before the settings are: there is no connection then, and no other org's either. */
async function ofThisOrg({ connections }: Desks, { org, connection }: Which): Promise<void> {
  const known = await connections.get(connection);
  if (known) ofOrg(known, org);
}

async function clientOf({ connections, clients }: Desks, { connection }: Which): Promise<never | undefined> {
  const known = await connections.get(connection);
  if (!known?.secrets) return undefined;
  try {
    return (await clients.open(known)).client;
  } catch (error) {
    // Settings that this release does not take any more are as good as none; their own page says so.
    if (isHubError(error, 'rejected') && error.code === 'settings.invalid') return undefined;
    throw error;
  }
}

function stateOf(part: AnyConfigurationPart, stored: StoredVersion | undefined): ConfigurationState {
  const value = rawOf(part, stored);
  const read = readValue(part, value);
  return {
    ...{ part: part.name, title: part.title, version: stored?.version ?? 0, value },
    faults: read.ok ? [] : [...read.faults],
    ...(stored ? { saved_at: new Date(stored.savedAt).toISOString(), saved_by: stored.savedBy } : {}),
    schema: z.toJSONSchema(part.shape, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>,
  };
}

function versionOf({ version, savedAt, savedBy, restored }: StoredVersion) {
  return {
    ...{ version, saved_at: new Date(savedAt).toISOString(), saved_by: savedBy },
    ...(restored === null ? {} : { restored }),
  };
}

/** What cannot be had does not keep anybody from looking at what was saved. */
async function offersOf(desks: Desks, part: AnyConfigurationPart, which: Which) {
  if (!part.offers) return {};
  try {
    return { offers: await part.offers(await clientOf(desks, which)) };
  } catch (error) {
    if (!isHubError(error)) throw error;
    return { offers_fault: error.message };
  }
}

function notOffered(title: string): HubError {
  return new HubError({
    ...{ kind: 'rejected', code: 'preview.not-offered' },
    message: `${title} has nothing to look at before it is sent.`,
  });
}
