import type { Conversion } from '@occ-hub/mapping';
import * as z from 'zod';
import type { Plain, Scalar } from '../../platform/typed-value.ts';
import { amountIn, textOf, truthOf } from '../conversions.ts';

/** Feedback as LeadConduit's variables, blanks left out. */
export const FeedbackFields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).optional());
export type FeedbackFields = z.infer<typeof FeedbackFields>;

/** A number without `$` and thousands separators; a word that is no number goes as it was given. */
export const number: Conversion<Plain, Scalar | undefined> = {
  name: 'number',
  convert: (value) => {
    const amount = amountIn(value);
    return amount === undefined ? textOf(value) : Number(amount);
  },
};

/** Truth by LeadConduit's words (1, true, yes, y and their opposites); any other word goes as it was given. */
export const truth: Conversion<Plain, Scalar | undefined> = {
  name: 'true or false',
  convert: (value) => truthOf(value) ?? textOf(value),
};
