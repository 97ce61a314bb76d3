import { z } from 'zod';
import { HubId, Instant } from '../entities/ids.ts';
import { defineCommand } from './define.ts';

/** The name of a part of a configuration. */
export const ConfigurationPartName = z
  .string()
  .regex(/^[a-z][a-z-]{0,39}$/)
  .describe('A part of the configuration, by its name at the provider');

const which = { org: HubId, connection: HubId, part: ConfigurationPartName };
const by = z.string().min(1).max(200).describe('Who saves it');
const basedOn = z
  .int()
  .min(0)
  .describe('The version that was looked at; another one by now is `configuration.changed`');

/** One version of a part: who made it, and when. */
export const ConfigurationVersion = z.object({
  version: z.int().min(1),
  saved_at: Instant,
  saved_by: z.string(),
  restored: z
    .union([z.int().min(1), z.literal('defaults')])
    .optional()
    .describe('The version that it brought back'),
});
export type ConfigurationVersion = z.output<typeof ConfigurationVersion>;

/** A part of a connection's configuration, as it stands or as one version had it. */
export const ConfigurationState = z.object({
  part: ConfigurationPartName,
  title: z.string(),
  version: z.int().min(0).describe('0: what stands before anybody saved'),
  value: z.unknown().describe('As saved, also where this release does not take it any more'),
  faults: z
    .array(z.object({ pointer: z.string(), message: z.string() }))
    .describe(
      'Why this release does not take it; work that needs it parks until it is saved anew. Pointers into `value`',
    ),
  saved_at: Instant.optional(),
  saved_by: z.string().optional(),
  schema: z.record(z.string(), z.unknown()).describe('JSON Schema of `value`'),
  offers: z.unknown().optional().describe('What may be chosen, where it was asked for and the part offers anything'),
  offers_fault: z.string().optional().describe('Why what may be chosen could not be had'),
});
export type ConfigurationState = z.output<typeof ConfigurationState>;

/** A part as it stands (or one version of it). `rejected` `configuration.unknown` where the provider has no such part, `configuration.version-unknown` where there is no such version. */
export const readConfiguration = defineCommand({
  name: 'configuration.read',
  ask: z.object({
    ...which,
    version: z.int().min(0).optional(),
    offers: z.boolean().default(false).describe('With what may be chosen: asks the vendor where need be'),
  }),
  answer: ConfigurationState,
  timeoutMs: 60_000,
});

/**
 * Saves a part as a new version. `rejected` `configuration.invalid` with pointers into `value`; `stale`
 * `configuration.changed` where somebody saved meanwhile. The same save repeated is answered as the first.
 */
export const saveConfiguration = defineCommand({
  name: 'configuration.save',
  ask: z.object({ ...which, value: z.unknown(), version: basedOn, by }),
  answer: ConfigurationState,
  timeoutMs: 60_000,
});

/** The versions of a part, newest first. */
export const listConfigurationVersions = defineCommand({
  name: 'configuration.versions',
  ask: z.object({
    ...which,
    limit: z.int().min(1).max(200).default(50),
    before: z.int().min(0).optional().describe('Only versions before this one'),
  }),
  answer: z.object({ versions: z.array(ConfigurationVersion) }),
  timeoutMs: 5_000,
});

/** Brings back a version, or the defaults, as a new version; checked like a save. */
export const restoreConfiguration = defineCommand({
  name: 'configuration.restore',
  ask: z.object({
    ...which,
    to: z.union([z.int().min(1), z.literal('defaults')]),
    version: basedOn,
    by,
  }),
  answer: ConfigurationState,
  timeoutMs: 60_000,
});

/** What would be sent for a sample, by the configuration as it stands; sends and keeps nothing. `rejected` `preview.not-offered` where the provider has none. */
export const previewTransfer = defineCommand({
  name: 'transfer.preview',
  ask: z.object({ org: HubId, connection: HubId, sample: z.unknown() }),
  answer: z.object({ preview: z.unknown() }),
  timeoutMs: 60_000,
});
