import { ChoiceOption } from '@occ-hub/contracts';
import { z } from 'zod';
import type { Question } from '../sink.ts';

/** A question as it was put, by its name. */
export type PutQuestion = Question & { readonly name: string };

/** Ends an attempt: a person has to choose before it can go on. No failure. */
export class AwaitingChoice extends Error {
  override readonly name = 'AwaitingChoice';
  readonly question: PutQuestion;

  constructor(question: PutQuestion) {
    super(`The write waits for a choice: "${question.name}".`);
    this.question = question;
  }
}

/** What people can look through, and one answer of the command bus can carry. */
const mostOptions = 500;
const mostBytes = 512 * 1024;

const Put = z.object({
  prompt: z.string().min(1),
  options: z
    .array(ChoiceOption)
    .min(1)
    .max(mostOptions)
    .refine((options) => new Set(options.map(({ id }) => id)).size === options.length, 'Two options have the same id.'),
  expiresInMs: z.number().positive(),
});

/** The question of a sink, checked. One that cannot be put is the sink's bug: it throws, naming what is wrong and no option. */
export function questionOf(name: string, question: Question): PutQuestion {
  const read = Put.safeParse(question);
  const faults = read.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
  const bytes = Buffer.byteLength(JSON.stringify(question.options));
  if (bytes > mostBytes) faults.push(`options: ${bytes} bytes of at most ${mostBytes}`);
  if (faults.length > 0) throw new TypeError(`The question "${name}" cannot be put: ${faults.join('; ')}`);
  return { name, ...read.data! };
}
