import type { FieldFault } from '@occ-hub/errors';
import { faultsOf } from '@occ-hub/service';
import type { AnyConfigurationPart } from '../configuration.ts';
import type { StoredVersion } from './version.store.ts';

/** A value as this release reads it; with faults where it does not. */
export type Read =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly faults: readonly FieldFault[] };

/** Reads a value by the shape of its part. */
export function readValue({ shape }: AnyConfigurationPart, value: unknown): Read {
  const read = shape.safeParse(value);
  return read.success ? { ok: true, value: read.data } : { ok: false, faults: faultsOf(read.error) };
}

/** The raw value of a version; of version 0 (nobody saved) what the part begins with. */
export function rawOf(part: AnyConfigurationPart, stored: StoredVersion | undefined): unknown {
  return stored === undefined ? part.initial : (JSON.parse(stored.value) as unknown);
}
