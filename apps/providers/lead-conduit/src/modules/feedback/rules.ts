import * as z from 'zod';
import type { FeedbackFields } from './fields.ts';

const Fact = z.enum(['type', 'method', 'sold', 'dispo', 'ikr_id', 'everset', 'evergrossissue', 'everdemo', 'rectype']);

/** One row of the table that turns LeadPerfection's feedback into LeadConduit's. The first row that fits counts. */
export const FeedbackRule = z.strictObject({
  when: z
    .partialRecord(Fact, z.array(z.string().min(1)).min(1))
    .describe('All of these hold: the fact is one of the words, in any case of letters. Nothing: always.'),
  type: z
    .enum(['as given', 'conversion', 'return', 'none'])
    .describe('What LeadConduit is told; none: the feedback is taken and goes no further.'),
  reason: z
    .array(z.enum(['reason', 'dispo', 'ikrdescr', 'ikr_id', 'method']))
    .describe('Where the reason comes from: the first that is there.'),
  outcome: z.enum(['success', 'failure']),
  says: z.string().optional().describe('The reason that is answered when the outcome is failure.'),
});
export type FeedbackRule = z.infer<typeof FeedbackRule>;

/** An org's table of rules. */
export const FeedbackRules = z.array(FeedbackRule).max(100);

/** What an org has as long as it has no rows of its own. Dispositions are each company's own: rows for them are added. */
// prettier-ignore
export const defaultFeedbackRules: readonly FeedbackRule[] = [
  { when: { type: ['conversion', 'return'] }, type: 'as given',   reason: ['reason', 'dispo'],             outcome: 'success' },
  { when: { method: ['X'] },                  type: 'return',     reason: ['ikrdescr', 'ikr_id', 'dispo'], outcome: 'success' },
  { when: { sold: ['true'] },                 type: 'conversion', reason: ['dispo'],                       outcome: 'success' },
  { when: { method: ['A', 'M'] },             type: 'none',       reason: ['method'],                      outcome: 'success' },
  // A quiet success instead: { when: {}, type: 'none', reason: ['dispo'], outcome: 'success' }.
  { when: {},                                 type: 'none',       reason: ['dispo'],                       outcome: 'failure', says: 'unrecognized feedback' },
];

/** What a rule made of feedback. Without a type it is acknowledged and goes no further. */
export interface Verdict {
  readonly outcome: 'success' | 'failure';
  readonly type?: 'conversion' | 'return';
  readonly reason?: string;
  /** Why it is a failure. */
  readonly fault?: string;
}

/** The verdict of the first rule that fits. Feedback without an event id is of no use to anybody; without a fitting rule it is not known. */
export function verdictOn(fields: FeedbackFields, rules: readonly FeedbackRule[]): Verdict {
  if (wordOf(fields.eventid) === '') return { outcome: 'failure', fault: 'event id is required' };
  const rule = rules.find(({ when }) => Object.entries(when).every(([fact, words]) => isOneOf(fields[fact], words)));
  if (rule === undefined) return { outcome: 'failure', fault: 'unrecognized feedback' };
  const type = rule.type === 'as given' ? givenType(fields) : rule.type;
  const reason = rule.reason.map((source) => reasonFrom(source, fields)).find((text) => text !== '');
  return {
    outcome: rule.outcome,
    ...(type === 'conversion' || type === 'return' ? { type } : {}),
    ...(reason === undefined ? {} : { reason }),
    ...(rule.outcome === 'failure' ? { fault: rule.says ?? 'unrecognized feedback' } : {}),
  };
}

const wordOf = (value: unknown) => String(value ?? '').trim();
const givenType = ({ type }: FeedbackFields) => wordOf(type).toLowerCase();

function isOneOf(value: unknown, words: readonly string[]): boolean {
  return words.some((word) => word.toLowerCase() === wordOf(value).toLowerCase());
}

const methods = new Map([
  ['x', 'deleted'],
  ['a', 'added'],
  ['m', 'merged with an existing record'],
]);

function reasonFrom(source: FeedbackRule['reason'][number], fields: FeedbackFields): string {
  const word = wordOf(fields[source]);
  if (source === 'ikr_id' && word !== '') return `ikr_id ${word}`;
  return source === 'method' ? (methods.get(word.toLowerCase()) ?? word) : word;
}
