import { HubError } from '@occ-hub/errors';
import type { KeptEntry } from '../crm-lists/kept-lookups.ts';
import { type ResultLists, standsWith } from './result-lists.ts';

/** What a person asked for, in the CRM's ids or in the words of its lists. */
export interface AskedResult {
  readonly result: string;
  /** Empty: none. */
  readonly detail: string;
  /** The person was asked in the entry's words. */
  readonly confirmed: boolean;
  /** A result that is not on the list passes as it is, or is refused: for good, or until the request insists. */
  readonly unlisted: 'passes' | 'refused' | 'refused-unless-insisted';
  /** The detail's name in the request. */
  readonly detailField: string;
}

/** What is to be sent: the CRM's ids. */
export interface ChosenResult {
  readonly result: string;
  readonly detail: string;
}

/**
 * Finds the entries that were meant: people pick words, the CRM wants its ids. Throws HubError(rejected) for what the CRM
 * would refuse (not listed, gone, a detail of another result), and for what sets something off there and was not confirmed.
 */
export function chooseResult(asked: AskedResult, lists: ResultLists): ChosenResult {
  const result = entryFor(asked.result, lists.results);
  if (result === undefined) {
    if (asked.unlisted === 'passes') return { result: asked.result, detail: asked.detail };
    throw unlisted(asked.unlisted === 'refused-unless-insisted');
  }
  if (result.gone === true) throw gone(result);
  const detail = chooseDetail(asked, result, lists.details);
  const words = [result, detail].flatMap((entry) => entry?.confirm ?? []);
  if (words.length > 0 && !asked.confirmed) throw needsConfirmation(words.join(' '));
  return { result: result.id, detail: detail?.id ?? asked.detail };
}

/** Nothing for no detail, and for a free text: some CRMs have no list of details at all. */
function chooseDetail(asked: AskedResult, result: KeptEntry, details: readonly KeptEntry[]): KeptEntry | undefined {
  const listed = details.filter((detail) => detail.gone !== true);
  if (asked.detail === '' || listed.length === 0) return undefined;
  const possible = listed.filter((detail) => standsWith(detail, result));
  const detail = entryFor(asked.detail, possible);
  if (detail !== undefined) return detail;
  const names = possible.map(({ description }) => `"${description}"`).join(', ');
  const what = names === '' ? 'It takes none: leave it out.' : `Choose one of ${names}, or none.`;
  throw refusal('detail-unlisted', `At the CRM this detail does not go with "${result.description}". ${what}`, {
    pointer: `/${asked.detailField}`,
    message: 'not possible with this result',
  });
}

/** An id before a description, and what is there before what is gone. */
function entryFor(wanted: string, entries: readonly KeptEntry[]): KeptEntry | undefined {
  const word = wanted.toLowerCase();
  const find = (among: readonly KeptEntry[]) =>
    among.find(({ id }) => id === wanted) ??
    among.find(({ id }) => id.toLowerCase() === word) ??
    among.find(({ description }) => description.toLowerCase() === word);
  return find(entries.filter(({ gone }) => gone !== true)) ?? find(entries);
}

function unlisted(mayInsist: boolean): HubError {
  const ways = mayInsist ? ', refresh the lists, or send it with allow_unlisted.' : ', or refresh the lists.';
  const message = `This result is not among the CRM's results as last read. Choose one of them${ways}`;
  return refusal('unlisted', message, { pointer: '/result', message: 'not on the list' });
}

function gone({ description }: KeptEntry): HubError {
  const message = `"${description}" is not in the CRM's list any more. Choose another; if it is there, refresh the lists.`;
  return refusal('gone', message, { pointer: '/result', message: 'not on the list any more' });
}

function needsConfirmation(words: string): HubError {
  return refusal('needs-confirmation', words, { pointer: '/confirmed', message: 'ask the person first' });
}

function refusal(name: string, message: string, field: { pointer: string; message: string }): HubError {
  return new HubError({ kind: 'rejected', code: `core.result.${name}`, message, fields: [field] });
}
