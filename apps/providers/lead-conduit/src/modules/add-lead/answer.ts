import type { Appended, HttpResponse } from '../../platform/contract.ts';
import { cut, faultOfStatus } from '../answers.ts';

/** A lead that LeadPerfection turns down. LeadConduit's page speaks of a reason for errors only: change it here. */
const refused = 'failure';

/**
 * What LeadPerfection's posting host said. Only its own word of success counts: status OK and no error. Anything that is
 * not known is an error, whatever the HTTP status.
 */
export function leadAnswer(res: HttpResponse | undefined): Appended {
  const fault = faultOfStatus(res, { refusedStatus: 'error' });
  if (fault !== undefined) return fault;
  const answer = objectIn(res!.body);
  if (answer === undefined) return { outcome: 'error', reason: 'unable to parse response' };
  const [status, error, message] = ['status', 'error', 'message'].map((name) => answer.get(name) ?? '');
  if (error !== '') return { outcome: refused, reason: cut(error!) };
  if (status === '') return { outcome: 'error', reason: 'LeadPerfection gave an answer without a status' };
  if (status!.toUpperCase() !== 'OK') return { outcome: refused, reason: cut(message! || `status ${status}`) };
  // The number is the place in LeadPerfection's queue: the lead itself gets its number there, later.
  const [id] = /\d+(?=\s*$)/.exec(message!) ?? [];
  return id === undefined ? { outcome: 'success' } : { outcome: 'success', lead_id: id };
}

/** The fields of a JSON object in lower case, as text; LeadPerfection does not keep to one spelling. */
function objectIn(body: string): Map<string, string> | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.replace(/^\uFEFF/, ''));
  } catch {
    // Not JSON: a page of a proxy, or half an answer. The caller says so.
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  return new Map(Object.entries(parsed).map(([name, value]) => [name.toLowerCase(), String(value ?? '').trim()]));
}
