import { HubError } from '@occ-hub/errors';
import { type VendorAnswer, maskPeople, refusedStatus } from '@occ-hub/provider-kit';

export const vendor = { id: 'singleops', title: 'SingleOps' };

/** Rows of a list. A page of HTML, half a JSON and anything that is no list is an answer that we do not know. */
export function rowsOf(answer: VendorAnswer): readonly unknown[] {
  if (answer.status < 200 || answer.status > 299) throw refusal(answer, false);
  const body = jsonOf(answer);
  if (!Array.isArray(body)) throw unknownAnswer(false);
  return body;
}

/**
 * The id of the lead that was made. Only `success: true` with an id is one; `success: false` is a refusal whatever the
 * status, but for the ones that say to come later. Everything else leaves open whether there is a lead. `hide` blanks what nobody
 * may see in SingleOps' words.
 */
export function createdId(answer: VendorAnswer, hide: (words: string) => string): string {
  const body = jsonOf(answer);
  const said = isRecord(body) ? body : {};
  if (said['success'] === false && isVerdict(answer.status)) throw refused(said['error'], hide);
  if (answer.status < 200 || answer.status > 299) throw refusal(answer, true);
  const { success, id } = said;
  const isId = (typeof id === 'number' && Number.isSafeInteger(id)) || (typeof id === 'string' && /^\d+$/.test(id));
  if (success !== true || !isId) throw unknownAnswer(true);
  return String(id);
}

/** Of a failed login, a timeout, a call too many and a failing server the status says more than the body. */
const isVerdict = (status: number): boolean => status < 500 && ![401, 408, 425, 429].includes(status);

/** Undefined for what is no JSON. */
function jsonOf({ text }: VendorAnswer): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function refused(error: unknown, hide: (words: string) => string): HubError {
  const words = wordsOf(error).join(', ') || 'it gave no reason';
  const message = `SingleOps refused the lead: ${maskPeople(hide(words)).slice(0, 300)}`;
  return new HubError({ kind: 'rejected', code: 'singleops.refused', message });
}

/** Text, list or object: whatever form the words come in. */
function wordsOf(error: unknown): string[] {
  if (typeof error === 'string') return error.trim() === '' ? [] : [error.trim()];
  if (Array.isArray(error)) return error.flatMap(wordsOf);
  if (!isRecord(error)) return [];
  return Object.entries(error).flatMap(([field, said]) =>
    wordsOf(said).map((words) => (field === 'base' ? words : `${field}: ${words}`)),
  );
}

/** A failed login may be a redirect to the login page; a plan without the API is a 403. A 408 leaves open what was done. */
function refusal(answer: VendorAnswer, writes: boolean): HubError {
  const { status } = answer;
  if (status >= 300 && status < 400 && /sign_in|log_?in/i.test(answer.headers['location'] ?? '')) return signedOut();
  if (status === 403) return forbidden();
  const error = refusedStatus(answer, vendor, writes);
  if (!writes || status !== 408) return error;
  const { kind, code, message } = error;
  return new HubError({ kind, code, message, mayHaveApplied: true });
}

function signedOut(): HubError {
  const message = 'SingleOps refused the API user. Check its e-mail address and token, save them and authorize again.';
  return new HubError({ kind: 'credential', code: 'singleops.unauthorized', message });
}

function forbidden(): HubError {
  const message =
    'SingleOps refused permission (403). The plan of the account may not have the API: ask SingleOps support.';
  return new HubError({ kind: 'rejected', code: 'singleops.forbidden', message });
}

function unknownAnswer(writes: boolean): HubError {
  const message = 'SingleOps answered in a form that the hub does not know.';
  return new HubError({ kind: 'transient', code: 'singleops.answer-unknown', message, mayHaveApplied: writes });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
