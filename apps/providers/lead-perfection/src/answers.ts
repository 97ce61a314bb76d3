import { HubError } from '@occ-hub/errors';
import { readRecord } from '@occ-hub/mapping';
import { type VendorAnswer, maskPeople, refusedStatus } from '@occ-hub/provider-kit';
import type { z } from 'zod';

export const vendor = { id: 'lead-perfection', title: 'LeadPerfection' };

/** JSON of a 2xx answer. HTTP 200 is not success yet: a page of HTML or half a JSON is an answer that we do not know. */
export function bodyOf(answer: VendorAnswer, writes: boolean): unknown {
  if (answer.status < 200 || answer.status > 299) throw refusal(answer, writes);
  try {
    return JSON.parse(answer.text) as unknown;
  } catch (cause) {
    throw unknownAnswer(writes, cause);
  }
}

/** Rows of a list answer: a bare array, or one in the only envelope names that clients have met. */
export function rowsOf(body: unknown): readonly unknown[] {
  if (Array.isArray(body)) {
    const refused = refusalInBody(body);
    if (refused) throw refused;
    return body;
  }
  const envelope = Object.entries((body ?? {}) as object).find(
    ([name, value]) => /^(data|leads|records|result)$/i.test(name) && Array.isArray(value),
  );
  if (!envelope) throw refusalInBody(body) ?? unknownAnswer(false);
  return envelope[1] as unknown[];
}

/** Rows, each read by a shape. */
export function readRows<Shape extends z.ZodType>(shape: Shape, body: unknown): readonly z.output<Shape>[] {
  return rowsOf(body).map((row) => readRecord(shape, row));
}

/** Proves a write: only the vendor's own words of success count. Three styles of answer are known; any other is no success. */
export function confirmWrite(body: unknown): void {
  const refused = refusalInBody(body);
  if (refused) throw refused;
  if (typeof body === 'string' && /^updated successfully/i.test(body)) return;
  const [first] = Array.isArray(body) ? (body as Record<string, unknown>[]) : [];
  if (first && Number(first['Result']) === 1) return;
  // Facts of the vendor: a status of null, or OK, beside a blank error is success.
  if (isEnvelope(body) && 'status' in body && /^(ok)?$/i.test(String(body['status'] ?? ''))) return;
  throw unknownAnswer(true);
}

/** What the vendor refuses with HTTP 200: its words, for people. */
function refusalInBody(body: unknown): HubError | undefined {
  if (typeof body === 'string') return /not valid user/i.test(body) ? loginRefused() : undefined;
  if (Array.isArray(body)) {
    const { Result: result, Message: message } = (body[0] ?? {}) as Record<string, unknown>;
    const failed = result !== undefined && (Number(result) === 0 || /^error:/i.test(String(message ?? '')));
    return failed ? refusedRecord(message) : undefined;
  }
  if (!isEnvelope(body)) return undefined;
  const error = String(body['error'] ?? '').trim();
  const status = String(body['status'] ?? 'OK').trim();
  return error !== '' || !/^ok$/i.test(status) ? refusedRecord(error || body['message']) : undefined;
}

function isEnvelope(body: unknown): body is Record<string, unknown> {
  return typeof body === 'object' && body !== null && !Array.isArray(body) && ('error' in body || 'status' in body);
}

function refusedRecord(words: unknown): HubError {
  const message = `LeadPerfection refused the record: ${maskPeople(String(words ?? 'it gave no reason')).slice(0, 300)}`;
  return new HubError({ kind: 'rejected', code: 'lead-perfection.refused', message });
}

export function loginRefused(): HubError {
  const message =
    'LeadPerfection refused the login. Check client ID, user name and password, save them and authorize again.';
  return new HubError({ kind: 'credential', code: 'lead-perfection.login-refused', message });
}

function unknownAnswer(writes: boolean, cause?: unknown): HubError {
  const message = 'LeadPerfection answered in a form that the hub does not know. The hub tries again by itself.';
  return new HubError({
    kind: 'transient',
    code: 'lead-perfection.answer-unknown',
    message,
    mayHaveApplied: writes,
    cause,
  });
}

/** A 403 names the action that its user lacks; anything else is classified as everywhere. */
function refusal(answer: VendorAnswer, writes: boolean): HubError {
  const [, action] = /permission to execute action '([^']+)'/i.exec(answer.text) ?? [];
  if (answer.status !== 403 || action === undefined) return refusedStatus(answer, vendor, writes);
  const message = `The LeadPerfection user may not use "${action}". Its administrator has to grant that permission; then try again.`;
  return new HubError({ kind: 'rejected', code: 'lead-perfection.permission-missing', message });
}
