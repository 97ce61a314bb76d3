import type { FieldFault } from '@occ-hub/errors';
import type { z } from 'zod';

/** A part of what an org decides about a connection beyond its settings: kept in versions, edited on a page of its own. */
export interface ConfigurationPart<Client, Shape extends z.ZodType = z.ZodType> {
  /** Of a-z and dashes, e.g. `triggers`; part of addresses. */
  readonly name: string;
  readonly title: string;
  /** Holds no secrets. What it gives is stored as JSON and read by it again, so it must take what it gave as it is. */
  readonly shape: Shape;
  /** What stands before anybody saved, and what "restore defaults" brings back. */
  readonly initial: z.output<Shape>;
  /** Faults that the shape cannot see, as JSON pointers into the value. `client` is undefined where the settings are not saved yet. */
  check?(value: z.output<Shape>, client: Client | undefined): Promise<readonly FieldFault[]>;
  /** What may be chosen (a catalogue), as JSON, for the page that edits it. `client` as with `check`. */
  offers?(client: Client | undefined): Promise<unknown>;
}

/** Any part, as the kit handles it. */
export type AnyConfigurationPart = ConfigurationPart<never>;

/**
 * Reads a part of this connection's configuration as it stands: version 0 is `initial`, never saved. The same part is the
 * same version throughout one call or attempt. What an older release saved and this one's shape does not take is `rejected`
 * (`configuration.unreadable`), naming the part.
 */
export interface ReadConfiguration {
  <Shape extends z.ZodType>(
    part: ConfigurationPart<never, Shape>,
  ): Promise<{ readonly version: number; readonly value: z.output<Shape> }>;
}

/** What a preview is made of: nothing is sent to the vendor and nothing is kept. */
export interface PreviewAsk<Client, Settings> {
  readonly client: Client;
  readonly settings: Settings;
  readonly config: ReadConfiguration;
  /** What a person entered to try the configuration with; of unknown shape. */
  readonly sample: unknown;
}

/** Declares a part of a configuration. */
export function defineConfiguration<Client, Shape extends z.ZodType>(
  part: ConfigurationPart<Client, Shape>,
): ConfigurationPart<Client, Shape> {
  return part;
}
