import { type FieldFault, HubError } from '@occ-hub/errors';
import type { AnyConfigurationPart } from '../configuration.ts';

/** How many faults are told in words; the fields hold all of them. */
const mostInWords = 5;

/** What was entered is not right, by the shape or by the part's own check. */
export function invalid({ title }: AnyConfigurationPart, faults: readonly FieldFault[]): HubError {
  return new HubError({
    ...{ kind: 'rejected', code: 'configuration.invalid', fields: faults },
    message: `"${title}" cannot be saved: ${inWords(faults)}`,
  });
}

/** What was saved once is not what this release of the provider takes. */
export function unreadable(part: AnyConfigurationPart, version: number, faults: readonly FieldFault[]): HubError {
  return new HubError({
    ...{ kind: 'rejected', code: 'configuration.unreadable', fields: faults },
    message: `Version ${version} of "${part.title}" does not fit this release any more: ${inWords(faults)} Open it, put it right and save it; then replay.`,
  });
}

/** Somebody saved after this person had looked. */
export function changedMeanwhile({ title }: AnyConfigurationPart, version: number): HubError {
  return new HubError({
    ...{ kind: 'stale', code: 'configuration.changed' },
    message: `Somebody saved version ${version} of "${title}" meanwhile. Look at it and save again.`,
  });
}

/** The provider declares no such part. */
export function unknownPart(provider: string, part: string): HubError {
  return new HubError({
    ...{ kind: 'rejected', code: 'configuration.unknown' },
    message: `${provider} has no configuration "${part}".`,
  });
}

/** There is no such version. */
export function unknownVersion({ title }: AnyConfigurationPart, version: number): HubError {
  return new HubError({
    ...{ kind: 'rejected', code: 'configuration.version-unknown' },
    message: `"${title}" has no version ${version}.`,
  });
}

function inWords(faults: readonly FieldFault[]): string {
  const told = faults.slice(0, mostInWords).map(({ pointer, message }) => {
    return `${pointer || 'the whole'}: ${/[.!?]$/.test(message) ? message : `${message}.`}`;
  });
  const more = faults.length - told.length;
  return [...told, ...(more > 0 ? [`And ${more} more.`] : [])].join(' ');
}
