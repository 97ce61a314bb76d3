import { type FieldFault, HubError } from '@occ-hub/errors';
import { type VendorAnswer, hideSecrets, maskPeople, refusedStatus } from '@occ-hub/provider-kit';
import type { z } from 'zod';
import { type VendorWords, wordsOf } from './words.ts';

export const vendor = { id: 'pestpac', title: 'PestPac' };

/** How the answer to a call is read. */
export interface Reading {
  readonly writes: boolean;
  /** Texts of the request that nobody may see and PestPac may quote, e.g. a card's token. */
  readonly hidden?: readonly string[];
}

/**
 * After a used-up quota nothing is called for so long. When it begins anew is not public, and it may be the limit of half an
 * hour or the day's: one call each time finds out.
 */
export const quotaRestMs = 15 * 60_000;

/** JSON of a 2xx answer. A page of HTML or half a JSON is an answer that we do not know, whatever its status. */
export function bodyOf(answer: VendorAnswer, reading: Reading): unknown {
  if (answer.status < 200 || answer.status > 299) throw refusal(answer, reading);
  try {
    return JSON.parse(answer.text) as unknown;
  } catch (cause) {
    throw unknownAnswer(reading, cause);
  }
}

/** The record that PestPac answers a read or a create with. One without its id is no success. */
export function recordOf<Shape extends z.ZodType>(shape: Shape, body: unknown, reading: Reading): z.output<Shape> {
  const read = shape.safeParse(body);
  if (read.success) return read.data;
  // Zod's own words name fields and kinds, never values.
  throw unknownAnswer(reading, new Error(read.error.issues.map(({ path }) => path.join('.')).join(', ')));
}

/** Rows of a bare array, each read by a shape. */
export function rowsOf<Shape extends z.ZodType>(shape: Shape, body: unknown): readonly z.output<Shape>[] {
  const reading = { writes: false };
  if (!Array.isArray(body)) throw unknownAnswer(reading);
  return body.map((row) => recordOf(shape, row, reading));
}

/** PestPac says 401 where the contract's calls are used up, too: no other token helps then. */
export function isQuotaUsed({ status, text }: VendorAnswer): boolean {
  return status === 401 && /quota/i.test(text);
}

/** Nothing was tried: no attempt counts. */
export function quotaUsed(): HubError {
  const message =
    'The PestPac contract’s calls are used up (401, quota). The hub waits and goes on by itself; WorkWave can raise the quota.';
  return new HubError({
    ...{ kind: 'transient', code: 'pestpac.quota-used', message },
    ...{ retryAfterMs: quotaRestMs, untried: true },
  });
}

export function unknownAnswer({ writes }: Reading, cause?: unknown): HubError {
  const message = 'PestPac answered in a form that the hub does not know. The hub tries again by itself.';
  return new HubError({
    ...{ kind: 'transient', code: 'pestpac.answer-unknown', message },
    ...{ mayHaveApplied: writes, cause },
  });
}

/** What is not 2xx, classified as everywhere, in PestPac's own words where it has some. */
export function refusal(answer: VendorAnswer, reading: Reading): HubError {
  const { status } = answer;
  if (isQuotaUsed(answer)) return quotaUsed();
  const base = refusedStatus(answer, vendor, reading.writes);
  const words = wordsOf(answer.text);
  const said = shown(words.text, reading);
  if (status === 401) return again(base, credentialsRefused(said), []);
  if (status === 400 || status === 422) return again(base, recordRefused(status, said), faultsOf(words, reading));
  return again(base, said === '' ? base.message : `${base.message} It says: ${said}`, []);
}

function again(base: HubError, message: string, fields: readonly FieldFault[]): HubError {
  const { kind, code, mayHaveApplied, retryAfterMs } = base;
  return new HubError({
    ...{ kind, message, mayHaveApplied, fields },
    code: kind === 'rejected' && fields.length > 0 ? 'pestpac.invalid' : code,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

const credentialsRefused = (said: string) =>
  `PestPac refused the credentials (401)${said === '' ? '' : `: ${said}`}. Check API key, tenant ID and user, save them and authorize again.`;

function recordRefused(status: number, said: string): string {
  if (said === '') return `PestPac refused the record (${status}) and gave no reason. Check the mapped values.`;
  return `PestPac refused the record (${status}): ${said}`;
}

function faultsOf({ fields }: VendorWords, reading: Reading): FieldFault[] {
  return Object.entries(fields).map(([name, text]) => ({ pointer: `/${name}`, message: shown(text, reading) }));
}

const longestWords = 300;

/** The vendor's words for people: without what may be somebody's. */
function shown(text: string, { hidden = [] }: Reading): string {
  return maskPeople(hideSecrets(hidden)(text).replace(/\s+/g, ' ').trim()).slice(0, longestWords);
}
