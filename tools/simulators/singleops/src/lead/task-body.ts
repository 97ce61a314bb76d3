import { z } from 'zod';
import type { Switches } from '../settings.ts';
import { isBlank, limitedTexts } from './limited-text.ts';

/** `YYYY-MM-DD HH:MM:SS` of a day that exists; absent, null and empty are no time. */
const time = (label: string) =>
  z
    .string({ error: `${label} is not a time` })
    .nullish()
    .transform((value) => value || null)
    .refine((value) => value === null || isWallTime(value), { error: `${label} is not a time`, abort: true });

function isWallTime(text: string): boolean {
  const found = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/.exec(text);
  const epoch = found ? Date.parse(`${found[1]}T${found[2]}Z`) : Number.NaN;
  return !Number.isNaN(epoch) && new Date(epoch).toISOString().slice(0, 19).replace('T', ' ') === text;
}

const flag = (label: string) =>
  z
    .boolean({ error: `${label} is neither true nor false` })
    .nullish()
    .transform((value) => value ?? false);

export function taskBody(overLimit: Switches['overLimit']) {
  const text = limitedTexts(overLimit);
  return z
    .object({
      name: text('Task name', 41).refine((value) => !isBlank(value), "Task name can't be blank"),
      notes: text('Task notes', 4000),
      on_site: flag('Task on_site'),
      start: time('Task start'),
      stop: time('Task stop'),
      all_day: flag('Task all_day'),
    })
    .refine(({ start, stop, all_day }) => all_day || (start === null) === (stop === null), {
      error: 'Task start and stop go together',
    })
    .refine(
      ({ start, stop, all_day }) => start === null || stop === null || stop > start || (all_day && stop === start),
      {
        error: 'Task stop must be after start',
      },
    );
}
