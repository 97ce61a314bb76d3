import type { Conversion, Scalar } from '@occ-hub/mapping';

/** Trimmed; nothing at all stays absent. */
export const optionalText: Conversion<Scalar, string | undefined> = {
  name: 'text, or absent',
  convert: (value) => String(value ?? '').trim() || undefined,
};
