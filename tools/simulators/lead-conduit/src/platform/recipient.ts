import type { OutboundRequest, OutboundResponse, Vars } from '../module/contract.ts';
import type { RecipientStep, Step } from './flow.ts';
import { plain } from '../typed/typed-value.ts';

/** The variables as a recipient gets them: plain values, nested in JSON or with dotted names in a form. */
export function recipientRequest(step: Step, vars: Vars): OutboundRequest {
  const { url, headers = {}, as = 'json' } = step.definition as RecipientStep;
  const values = plain(vars);
  const contentType = as === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
  const body = as === 'json' ? JSON.stringify(values) : new URLSearchParams(flat(values)).toString();
  return {
    url,
    method: 'POST',
    headers: {
      'Content-Type': contentType,
      Accept: 'application/json',
      'Content-Length': String(Buffer.byteLength(body)),
      ...headers,
    },
    body,
  };
}

/** What a recipient's answer appends: its JSON object when it names an outcome, otherwise an error. */
export function recipientResponse({ status, body }: OutboundResponse): object {
  const answer = parsed(body);
  const names = answer !== null && ['success', 'failure', 'error'].includes(String(answer['outcome']));
  if (status >= 500)
    return { outcome: 'error', reason: names ? String(answer['reason'] ?? 'Server error') : 'Server error' };
  if (names) return answer;
  if (status >= 400) return { outcome: 'error', reason: `Unexpected status ${status}: ${body.slice(0, 200)}` };
  return { outcome: 'error', reason: 'unable to parse response' };
}

function parsed(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function flat(value: unknown, path = ''): [string, string][] {
  if (Array.isArray(value)) return [[path, value.join(', ')]];
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([name, one]) => flat(one, path === '' ? name : `${path}.${name}`));
}
