import type { ErrorShape } from '../settings.ts';
import type { Refusal } from '../records/refusal.ts';
import type { Answer } from './answer.ts';

/** A refusal in the words the switch asks for; only 400 has a choice of shapes. */
export function refusalAnswer(refusal: Refusal, shape: ErrorShape): Answer {
  const { status, message, problems } = refusal;
  const bare = { status, applied: false, error: message };
  if (status !== 400) return { ...bare, text: { type: 'text/plain; charset=utf-8', content: message } };
  switch (shape) {
    case 'message':
      return { ...bare, body: { Message: message } };
    case 'text':
      return { ...bare, text: { type: 'text/plain; charset=utf-8', content: message } };
    case 'string':
      return { ...bare, body: message };
    case 'problem': {
      const errors: Record<string, string[]> = {};
      for (const problem of problems) (errors[problem.field] ??= []).push(problem.message);
      return { ...bare, body: { title: 'One or more validation errors occurred.', status, errors } };
    }
    case 'empty':
      return bare;
  }
}
