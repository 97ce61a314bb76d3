import { z } from 'zod';
import type { Switches } from '../settings.ts';

/** Builds the texts of a body: absent is empty, length is counted in characters, not in bytes or UTF-16 units. */
export function limitedTexts(overLimit: Switches['overLimit']) {
  return (label: string, max: number) =>
    z
      .string({ error: `${label} is not a text` })
      .nullish()
      .transform((value) => {
        const characters = [...(value ?? '')];
        return (overLimit === 'cut' ? characters.slice(0, max) : characters).join('');
      })
      .refine((value) => [...value].length <= max, `${label} is too long (maximum is ${max} characters)`);
}

export const isBlank = (text: string): boolean => text.trim() === '';
