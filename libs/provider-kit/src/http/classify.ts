import { HubError, isHubError } from '@occ-hub/errors';
import { insideCode } from '@occ-hub/service';
import type { VendorAnswer } from './vendor-io.ts';

/** How a vendor is named in codes and in words. */
export interface VendorName {
  readonly id: string;
  readonly title: string;
}

/** Failures before a single byte was sent: surely not applied. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** An error of the connection itself → `transient`, saying whether a write may have applied; `rejected` for an address inside. */
export function networkFault(error: unknown, vendor: VendorName, writes: boolean): HubError {
  if (isHubError(error)) return error;
  const errorCode = codeOf(error);
  if (errorCode === insideCode) return insideFault(vendor, error);
  const sent = !neverSent.has(errorCode);
  return new HubError({
    kind: 'transient',
    code: sent ? `${vendor.id}.connection.lost` : `${vendor.id}.unreachable`,
    message: sent
      ? `${vendor.title} did not finish its answer (${errorCode}). The hub tries again by itself.`
      : `${vendor.title} cannot be reached (${errorCode}). Its service or the network is down; the hub tries again by itself.`,
    mayHaveApplied: sent && writes,
    cause: error,
  });
}

/** A call for public addresses only that would have gone inside. Nothing was sent. */
export function insideFault(vendor: VendorName, cause?: unknown): HubError {
  const message = `The address of ${vendor.title} leads inside the hub's network, where the hub sends nothing. Enter the address that the internet reaches.`;
  return new HubError({ kind: 'rejected', code: `${vendor.id}.address-inside`, message, cause });
}

/** A status that is not 2xx → what to do next. A 5xx or a redirect on a write may have applied. Anything not known is `transient`, never success. */
export function refusedStatus(answer: VendorAnswer, vendor: VendorName, writes: boolean): HubError {
  const { status } = answer;
  const facts = (kind: HubError['kind'], what: string, message: string) =>
    new HubError({
      kind,
      code: `${vendor.id}.${what}`,
      message,
      mayHaveApplied: writes && (status >= 500 || status < 400),
      ...retryAfter(answer),
    });
  if (status === 401)
    return facts(
      'credential',
      'unauthorized',
      `${vendor.title} refused the credentials (401). Check them and authorize again.`,
    );
  if (status === 403)
    return facts(
      'rejected',
      'forbidden',
      `${vendor.title} refused permission (403). Its administrator has to grant it.`,
    );
  if (status === 429)
    return facts(
      'transient',
      'rate-limited',
      `${vendor.title} asked for fewer calls (429). The hub waits and goes on by itself.`,
    );
  if (status === 408 || status === 425)
    return facts('transient', 'too-early', `${vendor.title} was not ready (${status}). The hub tries again by itself.`);
  if (status >= 400 && status < 500)
    return facts('rejected', `status-${status}`, `${vendor.title} refused the call (${status}).`);
  return facts(
    'transient',
    `status-${status}`,
    `${vendor.title} failed on its side (${status}). The hub tries again by itself.`,
  );
}

/** A vendor that asks for more is asked again all the same: its header may be a mistake, and a person would wait. */
const longestRetryAfterMs = 30 * 60_000;

/** Retry-After as seconds or as an HTTP date, in milliseconds; half an hour at most. */
export function retryAfter(answer: VendorAnswer, nowMs?: number): { retryAfterMs?: number } {
  const header = answer.headers['retry-after'];
  if (header === undefined) return {};
  if (/^\d+$/.test(header.trim())) return { retryAfterMs: Math.min(Number(header) * 1000, longestRetryAfterMs) };
  const date = Date.parse(header);
  const from = nowMs ?? Date.parse(answer.headers['date'] ?? '');
  if (Number.isNaN(date) || Number.isNaN(from)) return {};
  return { retryAfterMs: Math.min(Math.max(0, date - from), longestRetryAfterMs) };
}

function codeOf(error: unknown): string {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    const { code } = each as { code?: unknown };
    if (typeof code === 'string') return code;
  }
  return error instanceof Error ? error.name : 'unknown';
}
